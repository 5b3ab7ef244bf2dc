"""A claim and a passage become a stance by rule: does the passage say what the claim says?"""

import re
from collections.abc import Sequence

from service.compare.alignment import Alignment, align
from service.domain.claim import Difference, DifferenceKind
from service.domain.verdict import Judgement, Relation
from service.ports import Pair

# A claim that a sentence says in other words of every kind covers about 0.8 of itself (see compare/alignment.py).
DECISIVE_COVERAGE = 0.8
# How often a decision was right on VitaminC and FEVER-symmetric pairs (`python -m eval.tasks.rules_judge`).
RIGHT_WHEN_SUPPORTING = 0.98
RIGHT_WHEN_REFUTING = 0.77


_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)|first|second|\w+(?:rd|th)", re.IGNORECASE)


class RulesJudge:
    """Takes a side only where the passage says nearly every word of the claim, and every name and number.

    It knows words, not meanings: it abstains on a free paraphrase rather than guess.
    """

    id = "rules-1"

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """One judgement a pair, in order."""
        return [judge_by_rule(pair, lay(pair)) for pair in pairs]


def lay(pair: Pair) -> Alignment:
    """The claim beside the passage, but for the words of it whose difference is known."""
    passage = pair.passage
    known = [(difference.claim_start, difference.claim_end) for difference in pair.differences]
    return align(pair.claim, passage.window, *passage.place, skip=known, introduced=passage.introduced)


def judge_by_rule(pair: Pair, alignment: Alignment) -> Judgement:
    """What the words alone say; neutral where they do not tell.

    Words of several sentences may be said of different things: of tier A training pairs that the words support, 92%
    are entailed where the premise is one sentence (216 of 235), and 76% where it is more (84 of 111).
    """
    if pair.joined or not _speaks_of_the_same(alignment) or is_another_occasion(pair.differences):
        return _judgement(Relation.NEUTRAL, 0.5 * alignment.coverage)
    if pair.differences:
        return _judgement(Relation.REFUTES, RIGHT_WHEN_REFUTING)
    return _judgement(Relation.SUPPORTS, RIGHT_WHEN_SUPPORTING)


def is_another_occasion(differences: Sequence[Difference]) -> bool:
    """True where the number differs and something with it: 6% in 2002 says nothing of 2003.

    It may be the date, the ordinal, or what is counted: where two thirds died, a third survived.
    """
    numbers = [difference for difference in differences if difference.kind is DifferenceKind.NUMBER]
    if any(difference.kind in (DifferenceKind.DATE, DifferenceKind.POLARITY) for difference in differences):
        return bool(numbers)
    return len(numbers) > 1 and any(_ORDINAL.fullmatch(difference.claim_text) for difference in numbers)


def _speaks_of_the_same(alignment: Alignment) -> bool:
    return alignment.coverage >= DECISIVE_COVERAGE and not alignment.missing and alignment.asserts


def _judgement(relation: Relation, bearing: float) -> Judgement:
    """`bearing` is the probability that the passage bears on the claim at all."""
    refutes = bearing if relation is Relation.REFUTES else 0.0
    return Judgement(relation=relation, supports=bearing - refutes, refutes=refutes, neutral=1 - bearing)
