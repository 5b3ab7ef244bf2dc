"""A claim, a passage, the word of the rules and the model's logits become what the judge's last layer weighs."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from service.compare.alignment import Alignment
from service.domain.claim import DifferenceKind
from service.domain.verdict import Judgement, Relation
from service.ports import Pair

# A name spelt otherwise is left out: on the pairs that the layer is fitted to, it says nothing of the stance.
EXACT_KINDS = (DifferenceKind.NUMBER, DifferenceKind.DATE, DifferenceKind.POLARITY)
NAMES = (
    "entail", "contradict", "neutral", *EXACT_KINDS, "coverage", "missing", "swapped", "hedged", "said", "differs",
    "joined",
)  # fmt: skip
RELATIONS = (Relation.SUPPORTS, Relation.REFUTES, Relation.NEUTRAL)
MOST_MISSING = 4  # from here on more missing words say no more


def signals(
    pairs: Sequence[Pair],
    alignments: Sequence[Alignment],
    by_rule: Sequence[Judgement],
    logits: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Shape (n, len(NAMES)): the models' logits, and what the exact tiers and rules found.

    `logits` has shape (n, 3), columns entail, contradict, neutral, and a mean of 0 in each row.
    """
    rows = np.empty((len(pairs), len(NAMES)), np.float32)
    rows[:, :3] = logits
    for row, pair, alignment, word in zip(rows, pairs, alignments, by_rule, strict=True):
        kinds = {difference.kind for difference in pair.differences}
        row[3:] = [
            *(kind in kinds for kind in EXACT_KINDS),
            alignment.coverage,
            min(len(alignment.missing), MOST_MISSING),
            alignment.swapped,
            alignment.hedged,
            word.relation is Relation.SUPPORTS,
            word.relation is Relation.REFUTES,
            pair.joined,
        ]
    return rows
