"""The count of documents is the number of those that reading gives, failures included."""

import io
from pathlib import Path

import pytest

from service.errors import FetchFailed
from service.ingest.count import count_documents
from service.ingest.document import Document
from service.ingest.read import read


def refuse(url: str) -> Document:
    raise FetchFailed(f"{url} is not asked in a test.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("One.")
    (tmp_path / ".hidden.txt").write_text("No.")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "many.jsonl").write_text(
        '{"text": "One."}\n\n  \n{"text": "Two."}\nno json\n{"text": "Last."}'
    )
    (tmp_path / "empty").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["."], 5),
        (["a.txt", "below"], 5),
        (["empty"], 1),
        (["nowhere.txt", "-", "https://news.example/1"], 3),
        (["a\0b", "n" * 5000], 2),
        ([], 0),
    ],
)
def test_it_is_what_reading_gives(
    sources: list[str], expected: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert count_documents(sources) == expected
    assert len(list(read(sources, stdin=io.BytesIO(b"In."), max_bytes=1000, fetch=refuse))) == expected
