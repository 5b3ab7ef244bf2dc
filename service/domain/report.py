"""The results that the CLI and the API hand out; fields may be added, never renamed."""

from datetime import date
from enum import StrEnum

from service.domain.base import Frozen
from service.domain.claim import Difference
from service.domain.finding import Finding, SuppressedFinding
from service.domain.passage import Citation, CitationState
from service.domain.usage import Problem, Usage
from service.domain.verdict import Label, Relation


class Withheld(Frozen):
    """A drafted sentence that is not part of the answer, and why; links in it are replaced."""

    text: str
    state: CitationState
    reason: str


class Answer(Frozen):
    """The answer to a question; each sentence of `answer` ends in the [number] of its citations."""

    question: str
    answer: str
    abstained: bool
    citations: tuple[Citation, ...]
    unsupported: tuple[str, ...]  # drafted sentences that no stored sentence supports
    degraded: bool
    backend: str
    timings_ms: dict[str, float]
    rewritten: str | None = None  # a follow-up in a chat, as it was understood: it stands alone
    withheld: tuple[Withheld, ...] = ()  # the sentences of `unsupported`, with the reasons
    problems: tuple[Problem, ...] = ()  # why it is degraded, or less than was asked for
    usage: Usage | None = None  # None: no remote model was asked


class CitedDifference(Difference):
    """A difference with the citation of the sentence that it was found in."""

    citation: Citation


class Disagreement(Frozen):
    """A passage that the model and the local judge read differently; it lowers the confidence."""

    claim: str  # the part of the claim that was judged
    model: Relation
    local: Relation
    rationale: str | None  # the model's
    citation: Citation


class Part(Frozen):
    """The verdict on one atomic part of a claim; `claim[start:end]` is its place."""

    text: str
    start: int
    end: int
    label: Label
    confidence: float
    citations: tuple[Citation, ...]
    stances: tuple[Relation, ...] = ()  # how each of the citations bears on the part, in order
    nearest: tuple[Citation, ...] = ()  # where none decides: what was read and came nearest, unverified


class Report(Frozen):
    """The verdict on a claim, with what differs and the sentences that say so."""

    claim: str
    label: Label
    confidence: float
    abstained: bool
    corrected_claim: str | None
    corrected_label: Label | None
    parts: tuple[Part, ...]
    differences: tuple[CitedDifference, ...]
    citations: tuple[Citation, ...]
    degraded: bool
    backend: str
    timings_ms: dict[str, float]
    disagreements: tuple[Disagreement, ...] = ()
    problems: tuple[Problem, ...] = ()  # why it is degraded, or less than was asked for
    usage: Usage | None = None  # None: no remote model was asked


class Review(Frozen):
    """An article read against itself (findings) and against the archive (reports)."""

    article_id: str
    version: int
    source: str
    title: str | None
    findings: tuple[Finding, ...]
    suppressed: tuple[SuppressedFinding, ...]
    reports: tuple[Report, ...]


class Status(StrEnum):
    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class IngestedArticle(Frozen):
    id: str
    version: int
    title: str | None
    url: str | None
    published: date | None
    published_inferred: bool
    sentences: int
    sections: dict[str, int]  # sentences per section
    hidden_chars: int
    status: Status


class Failure(Frozen):
    """A source that could not be taken in, with the stable code of the error and what to do about it."""

    source: str
    code: str
    message: str


class Ingested(Frozen):
    """What a run of ingest took in and what it could not."""

    articles: tuple[IngestedArticle, ...]
    failed: tuple[Failure, ...]
    indexed: bool = True  # False: committed and found by its words; vectors follow when the index answers
