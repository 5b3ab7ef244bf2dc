"""Workers take in what is new in a watched feed, and say what came of it."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from service.desk import Desk
from service.domain.feed import WatchedFeed
from service.errors import FetchFailed
from service.ingest.document import Document
from service.jobs.feeds import FeedRounds
from service.settings import Settings
from tests.desks import make_desk

WIRE = "https://news.example/wire.xml"
FEED = """<rss version="2.0"><channel><title>Wire</title>
<item><title>One</title><link>https://news.example/1</link></item>
<item><title>Two</title><link>https://news.example/2</link></item>
</channel></rss>"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with make_desk(Settings(data_dir=tmp_path / "data", threads=1, _env_file=None)) as opened:
        opened.books.feeds.watch(WIRE, "ana")
        yield opened


class Publisher:
    """Answers for a feed and its articles; what is `away` does not."""

    def __init__(self) -> None:
        self.away: set[str] = set()

    def fetch(self, url: str, types: object = None) -> Document:
        if url in self.away:
            raise FetchFailed("It did not answer.")
        content = FEED if url == WIRE else f"Story\n\nThe bridge at {url} was closed on Monday."
        return Document(source=url, media_type="text/plain", content=content.encode(), url=url)


@pytest.fixture
def publisher(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Publisher:
    made = Publisher()
    monkeypatch.setattr(desk.reader, "fetch", made.fetch)
    return made


def test_what_is_new_is_taken_in_and_what_fails_is_told_until_it_is_read(desk: Desk, publisher: Publisher) -> None:
    rounds = FeedRounds(threading.Event(), every=timedelta(0))

    def look() -> WatchedFeed:
        rounds.look(desk)
        (feed,) = desk.books.feeds.feeds()
        return feed

    publisher.away = {"https://news.example/2"}
    first = look()
    assert (first.taken, first.failing) == (1, 1)
    assert first.problem == "https://news.example/2: It did not answer."
    publisher.away = {WIRE}
    assert (look().taken, look().problem) == (1, "It did not answer.")
    publisher.away = set()
    last = look()
    assert (last.taken, last.failing, last.problem) == (2, 0, None)
    assert {article.url for article in desk.articles()} == {"https://news.example/1", "https://news.example/2"}


def test_a_feed_rests_until_its_time_has_passed_and_when_the_worker_ends(desk: Desk, publisher: Publisher) -> None:
    FeedRounds(threading.Event()).look(desk)
    draining = threading.Event()
    draining.set()
    FeedRounds(draining, every=timedelta(0)).look(desk)
    assert desk.articles() == []
