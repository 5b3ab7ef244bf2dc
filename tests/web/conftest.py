"""The application over a real record, with an index and an embedder that need no server and no weights."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from fastapi.openapi.utils import get_openapi
from fastapi.testclient import TestClient

from service.desk import Desk
from service.desks import Desks
from service.domain.key import MAIN_DESK, KeyScope
from service.record.books import open_books
from service.settings import Settings
from service.web.app import create_app
from tests.desks import make_desk


class MakeKey(Protocol):
    def __call__(self, *scopes: KeyScope, desk_id: str = ..., rate: int = ...) -> dict[str, str]: ...


STORY = """Ministers meet in Kyiv

KYIV - Japan's Foreign Minister Fumio Kishida met Volodymyr Zelenskyy in Kyiv on Tuesday.
Kishida has met Putin five times. The talks lasted three hours.
"""


@pytest.fixture(scope="session", autouse=True)
def _described_once() -> Iterator[None]:
    """Every application has the same routes, and to describe them takes longer than most tests."""
    made: list[dict[str, Any]] = []

    def once(**named: Any) -> dict[str, Any]:
        if not made:
            made.append(get_openapi(**named))
        return made[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("service.web.app.get_openapi", once)
        yield


@pytest.fixture(scope="session")
def empty_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with its tables and nothing in them: to migrate one for each test takes half a second."""
    path = tmp_path_factory.mktemp("empty") / "record.sqlite3"
    open_books(f"sqlite:///{path}").record.close()
    return path


@pytest.fixture
def settings(tmp_path: Path, empty_record: Path) -> Settings:
    (tmp_path / "data").mkdir()
    shutil.copy(empty_record, tmp_path / "data")
    return Settings(
        data_dir=tmp_path / "data",
        threads=1,
        max_input_bytes=100_000,
        max_body_bytes=300_000,
        workers=0,
        _env_file=None,
    )


@pytest.fixture
def desks(settings: Settings) -> Iterator[Desks]:
    opened = Desks(settings, lambda desk_id: make_desk(settings, desk_id))
    yield opened
    opened.close()


@pytest.fixture
def desk(desks: Desks) -> Desk:
    """The local user's desk."""
    return desks.desk(MAIN_DESK)


@pytest.fixture
def client(desks: Desks) -> Iterator[TestClient]:
    """A client of the application, as the local user; a fault of the server is a 500, as over a socket."""
    with TestClient(create_app(desks), base_url="http://localhost", raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def key(desk: Desk) -> MakeKey:
    """Makes a key and gives the header fields that carry it; from the first key on, every request needs one."""

    def make(*scopes: KeyScope, desk_id: str = MAIN_DESK, rate: int = 1_000) -> dict[str, str]:
        made = desk.books.keys.create("test", scopes, desk=desk_id, rate_per_minute=rate)
        return {"Authorization": f"Bearer {made.secret}"}

    return make


@pytest.fixture
def story_id(client: TestClient) -> str:
    """The id of the story, taken in."""
    done = client.post(
        "/v1/articles", json={"text": STORY, "url": "https://news.example/kyiv", "published": "2023-03-21"}
    )
    assert done.status_code == 201, done.text
    return str(done.json()["articles"][0]["id"])
