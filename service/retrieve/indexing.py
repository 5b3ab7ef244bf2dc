"""What the record holds becomes what the vector index holds: change by change, or all of it anew."""

from collections.abc import Callable, Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from service.domain.base import Frozen
from service.errors import IndexBroken, IndexUnavailable, WrongDimension
from service.ports import Change, Index, Record

CHANGES = 50
"""Changes in one turn of `sync`, each one article: about 1,500 vectors, one to two seconds of work."""

BATCH = 1000
"""Vectors in memory at a time, and in one write: 1.5 MB at 384 numbers each."""

CANARIES = 20
"""All 10,000 sentences of a healthy index find themselves (python -m eval.bench_index); one that lost a
seventh of its vectors keeps all of 20 canaries with a chance of 5 in 100."""

CANARY_LIMIT = 10
SAME = 0.99
"""Cosine of a sentence to itself: rounding leaves it above 0.9999, so less means another vector."""

MOST_PENDING = 1000
"""Changes beyond which a probe does not look for lost vectors: the index has too far to go to tell."""


class Health(StrEnum):
    HEALTHY = "healthy"
    LAGGING = "lagging"  # it finds what it was given, and was not given everything yet
    ABSENT = "absent"  # it does not answer: wait, for nothing says that it lost anything
    BROKEN = "broken"  # it lost what it was given, or holds what it was not: rebuild it


class IndexState(Frozen):
    """What a probe found; `reason` is for people. `held` is None when the index could not say."""

    health: Health
    reason: str
    expected: int  # vectors in the record
    held: int | None  # vectors that the index says it holds


def sync(record: Record, index: Index) -> int:
    """Brings the index up to the record; returns how many changes of the outbox it took.

    A change is confirmed after the index holds it, so it may be applied twice, never lost.
    Raises IndexUnavailable; what was not confirmed stays in the outbox.
    """
    taken = 0
    while changes := record.pending(CHANGES):
        _apply(changes, record, index)
        record.confirm([change.seq for change in changes])
        taken += len(changes)
    return taken


def probe(record: Record, index: Index, canaries: int = CANARIES) -> IndexState:
    """Tells a broken index from one that has no answer: does it find what it must hold?

    An index whose files were lost can still count right, and finds nothing; so up to `canaries` stored
    sentences are looked up by their own vectors. Raises what the record raises, nothing of the index.
    """
    expected = record.count()
    try:
        held = index.count()
        lost = _lost(record, index, canaries)
    except (IndexBroken, WrongDimension) as error:
        return IndexState(health=Health.BROKEN, reason=str(error), expected=expected, held=None)
    except IndexUnavailable as error:
        return IndexState(health=Health.ABSENT, reason=str(error), expected=expected, held=None)

    def state(health: Health, reason: str) -> IndexState:
        return IndexState(health=health, reason=reason, expected=expected, held=held)

    if lost:
        return state(Health.BROKEN, f"{len(lost)} of its sentences do not find themselves, such as {lost[0]}")
    if record.pending(1):
        return state(Health.LAGGING, "changes wait in the outbox")
    if held == expected:
        return state(Health.HEALTHY, f"it holds all {expected} sentences and finds those it was asked for")
    if record.count() != expected:
        return state(Health.LAGGING, "the record changed while the index was looked at")
    return state(Health.BROKEN, f"it holds {held} sentences where the record has {expected}")


def rebuild(record: Record, index: Index, progress: Callable[[int, int], None] | None = None) -> int:
    """Fills the index anew from the record's vectors; returns how many it wrote. Nothing is embedded.

    `progress` gets the vectors written so far and their expected number. A change that is committed
    meanwhile waits in the outbox and is applied at the end. Raises IndexUnavailable; an index that was
    left half filled counts too few, so the next probe finds it broken.
    """
    index.reset()
    while changes := record.pending(CHANGES):  # what waits now is in the record, thus in what follows
        record.confirm([change.seq for change in changes])
    expected, written = record.count(), 0
    for sentence_ids, vectors in record.all_vectors(BATCH):
        index.upsert(sentence_ids, vectors)
        written += len(sentence_ids)
        if progress:
            progress(written, max(written, expected))
    sync(record, index)
    return written


def _apply(changes: Sequence[Change], record: Record, index: Index) -> None:
    """Applies several changes as one: of what they say about a sentence, the last word counts."""
    wanted: dict[str, bool] = {}
    for change in changes:
        wanted |= dict.fromkeys(change.delete, False) | dict.fromkeys(change.upsert, True)
    index.delete([sentence_id for sentence_id, keep in wanted.items() if not keep])
    kept = [sentence_id for sentence_id, keep in wanted.items() if keep]
    for start in range(0, len(kept), BATCH):
        batch = kept[start : start + BATCH]
        index.upsert(batch, record.vectors(batch))


def _lost(record: Record, index: Index, canaries: int) -> list[str]:
    """The canaries that the index was given and does not find."""
    changes = record.pending(MOST_PENDING)
    if len(changes) == MOST_PENDING:
        return []
    waiting = {sentence_id for change in changes for sentence_id in change.upsert}
    given = [sentence_id for sentence_id in record.canaries(canaries) if sentence_id not in waiting]
    vectors = record.vectors(given)
    return [
        sentence_id
        for sentence_id, vector in zip(given, vectors, strict=True)
        if not _finds(index, vector, sentence_id)
    ]


def _finds(index: Index, vector: NDArray[np.float32], sentence_id: str) -> bool:
    same = [hit.sentence_id for hit in index.query(vector, CANARY_LIMIT) if hit.similarity >= SAME]
    # A sentence that many articles repeat may be crowded out by its twins.
    return sentence_id in same or len(same) == CANARY_LIMIT
