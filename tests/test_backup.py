"""A backup file holds every desk, is whole or absent, and is restored into empty places only."""

import stat
import zipfile
from pathlib import Path

import pytest

from service.backup import back_up, restore
from service.books import open_books_of
from service.domain.key import MAIN_DESK, KeyScope
from service.errors import BadBackup, InputError, RecordNotEmpty
from service.ingest.document import Document
from service.ingest.originals import Originals
from service.settings import Settings
from service.tenancy import place_of
from tests.record.samples import add, make_article


def document_of(desk_id: str) -> Document:
    return Document(source=f"upload:{desk_id}.txt", media_type="text/plain", content=desk_id.encode())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data_dir=tmp_path / "data", _env_file=None)
    for desk_id in (MAIN_DESK, "sports"):
        books = open_books_of(settings, place_of(settings, desk_id))
        add(books.record, make_article(f"Word{desk_id} stays.", article_id=desk_id))
        Originals(place_of(settings, desk_id).originals).keep(desk_id, document_of(desk_id))
        if desk_id == MAIN_DESK:
            books.keys.create("bot", [KeyScope.READ], desk="sports")
        books.record.close()
    return settings


def test_every_desk_comes_back(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    taken = back_up(settings, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    fresh = Settings(data_dir=tmp_path / "fresh", _env_file=None)
    told: list[tuple[str, int]] = []
    assert restore(fresh, file, lambda desk_id, rows: told.append((desk_id, rows))) == taken
    assert told == list(taken.desks.items())
    for desk_id in (MAIN_DESK, "sports"):
        books = open_books_of(fresh, place_of(fresh, desk_id))
        assert [article.id for article in books.record.articles()] == [desk_id]
        assert Originals(place_of(fresh, desk_id).originals).find(desk_id) == document_of(desk_id)
        books.record.close()
    Originals(place_of(fresh, MAIN_DESK).originals).discard(MAIN_DESK)
    with pytest.raises(RecordNotEmpty):
        restore(fresh, file)
    assert Originals(place_of(fresh, MAIN_DESK).originals).find(MAIN_DESK) is None  # it touches no file either


def test_a_damaged_file_is_told_and_restores_nothing(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    back_up(settings, file)
    content = bytearray(file.read_bytes())
    content[200] ^= 0xFF
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(content)
    fresh = Settings(data_dir=tmp_path / "fresh", _env_file=None)
    with pytest.raises(BadBackup):
        restore(fresh, damaged)
    restore(fresh, file)


@pytest.mark.parametrize("content", [b"", b"no zip"])
def test_what_is_no_backup_is_told(tmp_path: Path, content: bytes) -> None:
    fresh = Settings(data_dir=tmp_path / "fresh", _env_file=None)
    file = tmp_path / "x.zip"
    file.write_bytes(content)
    with pytest.raises(BadBackup):
        restore(fresh, file)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", '{"format": 2}')
    with pytest.raises(BadBackup):
        restore(fresh, file)
    with pytest.raises(BadBackup, match="cannot be read"):
        restore(fresh, tmp_path / "gone.zip")


def test_a_place_that_cannot_be_written_is_told_and_leaves_nothing(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        back_up(settings, tmp_path / "gone" / "backup.zip")
    assert not (tmp_path / "gone").exists()
