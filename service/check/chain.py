"""A claim becomes a report: decompose, find, compare and judge, weigh, correct, cite."""

from collections.abc import Sequence
from datetime import date

from langchain_core.runnables import Runnable, RunnableLambda

from service.check.weigh import Evidence, Weighed, combine, weigh
from service.compare.differences import correct, find_differences
from service.domain.base import Frozen
from service.domain.claim import AtomicClaim, Statement
from service.domain.event import PartEvent, Stage
from service.domain.passage import CitationState, Passage
from service.domain.report import CitedDifference, Disagreement, Part, Report
from service.domain.verdict import Label, Relation
from service.ports import Backend, Judge, Pair, Record
from service.requests import require_text
from service.retrieve.cite import Citer
from service.retrieve.search import Scope, Searcher
from service.run import Run
from service.timing import Stopwatch

PASSAGES = 8  # sentences judged per atomic claim
LONGEST_CLAIM = 2_000  # characters


class CheckRequest(Frozen):
    """A claim to check. `as_of` is the day that it speaks from, and the last day whose evidence counts."""

    claim: str
    as_of: date | None = None
    without_articles: frozenset[str] = frozenset()  # an article under review must not be its own witness


class _Found(Frozen):
    claim: str
    said: date | None  # None: the claim's relative dates cannot be placed
    parts: tuple[AtomicClaim, ...]
    passages: tuple[tuple[Passage, ...], ...]  # a tuple for each part
    degraded: bool
    timings_ms: dict[str, float]


class _Judged(Frozen):
    found: _Found
    evidence: tuple[tuple[Evidence, ...], ...]  # a tuple for each part
    verdicts: tuple[Weighed, ...]  # one for each part
    corrections: tuple[str | None, ...]  # what each part would read if the evidence against it is right
    corrected: tuple[Weighed, ...]  # the verdicts once more, with the corrections in place
    timings_ms: dict[str, float]


def build_check_chain(searcher: Searcher, backend: Backend, record: Record, run: Run) -> Runnable[CheckRequest, Report]:
    """The chain of `check`. Raises EmptyText for a claim without words, InputTooLarge for an endless one.

    The run's listener hears each stage, then each part's verdict; raises Cancelled when the run is.
    """

    def find(request: CheckRequest) -> _Found:
        clock = Stopwatch()
        claim = require_text(request.claim, "claim", LONGEST_CLAIM)
        run.begin(Stage.DECOMPOSING)
        parts = backend.decompose(claim)
        clock.lap("decompose")
        run.begin(Stage.SEARCHING, len(parts))
        scope = Scope(as_of=request.as_of, without_articles=request.without_articles)
        found = [searcher.find(part.text, PASSAGES, scope) for part in parts]
        clock.lap("find")
        run.begin(Stage.READING, sum(len(each.passages) for each in found))
        return _Found(
            claim=claim,
            said=request.as_of,
            parts=parts,
            passages=tuple(each.passages for each in found),
            degraded=any(each.degraded for each in found),
            timings_ms=clock.laps_ms,
        )

    def compare_and_judge(found: _Found) -> _Judged:
        clock = Stopwatch(found.timings_ms)
        run.begin(Stage.JUDGING, len(found.parts))
        evidence, verdicts, corrections, corrected = [], [], [], []
        for part, passages in zip(found.parts, found.passages, strict=True):
            run.cancellation.check()
            examined = examine(part.text, found.said, passages, backend.judge)
            verdict = weigh(examined)
            correction = correct(part.text, verdict.decisive[0].differences) if verdict.decisive else None
            evidence.append(examined)
            verdicts.append(verdict)
            corrections.append(correction)
            corrected.append(weigh(examine(correction, found.said, passages, backend.judge)) if correction else verdict)
        clock.lap("judge")
        return _Judged(
            found=found,
            evidence=tuple(evidence),
            verdicts=tuple(verdicts),
            corrections=tuple(corrections),
            corrected=tuple(corrected),
            timings_ms=clock.laps_ms,
        )

    def report(judged: _Judged) -> Report:
        clock = Stopwatch(judged.timings_ms)
        found, citer = judged.found, Citer(record)
        parts = tuple(
            _report_part(part, verdict, citer) for part, verdict in zip(found.parts, judged.verdicts, strict=True)
        )
        for part in parts:
            run.listen(PartEvent(part=part))
        differences = tuple(
            difference
            for part, verdict in zip(found.parts, judged.verdicts, strict=True)
            for difference in _cite_differences(part, verdict, citer)
        )
        disagreements = tuple(
            disagreement
            for part, evidence, verdict in zip(found.parts, judged.evidence, judged.verdicts, strict=True)
            for disagreement in _disagreements(part, evidence, verdict, citer)
        )
        label, confidence = combine(judged.verdicts)
        corrected_claim = _splice(found, judged.corrections)
        account = backend.account()
        clock.lap("report")
        return Report(
            claim=found.claim,
            label=label,
            confidence=round(confidence, 3),
            abstained=label is Label.NOT_ENOUGH,
            corrected_claim=corrected_claim,
            corrected_label=combine(judged.corrected)[0] if corrected_claim else None,
            parts=parts,
            differences=differences,
            citations=citer.citations,
            degraded=found.degraded or bool(account.problems),
            backend=backend.id,
            timings_ms=clock.laps_ms,
            disagreements=disagreements,
            problems=account.problems,
            usage=account.usage,
        )

    return RunnableLambda(find) | RunnableLambda(compare_and_judge) | RunnableLambda(report)


