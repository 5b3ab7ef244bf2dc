"""The contract of the port `Feeds`."""

from datetime import UTC, datetime

import pytest

from service.errors import FeedNotFound
from service.ledgers import Books

pytest_plugins = ["tests.record.databases"]
WIRE = "https://news.example/wire.xml"


def test_a_feed_is_watched_once_until_it_is_no_more(books: Books) -> None:
    wire = books.feeds.watch(WIRE, "ana")
    other = books.feeds.watch("https://news.example/local.xml", "ana")
    assert books.feeds.watch(WIRE, "ben") == wire
    assert books.feeds.feeds() == [other, wire]
    books.feeds.unwatch(wire.id, "ben")
    assert books.feeds.feeds() == [other]
    with pytest.raises(FeedNotFound):
        books.feeds.unwatch(wire.id, "ben")
    done = [(entry.action, entry.subject) for entry in books.audit.entries()]
    assert done[0] == ("feed.unwatched", wire.id)
    assert ("feed.watched", wire.id) in done


def test_a_feed_is_due_when_its_time_has_passed_and_taken_by_one(books: Books) -> None:
    wire = books.feeds.watch(WIRE, "ana")
    assert books.feeds.take_due(wire.looked) is None
    moment = datetime.now(UTC)
    assert books.feeds.take_due(moment) == wire
    assert books.feeds.feeds()[0].looked > moment
    assert books.feeds.take_due(moment) is None


def test_what_came_of_looks_is_kept(books: Books) -> None:
    wire = books.feeds.watch(WIRE, "ana")
    books.feeds.note(wire.id, taken=2, failing=1, problem="It did not answer.")
    books.feeds.note(wire.id, taken=3, failing=0, problem=None)
    (kept,) = books.feeds.feeds()
    assert (kept.taken, kept.failing, kept.problem) == (5, 0, None)
    books.feeds.note("gone", taken=1, failing=0, problem=None)
