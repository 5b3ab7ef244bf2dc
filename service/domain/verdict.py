"""What a judge says of one claim against one passage, and the labels that verdicts carry."""

from enum import StrEnum

from service.domain.base import Frozen


class Relation(StrEnum):
    """How a passage bears on a claim (the stance of the evidence)."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    NEUTRAL = "neutral"


class Judgement(Frozen):
    """A judge's relation for one (claim, passage) pair, with its probabilities (they sum to 1)."""

    relation: Relation
    supports: float
    refutes: float
    neutral: float
    rationale: str | None = None  # a model's reason, in its words: shown as such, never taken for evidence
    model: Relation | None = None  # what a remote model and the local judge say, where they differ
    local: Relation | None = None


class Label(StrEnum):
    """The verdict on a claim, in the terms of AVeriTeC (Schlichtkrull et al., 2023)."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    CONFLICTING = "conflicting_evidence"
    NOT_ENOUGH = "not_enough_evidence"

    @property
    def is_decisive(self) -> bool:
        return self in (Label.SUPPORTED, Label.REFUTED)
