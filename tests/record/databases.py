"""Empty databases of both kinds: the fixtures of every test of the record, loaded as a plugin."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from service.ledgers import Books
from service.record.articles import SqlRecord, open_record
from service.record.books import open_books
from tests.postgres import create_schema, postgres_server
from tests.record.samples import numbers


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    with postgres_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new, empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/record.sqlite3"
    return create_schema(request.getfixturevalue("postgres"), f"record_{next(numbers)}")


@pytest.fixture
def record(address: str) -> Iterator[SqlRecord]:
    opened = open_record(address)
    yield opened
    opened.close()


@pytest.fixture
def books(address: str) -> Iterator[Books]:
    opened = open_books(address)
    yield opened
    opened.record.close()
