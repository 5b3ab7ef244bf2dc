"""Stances and exact differences become a label: the one rule that the local and the LLM backend share."""

from collections.abc import Sequence

from service.domain.base import Frozen
from service.domain.claim import Difference
from service.domain.passage import Passage
from service.domain.verdict import Judgement, Label, Relation


class Evidence(Frozen):
    """A passage, what the judge said of it, and what the exact tiers found to differ."""

    passage: Passage
    judgement: Judgement
    differences: tuple[Difference, ...]

    @property
    def relation(self) -> Relation:
        """The judge's relation, except that an exact difference is never overruled back to support."""
        if self.differences and self.judgement.relation is Relation.SUPPORTS:
            return Relation.REFUTES
        return self.judgement.relation

    @property
    def strength(self) -> float:
        """The judge's probability that the passage bears on the claim at all."""
        return 1.0 - self.judgement.neutral


class Weighed(Frozen):
    """A label, how sure it is, and the evidence that decided it, strongest first."""

    label: Label
    confidence: float
    decisive: tuple[Evidence, ...]


def weigh(evidence: Sequence[Evidence]) -> Weighed:
    """Silence is not falsity: no passage that bears on the claim gives not_enough_evidence.

    Passages for and against give conflicting_evidence, however many stand on either side: one source never
    settles what two sources dispute, and a majority of copies is not a proof.
    """
    supports = _of(evidence, Relation.SUPPORTS)
    refutes = _of(evidence, Relation.REFUTES)
    if supports and refutes:
        confidence = min(supports[0].strength, refutes[0].strength)
        return Weighed(label=Label.CONFLICTING, confidence=confidence, decisive=(*supports, *refutes))
    if supports:
        return Weighed(label=Label.SUPPORTED, confidence=supports[0].strength, decisive=supports)
    if refutes:
        return Weighed(label=Label.REFUTED, confidence=refutes[0].strength, decisive=refutes)
    nearest = max((item.strength for item in evidence), default=0.0)
    return Weighed(label=Label.NOT_ENOUGH, confidence=1.0 - nearest, decisive=())


def combine(parts: Sequence[Weighed]) -> tuple[Label, float]:
    """The label of a whole claim from its parts: one refuted part refutes it, all must hold to support it."""
    for label in (Label.REFUTED, Label.CONFLICTING, Label.NOT_ENOUGH):
        matching = [part.confidence for part in parts if part.label is label]
        if matching:
            return label, max(matching)
    return Label.SUPPORTED, min((part.confidence for part in parts), default=0.0)


def _of(evidence: Sequence[Evidence], relation: Relation) -> tuple[Evidence, ...]:
    matching = [item for item in evidence if item.relation is relation]
    return tuple(sorted(matching, key=lambda item: -item.strength))
