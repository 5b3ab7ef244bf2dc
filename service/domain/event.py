"""What happens while a request runs, for a reader who watches: stages, then statements that are final."""

from enum import StrEnum
from typing import Literal

from service.domain.base import Frozen
from service.domain.passage import Citation
from service.domain.report import Part


class Stage(StrEnum):
    """What a request is at, in the order of the flows."""

    REWRITING = "rewriting"  # a follow-up becomes a question that stands alone
    DECOMPOSING = "decomposing"  # a claim is cut into parts
    SEARCHING = "searching"
    READING = "reading"  # `count` passages were found
    DRAFTING = "drafting"
    JUDGING = "judging"  # `count` parts of a claim are held against their passages
    VERIFYING = "verifying"  # `count` drafted sentences are held against what they cite


class StageEvent(Frozen):
    """A stage begins; `count` says of how much, where that is known."""

    kind: Literal["stage"] = "stage"
    stage: Stage
    count: int | None = None


class RewrittenEvent(Frozen):
    """A follow-up, as it was understood: the question that is answered."""

    kind: Literal["rewritten"] = "rewritten"
    question: str


class SentenceEvent(Frozen):
    """A verified sentence of an answer, with its [numbers] and their citations: it is never taken back."""

    kind: Literal["sentence"] = "sentence"
    text: str
    citations: tuple[Citation, ...]


class PartEvent(Frozen):
    """The verdict on one part of a claim, as soon as it is decided: it is never taken back."""

    kind: Literal["part"] = "part"
    part: Part


Event = StageEvent | RewrittenEvent | SentenceEvent | PartEvent
