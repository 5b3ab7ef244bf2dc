"""The index follows the outbox, a probe says how it fares, and a rebuild makes it whole."""

from collections.abc import Sequence

import numpy as np
import pytest

from service.errors import IndexUnavailable
from service.ports import Vectors
from service.retrieve.indexing import CANARY_LIMIT, CHANGES, Health, probe, rebuild, sync
from tests.index.fake import MemoryIndex
from tests.index.vectors import make_long_article, make_vectors
from tests.record_fake import MemoryRecord


def add(record: MemoryRecord, sentences: int, name: str = "art", version: int = 1) -> list[str]:
    article = make_long_article(sentences, name, version)
    record.add(article, make_vectors(sentences, seed=version * 1000 + len(record.articles())), "test")
    return [sentence.id for sentence in article.sentences]


@pytest.fixture
def record() -> MemoryRecord:
    return MemoryRecord()


@pytest.fixture
def index() -> MemoryIndex:
    return MemoryIndex()


def test_sync_takes_every_change_once(record: MemoryRecord, index: MemoryIndex) -> None:
    ids = [i for n in range(CHANGES * 2 + 1) for i in add(record, 2, f"a{n}")]
    assert sync(record, index) == CHANGES * 2 + 1
    assert list(index.rows) == ids
    assert sync(record, index) == 0


def test_a_new_version_replaces_the_old_one(record: MemoryRecord, index: MemoryIndex) -> None:
    add(record, 3)
    sync(record, index)
    new = add(record, 2, version=2)
    sync(record, index)
    assert list(index.rows) == new
    assert probe(record, index).health is Health.HEALTHY


def test_versions_that_wait_together_end_in_the_last_one(record: MemoryRecord, index: MemoryIndex) -> None:
    add(record, 3)
    add(record, 2, version=2)
    last = add(record, 4, version=3)
    sync(record, index)
    assert list(index.rows) == last


def test_the_index_holds_the_record_s_vectors(record: MemoryRecord, index: MemoryIndex) -> None:
    ids = add(record, 3)
    sync(record, index)
    np.testing.assert_array_equal(np.stack(list(index.rows.values())), record.vectors(ids))


def test_what_the_index_did_not_take_stays_in_the_outbox(record: MemoryRecord, index: MemoryIndex) -> None:
    ids = add(record, 3)
    index.down = True
    with pytest.raises(IndexUnavailable):
        sync(record, index)
    index.down = False
    assert sync(record, index) == 1
    assert list(index.rows) == ids


def test_an_empty_record_and_index_are_healthy(record: MemoryRecord, index: MemoryIndex) -> None:
    assert probe(record, index).health is Health.HEALTHY


def test_an_index_that_waits_for_changes_lags(record: MemoryRecord, index: MemoryIndex) -> None:
    add(record, 3, "a")
    sync(record, index)
    add(record, 3, "b")
    state = probe(record, index)
    assert (state.health, state.expected, state.held) == (Health.LAGGING, 6, 3)


def test_an_index_that_counts_right_and_finds_nothing_is_broken(record: MemoryRecord, index: MemoryIndex) -> None:
    index_ids = add(record, 30)
    sync(record, index)
    index.forget(index_ids)
    state = probe(record, index)
    assert (state.health, state.held) == (Health.BROKEN, 30)
    assert "do not find themselves" in state.reason


def test_lost_vectors_are_found_while_changes_wait(record: MemoryRecord, index: MemoryIndex) -> None:
    lost = add(record, 30, "a")
    sync(record, index)
    index.forget(lost)
    add(record, 1, "b")
    assert probe(record, index).health is Health.BROKEN


def test_an_index_with_the_wrong_vector_for_a_sentence_is_broken(record: MemoryRecord, index: MemoryIndex) -> None:
    ids = add(record, 5)
    sync(record, index)
    index.upsert(ids, make_vectors(5, seed=77))
    assert probe(record, index).health is Health.BROKEN


@pytest.mark.parametrize("lost", [True, False])
def test_rows_missing_or_left_over_with_nothing_waiting_are_broken(
    lost: bool, record: MemoryRecord, index: MemoryIndex
) -> None:
    ids = add(record, 60)
    sync(record, index)
    if lost:
        index.delete([sentence_id for sentence_id in ids if sentence_id not in record.canaries(20)][:1])
    else:
        index.upsert(["stale"], make_vectors(1))
    assert probe(record, index).health is Health.BROKEN