def examine(claim: str, said: date | None, passages: Sequence[Passage], judge: Judge) -> tuple[Evidence, ...]:
    """Each passage with its exact differences to the claim and the judge's word on it."""
    statement = Statement(text=claim, dated=said)
    pairs = [
        Pair(
            claim=claim,
            passage=passage,
            differences=find_differences(statement, Statement(text=passage.text, dated=passage.published)),
        )
        for passage in passages
    ]
    return tuple(
        Evidence(passage=pair.passage, judgement=judgement, differences=pair.differences)
        for pair, judgement in zip(pairs, judge.judge(pairs), strict=True)
    )


def _report_part(part: AtomicClaim, verdict: Weighed, citer: Citer) -> Part:
    return Part(
        text=part.text,
        start=part.start,
        end=part.end,
        label=verdict.label,
        confidence=round(verdict.confidence, 3),
        citations=citer.cite_all((item.passage for item in verdict.decisive), CitationState.VERIFIED),
    )


def _cite_differences(part: AtomicClaim, verdict: Weighed, citer: Citer) -> list[CitedDifference]:
    """The differences of every refuting passage, counted from the start of the whole claim."""
    return [
        CitedDifference(
            **difference.model_dump(exclude={"claim_start", "claim_end"}),
            claim_start=part.start + difference.claim_start,
            claim_end=part.start + difference.claim_end,
            citation=citer.cite(item.passage, CitationState.VERIFIED),
        )
        for item in verdict.decisive
        if item.relation is Relation.REFUTES
        for difference in item.differences
    ]


def _disagreements(
    part: AtomicClaim, evidence: Sequence[Evidence], verdict: Weighed, citer: Citer
) -> list[Disagreement]:
    """Where the model and the local judge differ; a passage that decided nothing is cited as unverified."""
    return [
        Disagreement(
            claim=part.text,
            model=item.judgement.model,
            local=item.judgement.local,
            rationale=item.judgement.rationale,
            citation=citer.cite(
                item.passage, CitationState.VERIFIED if item in verdict.decisive else CitationState.UNVERIFIED
            ),
        )
        for item in evidence
        if item.judgement.model is not None and item.judgement.local is not None
    ]


def _splice(found: _Found, corrections: Sequence[str | None]) -> str | None:
    """The whole claim with its corrected parts in place; None when no part was corrected."""
    if not any(corrections):
        return None
    claim = found.claim
    for part, correction in sorted(zip(found.parts, corrections, strict=True), key=lambda pair: -pair[0].start):
        if correction:
            claim = claim[: part.start] + correction + claim[part.end :]
    return claim
