"""Documents are kept as they came, and found again whole; what a web address holds is fetched, not kept."""

from datetime import date
from pathlib import Path

import pytest

from service.errors import RecordUnavailable, UnreadableFile
from service.ingest.document import Document
from service.ingest.originals import Originals

SCAN = Document(
    source="upload:ab/scan.pdf", media_type="application/pdf", content=bytes(range(256)), published=date(2024, 3, 4)
)


def test_the_last_document_of_an_article_is_found_as_it_came(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals")
    assert originals.find("a1") is None
    originals.keep("a1", SCAN)
    assert originals.find("a1") == SCAN
    later = SCAN.model_copy(update={"content": b"mended", "published": None})
    originals.keep("a1", later)
    assert originals.find("a1") == later
    assert [path.name for path in (tmp_path / "originals").iterdir()] == ["a1.zip"]


def test_what_can_be_fetched_again_is_not_kept(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    originals.keep("a1", SCAN.model_copy(update={"source": "https://news.example/a"}))
    assert originals.find("a1") is None


def test_a_damaged_file_and_a_folder_that_takes_nothing_say_what_to_do(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    (tmp_path / "a1.zip").write_text("no archive")
    with pytest.raises(UnreadableFile, match="Hand the article in again"):
        originals.find("a1")
    (tmp_path / "file").write_text("")
    with pytest.raises(RecordUnavailable, match="Make room"):
        Originals(tmp_path / "file").keep("a1", SCAN)
