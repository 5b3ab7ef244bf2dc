"""The guard rebuilds an index that is damaged, waits for one that is away, and says which it is."""

import threading
from collections.abc import Sequence

import pytest

from service.errors import IndexBroken
from service.ports import Vectors
from service.retrieve.guard import PROBE_EVERY_S, RETRY_AFTER_S, IndexGuard
from service.retrieve.indexing import sync
from tests.index.fake import MemoryIndex
from tests.index.vectors import make_long_article, make_vectors
from tests.record_fake import MemoryRecord


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class WatchedIndex(MemoryIndex):
    """Counts what is asked of it; `full` refuses writes as a server without room does."""

    def __init__(self) -> None:
        super().__init__()
        self.resets = self.counts = 0
        self.full = False

    def reset(self) -> None:
        super().reset()
        self.resets += 1

    def count(self) -> int:
        self.counts += 1
        return super().count()

    def upsert(self, sentence_ids: Sequence[str], vectors: Vectors) -> None:
        if self.full:
            raise IndexBroken("500: no space left on device")
        super().upsert(sentence_ids, vectors)


@pytest.fixture
def record() -> MemoryRecord:
    return MemoryRecord()


@pytest.fixture
def index() -> WatchedIndex:
    return WatchedIndex()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def guard(record: MemoryRecord, index: WatchedIndex, clock: Clock) -> IndexGuard:
    return IndexGuard(record, index, clock=clock)


def add(record: MemoryRecord, name: str = "a") -> list[str]:
    article = make_long_article(4, name)
    record.add(article, make_vectors(4, seed=len(record.articles())), "test")
    return [sentence.id for sentence in article.sentences]


def test_what_was_committed_is_in_the_index_when_it_is_ready(
    guard: IndexGuard, record: MemoryRecord, index: WatchedIndex
) -> None:
    first = add(record, "a")
    assert guard.ready()
    second = add(record, "b")
    assert guard.ready()
    assert (list(index.rows), guard.problem) == ([*first, *second], None)


def test_a_damaged_index_is_rebuilt(guard: IndexGuard, record: MemoryRecord, index: WatchedIndex) -> None:
    ids = add(record)
    sync(record, index)
    index.forget(ids)
    assert guard.ready()
    assert (index.resets, guard.problem) == (1, None)
    assert index.query(record.vectors(ids)[2], 1)[0].sentence_id == ids[2]


def test_an_index_that_does_not_answer_is_left_alone_and_asked_again_later(
    guard: IndexGuard, record: MemoryRecord, index: WatchedIndex, clock: Clock
) -> None:
    add(record)
    index.down = True
    assert not guard.ready()
    assert guard.problem is not None
    assert "switched off" in guard.problem
    index.down = False
    assert not guard.ready(), "it is not asked on every query"
    clock.now += RETRY_AFTER_S
    assert guard.ready()
    assert (index.resets, len(index.rows)) == (0, 4)


def test_an_index_that_went_away_is_looked_at_when_it_is_back(
    guard: IndexGuard, record: MemoryRecord, index: WatchedIndex, clock: Clock
) -> None:
    ids = add(record)
    assert guard.ready()
    add(record, "b")
    index.down = True
    assert not guard.ready()
    index.down = False
    index.forget(ids)  # whatever kept it away lost its vectors too
    clock.now += RETRY_AFTER_S
    assert guard.ready()
    assert index.resets == 1


def test_damage_is_noticed_within_five_minutes(
    guard: IndexGuard, record: MemoryRecord, index: WatchedIndex, clock: Clock
) -> None:
    ids = add(record)
    assert guard.ready()
    counts = index.counts
    index.forget(ids)
    clock.now += PROBE_EVERY_S - 1
    assert guard.ready()
    assert index.counts == counts, "canaries are not looked up on every query"
    clock.now += 1
    assert guard.ready()
    assert index.resets == 1


def test_an_index_that_has_no_room_is_not_thrown_away(
    guard: IndexGuard, record: MemoryRecord, index: WatchedIndex
) -> None:
    add(record)
    assert guard.ready()
    add(record, "b")
    index.full = True
    assert not guard.ready()
    assert (index.resets, len(index.rows)) == (0, 4)
    assert guard.problem is not None
    assert "no space left" in guard.problem


def test_an_index_of_an_earlier_embedder_is_filled_anew(
    guard: IndexGuard, record: MemoryRecord, index: WatchedIndex
) -> None:
    index.upsert(["stale"], make_vectors(1, dimension=4))
    ids = add(record)
    assert guard.ready()
    assert list(index.rows) == ids


class HeldIndex(WatchedIndex):
    """Its rebuild waits until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def reset(self) -> None:
        self.go.wait(10)
        super().reset()


def test_searches_go_on_without_vectors_while_a_thread_rebuilds(record: MemoryRecord) -> None:
    ids = add(record)
    index = HeldIndex()
    sync(record, index)
    index.forget(ids)
    guard = IndexGuard(record, index, rebuild_inline=False)
    assert not guard.ready()
    assert not guard.ready()
    index.go.set()
    for thread in threading.enumerate():
        if thread.name == "index-rebuild":
            thread.join(10)
    assert guard.ready()
    assert (index.resets, guard.problem) == (1, None)
