"""A backup that is taken while people work holds one moment of the record, and hinders nobody."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import URL

from service.backup import back_up, restore
from service.books import open_books_of
from service.domain.desk_claim import ClaimOrigin, NewClaim
from service.domain.key import MAIN_DESK
from service.ledgers import Books
from service.settings import Settings
from service.tenancy import place_of
from tests.postgres import create_database
from tests.record.samples import add, make_article, numbers

pytest_plugins = ["tests.record.databases"]

LEAST = 8  # articles that are written while the backups are taken
BACKUPS = 3


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    if request.param == "sqlite":
        return Settings(data_dir=tmp_path / "data", _env_file=None)
    server: URL = request.getfixturevalue("postgres")
    address = create_database(server, f"backup_{next(numbers)}")
    return Settings(data_dir=tmp_path / "data", database_url=SecretStr(address), _env_file=None)


@contextmanager
def restored(settings: Settings) -> Iterator[Books]:
    books = open_books_of(settings, place_of(settings, MAIN_DESK))
    try:
        yield books
    finally:
        books.record.close()


class Writer:
    """Stores an article and then a claim about it, over and over; `stored` are those that were acknowledged, in order."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self.stored: list[str] = []
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._write)

    def _write(self) -> None:
        while not self.stop.is_set():
            name = f"a{len(self.stored)}"
            add(self._books.record, make_article(f"Word{name} stays.", "It was cold.", article_id=name))
            self._books.claims.receive(NewClaim(text=name, origin=ClaimOrigin.API), "me")
            self.stored.append(name)
            self.stop.wait(0.002)


def test_each_backup_under_writes_is_a_moment_that_was(settings: Settings, tmp_path: Path) -> None:
    books = open_books_of(settings, place_of(settings, MAIN_DESK))
    writer = Writer(books)
    writer.thread.start()
    taken: list[tuple[Path, int, int]] = []  # a file, and how many were acknowledged before and after
    try:
        while not writer.stored and writer.thread.is_alive():
            time.sleep(0.01)
        while len(taken) < BACKUPS or len(writer.stored) < LEAST:
            before = len(writer.stored)
            file = tmp_path / f"{len(taken)}.zip"
            back_up(settings, file)
            taken.append((file, before, len(writer.stored)))
            assert writer.thread.is_alive()
    finally:
        writer.stop.set()
        writer.thread.join()
        books.record.close()
    assert any(before < after for _, before, after in taken), "nothing was written while a backup was taken"
    for file, before, after in taken[:BACKUPS]:
        fresh = Settings(data_dir=tmp_path / f"fresh-{file.stem}", _env_file=None)
        restore(fresh, file)
        with restored(fresh) as found:
            articles = sorted((each.id for each in found.record.articles()), key=lambda name: int(name[1:]))
            claims = [claim.text for claim in reversed(found.claims.claims(limit=10_000))]
            assert articles == [f"a{number}" for number in range(len(articles))]
            assert claims == articles or claims == articles[:-1]
            assert before <= len(claims) <= after + 1
            assert found.audit.faults() == []
            assert [s.text for s in found.record.article(articles[-1]).sentences][1] == "It was cold."
