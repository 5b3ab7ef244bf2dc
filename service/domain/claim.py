"""A claim under check, its atomic parts, and the exact differences between it and a sentence."""

from datetime import date
from enum import StrEnum

from service.domain.base import Frozen


class Statement(Frozen):
    """A sentence, and the day from which its relative dates ("on Monday") are counted."""

    text: str
    dated: date | None = None


class AtomicClaim(Frozen):
    """A part of a claim that can be judged alone; `claim[start:end]` is where it came from.

    `text` can differ from that span: a pronoun is replaced by the name that it stands for.
    """

    text: str
    start: int
    end: int


class CheckWorthiness(Frozen):
    """How much a sentence is worth checking, from 0 (an opinion, a question) to 1 (a specific fact that matters)."""

    score: float
    reasons: tuple[str, ...]  # for a reader, the one with the most weight first


class DifferenceKind(StrEnum):
    """What differs between a claim and a sentence."""

    NAME = "name"
    NUMBER = "number"
    DATE = "date"
    POLARITY = "polarity"
    ROLE = "role"
    PLACE = "place"


class Difference(Frozen):
    """One exact difference: `claim[claim_start:claim_end]` against `evidence[evidence_start:evidence_end]`.

    `correction` is what the claim's span would read if the evidence is right; None when putting
    other words there would not mend it (a negation, say).
    """

    kind: DifferenceKind
    claim_text: str
    claim_start: int
    claim_end: int
    evidence_text: str
    evidence_start: int
    evidence_end: int
    correction: str | None = None