def test_an_index_that_does_not_answer_is_absent_and_not_broken(record: MemoryRecord, index: MemoryIndex) -> None:
    index.down = True
    state = probe(record, index)
    assert (state.health, state.held) == (Health.ABSENT, None)
    assert "switched off" in state.reason


def test_an_index_of_another_dimension_is_broken(record: MemoryRecord, index: MemoryIndex) -> None:
    add(record, 3)
    record.confirm([change.seq for change in record.pending(9)])
    index.upsert(["stale"], make_vectors(1, dimension=4))
    assert probe(record, index).health is Health.BROKEN


def test_a_sentence_that_many_articles_repeat_is_not_taken_for_lost(record: MemoryRecord, index: MemoryIndex) -> None:
    twins = CANARY_LIMIT * 3
    record.add(make_long_article(twins), np.repeat(make_vectors(1), twins, axis=0), "test")
    sync(record, index)
    assert probe(record, index).health is Health.HEALTHY


class BusyIndex(MemoryIndex):
    """While it counts, another process adds an article and brings the index up to it."""

    def __init__(self, record: MemoryRecord) -> None:
        super().__init__()
        self._record = record

    def count(self) -> int:
        add(self._record, 3, f"meanwhile{len(self.rows)}")
        sync(self._record, self)
        return super().count()


def test_a_record_that_changes_during_the_probe_is_not_a_broken_index(record: MemoryRecord) -> None:
    assert probe(record, BusyIndex(record)).health is Health.LAGGING


def test_rebuild_makes_a_broken_index_whole_and_reports_progress(record: MemoryRecord, index: MemoryIndex) -> None:
    ids = add(record, 2500)
    sync(record, index)
    index.forget(ids)
    index.upsert(["stale"], make_vectors(1))
    reported: list[tuple[int, int]] = []
    assert rebuild(record, index, lambda done, total: reported.append((done, total))) == 2500
    assert probe(record, index).health is Health.HEALTHY
    assert reported == [(1000, 2500), (2000, 2500), (2500, 2500)]


class FillingIndex(MemoryIndex):
    """While it is filled for the first time, a new version of the article is committed."""

    def __init__(self, record: MemoryRecord) -> None:
        super().__init__()
        self._record = record

    def upsert(self, sentence_ids: Sequence[str], vectors: Vectors) -> None:
        if not self.rows:
            add(self._record, 4, version=2)
        super().upsert(sentence_ids, vectors)


def test_a_change_during_a_rebuild_is_applied_after_it(record: MemoryRecord) -> None:
    add(record, 3)
    index = FillingIndex(record)
    rebuild(record, index)
    assert list(index.rows) == [f"art.2.{i}" for i in range(4)]
    assert record.pending(1) == []


class FailingIndex(MemoryIndex):
    """Takes one write, then no more until it is mended."""

    mended = False

    def upsert(self, sentence_ids: Sequence[str], vectors: Vectors) -> None:
        self.down = bool(self.rows) and not self.mended
        super().upsert(sentence_ids, vectors)


def test_a_rebuild_that_was_cut_off_is_found_broken_and_done_again(record: MemoryRecord) -> None:
    add(record, 1500)
    index = FailingIndex()
    with pytest.raises(IndexUnavailable):
        rebuild(record, index)
    index.down, index.mended = False, True
    assert probe(record, index).health is Health.BROKEN
    rebuild(record, index)
    assert probe(record, index).health is Health.HEALTHY


def test_what_waited_before_a_rebuild_is_written_once(record: MemoryRecord) -> None:
    add(record, 3, "a")
    add(record, 3, "a", version=2)
    index = CountingIndex()
    assert rebuild(record, index) == 3
    assert index.written == 3


class CountingIndex(MemoryIndex):
    written = 0

    def upsert(self, sentence_ids: Sequence[str], vectors: Vectors) -> None:
        self.written += len(sentence_ids)
        super().upsert(sentence_ids, vectors)
