"""A claim and long evidence become short readings to judge, and the judgements of these become one."""

import math
from collections import Counter
from collections.abc import Sequence

from service.compare.words import content_words
from service.domain.base import Frozen
from service.domain.verdict import Judgement, Relation

SHORT = 3  # sentences that are judged as they stand
# How many of the nearest sentences are read together. On WiCE's dev claims, against whole documents, readings of three
# and of five have an AUC of .787; three alone .778, windows of one to three neighbours .70 to .74, all of them .775
# (docs/decisions/0008-long-evidence-is-read-joined.md).
JOINED = (3, 5)
# What a word still counts for once a chosen sentence says it. On WiCE's dev claims every sentence that a person found
# necessary is among the first 5 for 68% at 0.3, for 58% at 1 and for 57% at 0 (`python -m eval evidence`).
SAID = 0.3


class Reading(Frozen):
    """Sentences to be judged as one piece of evidence, by their places, in order."""

    sentences: tuple[int, ...]

    @property
    def joined(self) -> bool:
        """Whether words of different sentences stand in it: see `Pair.joined`."""
        return len(self.sentences) > 1

    def text(self, sentences: Sequence[str]) -> str:
        return " ".join(sentences[i] for i in self.sentences)


def plan_readings(claim: str, sentences: Sequence[str]) -> tuple[Reading, ...]:
    """The sentences nearest to the claim, three and five of them read together in their order.

    Evidence of up to three sentences is read once, whole.
    """
    if len(sentences) <= SHORT:
        return (Reading(sentences=tuple(range(len(sentences)))),)
    nearest = find_nearest(claim, sentences, max(JOINED))
    return tuple(Reading(sentences=tuple(sorted(nearest[:most]))) for most in JOINED)


def find_nearest(claim: str, sentences: Sequence[str], limit: int) -> list[int]:
    """Places of the sentences that together say most of the claim's words, rare words counting more, best first.

    A word that a chosen sentence has said counts less for the next, so that the second place of a claim that needs
    two is found, and not the first in other words.
    """
    stems = [{word.stem for word in content_words(sentence)} for sentence in sentences]
    seen = Counter(stem for each in stems for stem in each)
    asked = {word.stem for word in content_words(claim)} & seen.keys()
    worth = {stem: math.log(1 + len(sentences) / seen[stem]) for stem in sorted(asked)}
    left, chosen = set(range(len(sentences))), list[int]()
    while left and len(chosen) < limit:
        best = max(left, key=lambda place: (sum(worth[stem] for stem in worth if stem in stems[place]), -place))
        left.remove(best)
        chosen.append(best)
        worth = {stem: value * (SAID if stem in stems[best] else 1) for stem, value in worth.items()}
    return chosen


def pool(judgements: Sequence[Judgement]) -> Judgement:
    """One judgement: the strongest support and the strongest refutation that any reading gave.

    Where the two dispute each other they share the certainty between them. The relation is that of the surest
    reading which takes a side; a judge may abstain, so this is not always the likeliest.
    """
    supports = max(judgement.supports for judgement in judgements)
    refutes = max(judgement.refutes for judgement in judgements)
    total = max(1.0, supports + refutes)
    sides = [
        (max(judgement.supports, judgement.refutes), judgement.relation)
        for judgement in judgements
        if judgement.relation is not Relation.NEUTRAL
    ]
    return Judgement(
        relation=max(sides)[1] if sides else Relation.NEUTRAL,
        supports=supports / total,
        refutes=refutes / total,
        neutral=1.0 - (supports + refutes) / total,
    )


def pool_parts(parts: Sequence[Judgement]) -> Judgement:
    """The judgement on a claim from those on its parts: all must hold to support it, one refuted refutes it."""
    supports = min(part.supports for part in parts)
    refutes = max(part.refutes for part in parts)
    total = max(1.0, supports + refutes)
    relations = {part.relation for part in parts}
    relation = Relation.SUPPORTS if relations == {Relation.SUPPORTS} else Relation.NEUTRAL
    return Judgement(
        relation=Relation.REFUTES if Relation.REFUTES in relations else relation,
        supports=supports / total,
        refutes=refutes / total,
        neutral=1.0 - (supports + refutes) / total,
    )


def as_judgement(supports: float, refutes: float) -> Judgement:
    """The judgement with these probabilities, its relation the likeliest."""
    neutral = max(0.0, 1.0 - supports - refutes)
    likeliest = max((supports, Relation.SUPPORTS), (refutes, Relation.REFUTES), (neutral, Relation.NEUTRAL))
    return Judgement(relation=likeliest[1], supports=supports, refutes=refutes, neutral=neutral)
