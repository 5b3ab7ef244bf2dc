"""A watched folder or feed is taken in once, reviewed as it arrives, and its findings are queued for the webhooks."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.desk import Desk
from service.domain.report import Failure, Status
from service.domain.webhook import Event
from service.errors import FetchFailed, InputError, UnreadableFile
from service.ingest.document import Document
from service.settings import Settings
from service.watch import Arrived, Watch, watch
from tests.desks import make_desk

FAULTY = (
    "Talks in Moscow\n\nForeign Minister Fumio Kishida plans to visit Russia this spring. Kishida spoke on Monday. "
    "Kushida's comments came after the talks. Kishida said that he would go."
)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>One</title><link>https://news.example/1</link></item>
<item><title>Two</title><link>https://news.example/2</link></item>
<item><title>Two again</title><link>https://news.example/2</link></item>
<item><title>Odd</title><link>javascript:alert(1)</link></item>
</channel></rss>"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with make_desk(Settings(data_dir=tmp_path / "data", threads=1, _env_file=None)) as opened:
        opened.books.webhooks.subscribe("https://example.org/hook", [Event.ARTICLE_REVIEWED], "me")
        yield opened


def test_a_folder_s_new_and_changed_articles_are_reviewed_once(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(FAULTY)
    (folder / "b.xyz").write_text("?")
    looking = Watch(desk, str(folder))
    arrived, failed = looking.look()
    assert isinstance(arrived, Arrived)
    assert arrived.status is Status.ADDED
    assert [finding.code for finding in arrived.review.findings] == ["NAM001"]
    assert isinstance(failed, Failure)
    (message,) = desk.books.webhooks.deliveries()
    assert '"code": "NAM001"' in message.body
    assert list(looking.look()) == []
    assert list(Watch(desk, str(folder)).look()) == [failed]  # what the record holds is known after a restart too
    (folder / "a.txt").write_text(FAULTY.replace("Kushida", "Kishida"))
    (changed,) = looking.look()
    assert isinstance(changed, Arrived)
    assert (changed.status, changed.review.findings) == (Status.UPDATED, ())
    assert len(desk.books.webhooks.deliveries()) == 1


def test_a_feed_s_entries_are_fetched_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fetch(url: str, types: object = None) -> Document:
        asked.append(url)
        if url.endswith("/feed"):
            return Document(source=url, media_type="text/plain", content=FEED.encode(), url=url)
        if url.endswith("/2") and asked.count(url) == 1:
            raise FetchFailed("It did not answer.")
        return Document(source=url, media_type="text/plain", content=f"{FAULTY} {url}".encode(), url=url)

    monkeypatch.setattr(desk.reader, "fetch", fetch)
    looking = Watch(desk, "https://news.example/feed")
    assert [type(found) for found in looking.look()] == [Arrived, Failure]
    (second,) = looking.look()
    assert isinstance(second, Arrived)
    assert list(looking.look()) == []
    assert asked.count("https://news.example/1") == 1
    assert asked.count("https://news.example/2") == 2
    assert len(desk.books.webhooks.deliveries()) == 2


def test_an_entry_that_keeps_failing_is_asked_for_less_and_less(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fetch(url: str, types: object = None) -> Document:
        asked.append(url)
        if url.endswith("/feed"):
            return Document(source=url, media_type="text/plain", content=FEED.encode(), url=url)
        raise FetchFailed("It did not answer.")

    monkeypatch.setattr(desk.reader, "fetch", fetch)
    looking = Watch(desk, "https://news.example/feed")
    tries = [len(list(looking.look())) // 2 for _ in range(16)]
    assert tries == [1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]


def test_a_target_that_is_not_there_is_an_error_and_one_that_goes_is_looked_at_again(
    desk: Desk, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableFile):
        list(watch(desk, str(tmp_path / "gone"), 1, threading.Event(), once=True))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(FAULTY)
    stop = threading.Event()
    looks = watch(desk, str(folder), 0.01, stop)
    assert isinstance(next(looks), Arrived)
    (folder / "a.txt").unlink()
    folder.rmdir()
    gone = next(looks)
    assert isinstance(gone, Failure)
    stop.set()
    with pytest.raises(StopIteration):
        next(looks)


def test_an_address_that_is_refused_ends_the_first_look(desk: Desk) -> None:
    with pytest.raises(InputError):
        list(watch(desk, "http://127.0.0.1:1/feed", 1, threading.Event(), once=True))
