"""A claim becomes a report: decompose, find, compare and judge, weigh, correct, cite."""

from collections.abc import Sequence
from datetime import date

from langchain_core.runnables import Runnable, RunnableLambda

from service.check.ratings import only_rates
from service.check.report import Decided, write_part, write_report
from service.check.together import read_together
from service.check.weigh import Evidence, weigh
from service.compare.differences import correct, pair_with
from service.domain.base import Frozen
from service.domain.claim import AtomicClaim, Statement
from service.domain.event import PartEvent, Stage
from service.domain.passage import Passage
from service.domain.report import Report
from service.domain.usage import Problem
from service.domain.verdict import Judgement, Label, Relation
from service.ports import Backend, Judge, Record
from service.requests import require_text
from service.retrieve.cite import Citer
from service.retrieve.search import Scope, Searcher
from service.run import Run
from service.timing import Stopwatch

PASSAGES = 8  # sentences judged per atomic claim
LONGEST_CLAIM = 2_000  # characters
NO_BEARING = Judgement(relation=Relation.NEUTRAL, supports=0.0, refutes=0.0, neutral=1.0)


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
    problems: tuple[Problem, ...]
    timings_ms: dict[str, float]


class _Judged(Frozen):
    found: _Found
    decided: tuple[Decided, ...]  # one for each part
    timings_ms: dict[str, float]


def build_check_chain(searcher: Searcher, backend: Backend, record: Record, run: Run) -> Runnable[CheckRequest, Report]:
    """The chain of `check`. Raises EmptyText for a claim without words, InputTooLarge for an endless one.

    The run's listener hears each stage, and each part's verdict once it is decided: none is taken back, though what
    is nearest to a part that nothing decides comes with the report. Raises Cancelled when the run is.
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
            problems=tuple({problem: None for each in found for problem in each.problems}),
            timings_ms=clock.laps_ms,
        )

    def compare_and_judge(found: _Found) -> _Judged:
        clock = Stopwatch(found.timings_ms)
        run.begin(Stage.JUDGING, len(found.parts))
        decided, citer = [], Citer(record)
        for part, passages in zip(found.parts, found.passages, strict=True):
            run.cancellation.check()
            decided.append(decide(part, found.said, passages, backend.judge))
            run.listen(PartEvent(part=write_part(decided[-1], citer)))
        clock.lap("judge")
        return _Judged(found=found, decided=tuple(decided), timings_ms=clock.laps_ms)

    def report(judged: _Judged) -> Report:
        clock = Stopwatch(judged.timings_ms)
        written = write_report(
            judged.found.claim,
            judged.decided,
            Citer(record),
            backend.account(),
            problems=judged.found.problems,
            backend=backend.id,
            timings_ms=clock.laps_ms,
        )
        clock.lap("report")
        return written.model_copy(update={"timings_ms": clock.laps_ms})

    return RunnableLambda(find) | RunnableLambda(compare_and_judge) | RunnableLambda(report)


def decide(part: AtomicClaim, said: date | None, passages: Sequence[Passage], judge: Judge) -> Decided:
    """The verdict on a part, and once more with what the evidence against it would put in its place."""
    evidence = examine(part.text, said, passages, judge)
    if weigh(evidence).label is Label.NOT_ENOUGH:
        bearing = [passage for passage in passages if not only_rates(part.text, passage.text)]
        evidence = (*read_together(part.text, said, bearing, judge), *evidence)
    verdict = weigh(evidence)
    correction = correct(part.text, verdict.decisive[0].differences) if verdict.decisive else None
    return Decided(
        part=part,
        evidence=evidence,
        verdict=verdict,
        correction=correction,
        corrected=weigh(examine(correction, said, passages, judge)) if correction else verdict,
    )


def examine(claim: str, said: date | None, passages: Sequence[Passage], judge: Judge) -> tuple[Evidence, ...]:
    """Each passage with its exact differences to the claim and the judge's word on it.

    A passage that repeats the claim only to rate it bears on nothing, whatever the judge says.
    """
    statement = Statement(text=claim, dated=said)
    pairs = [pair_with(statement, passage) for passage in passages]
    return tuple(
        Evidence(
            passage=pair.passage,
            judgement=NO_BEARING if only_rates(claim, pair.passage.text) else judgement,
            differences=pair.differences,
        )
        for pair, judgement in zip(pairs, judge.judge(pairs), strict=True)
    )
