"""A claim, a passage and the model's logits become the numbers that the judge's last layer weighs."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from service.compare.alignment import align
from service.domain.claim import DifferenceKind
from service.domain.verdict import Relation
from service.ports import Pair

EXACT_KINDS = (DifferenceKind.NAME, DifferenceKind.NUMBER, DifferenceKind.DATE, DifferenceKind.POLARITY)
NAMES = ("entail", "contradict", "neutral", *EXACT_KINDS, "coverage", "missing", "swapped")
RELATIONS = (Relation.SUPPORTS, Relation.REFUTES, Relation.NEUTRAL)
MOST_MISSING = 4  # from here on more missing words say no more


def signals(pairs: Sequence[Pair], logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Shape (n, len(NAMES)): the model's logits (their mean taken away), and what the exact tiers found.

    `logits` has shape (n, 3), columns entail, contradict, neutral.
    """
    rows = np.empty((len(pairs), len(NAMES)), np.float32)
    rows[:, :3] = logits - logits.mean(axis=1, keepdims=True)
    for row, pair in zip(rows, pairs, strict=True):
        row[3:] = _exact(pair)
    return rows


def _exact(pair: Pair) -> list[float]:
    passage = pair.passage
    alignment = align(
        pair.claim,
        passage.window,
        *passage.place,
        skip=[(difference.claim_start, difference.claim_end) for difference in pair.differences],
    )
    kinds = {difference.kind for difference in pair.differences}
    return [
        *(float(kind in kinds) for kind in EXACT_KINDS),
        alignment.coverage,
        float(min(len(alignment.missing), MOST_MISSING)),
        float(alignment.swapped),
    ]
