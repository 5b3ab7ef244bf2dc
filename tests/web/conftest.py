"""The application over a real record, with an index and an embedder that need no server and no weights."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.backends.local.answerer import ExtractiveAnswerer
from service.backends.local.rules import RulesJudge
from service.desk import Desk
from service.record.books import open_books
from service.settings import Settings
from service.web.app import create_app
from service.web.desks import Desks
from service.wiring import Parts
from tests.fakes import HashEmbedder
from tests.index.fake import MemoryIndex

STORY = """Ministers meet in Kyiv

KYIV - Japan's Foreign Minister Fumio Kishida met Volodymyr Zelenskyy in Kyiv on Tuesday.
Kishida has met Putin five times. The talks lasted three hours.
"""


def make_desk(settings: Settings) -> Desk:
    """A desk whose record is a SQLite file in the settings' folder."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return Desk(
        settings,
        Parts(
            books=lambda: open_books(settings.record_url),
            index=MemoryIndex,
            embedder=HashEmbedder,
            judge=RulesJudge,
            answerer=ExtractiveAnswerer,
        ),
        rebuild_inline=False,
    )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", threads=1, max_input_bytes=100_000, _env_file=None)


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    with make_desk(settings) as opened:
        yield opened


@pytest.fixture
def client(settings: Settings, desk: Desk) -> Iterator[TestClient]:
    """A client of the application, as the local user; a fault of the server is a 500, as over a socket."""
    app = create_app(Desks(settings, lambda _: desk))
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def story_id(client: TestClient) -> str:
    """The id of the story, taken in."""
    done = client.post(
        "/v1/articles", json={"text": STORY, "url": "https://news.example/kyiv", "published": "2023-03-21"}
    )
    assert done.status_code == 201, done.text
    return str(done.json()["articles"][0]["id"])
