"""Desks in one place do not see each other: each has a record of its own."""

from functools import partial
from itertools import product
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import URL

from service.domain.key import MAIN_DESK
from service.errors import ArticleNotFound, InputError
from service.record.books import open_books
from service.settings import Settings
from service.tenancy import place_of
from tests.postgres import create_database
from tests.record.samples import add, in_parallel, make_article, numbers

pytest_plugins = ["tests.record.databases"]

DESKS = (MAIN_DESK, "a-b", "ab")


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    if request.param == "sqlite":
        return Settings(data_dir=tmp_path, _env_file=None)
    server: URL = request.getfixturevalue("postgres")
    address = create_database(server, f"desks_{next(numbers)}")
    return Settings(data_dir=tmp_path, database_url=SecretStr(address), _env_file=None)


def test_what_one_desk_stores_no_other_finds(settings: Settings) -> None:
    places = {desk: place_of(settings, desk) for desk in DESKS}
    for place in places.values():
        place.folder.mkdir(parents=True, exist_ok=True)
    books = {desk: open_books(place.record_url, place.schema_name) for desk, place in places.items()}
    # At once: on PostgreSQL writers of different desks take different locks.
    stores = [
        partial(add, books[desk].record, make_article(f"Word{i} stays.", article_id=desk))
        for i, desk in enumerate(DESKS)
    ]
    assert in_parallel(stores) == []
    for (i, owner), desk in product(enumerate(DESKS), DESKS):
        record = books[desk].record
        assert bool(record.search([f"Word{i}"], 5)) == (owner == desk)
        assert bool(record.similar_terms(f"Wird{i}", 5)) is False
        if owner != desk:
            with pytest.raises(ArticleNotFound):
                record.article(owner)
        assert record.count() == 1
    for opened in books.values():
        assert opened.audit.faults() == []
        opened.record.close()


def test_each_desk_has_its_own_folder_collection_and_schema(settings: Settings) -> None:
    places = [place_of(settings, desk) for desk in DESKS]
    assert len({place.folder for place in places}) == len({place.collection for place in places}) == len(DESKS)
    assert len({(place.record_url, place.schema_name) for place in places}) == len(DESKS)
    assert places[0].folder == settings.data_dir
    for bad in ("../main", "A", "", "a_b"):
        with pytest.raises(InputError):
            place_of(settings, bad)
