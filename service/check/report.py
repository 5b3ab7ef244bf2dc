"""Parts of a claim with their verdicts become a report that cites what decided them."""

from collections.abc import Sequence

from service.check.places import place_in_claim
from service.check.weigh import Evidence, Weighed, combine
from service.compare.differences import correct
from service.domain.base import Frozen
from service.domain.claim import AtomicClaim
from service.domain.passage import Citation, CitationState, Passage
from service.domain.report import CitedDifference, Disagreement, Part, Report
from service.domain.usage import Account, Problem
from service.domain.verdict import Label, Relation
from service.retrieve.cite import Citer

NEAREST = 3  # passages shown for a part that none decides


class Decided(Frozen):
    """A part of a claim, what was read for it, and the verdict on it."""

    part: AtomicClaim
    evidence: tuple[Evidence, ...]
    verdict: Weighed
    correction: str | None  # what the part would read if the evidence against it is right
    corrected: Weighed  # the verdict once more, with the correction in place

    @property
    def decisive(self) -> list[Passage]:
        return [item.passage for item in self.verdict.decisive]


def write_report(
    claim: str,
    decided: Sequence[Decided],
    citer: Citer,
    account: Account,
    *,
    problems: tuple[Problem, ...],
    backend: str,
    timings_ms: dict[str, float],
) -> Report:
    """The report on a whole claim. Its `citations` are those that decided something; what else is shown follows
    them in number, as unverified."""
    for each in decided:
        citer.cite_all(each.decisive, CitationState.VERIFIED)
    citations = citer.citations
    label, confidence = combine([each.verdict for each in decided])
    corrected_claim = _splice(claim, decided)
    return Report(
        claim=claim,
        label=label,
        confidence=round(confidence, 3),
        abstained=label is Label.NOT_ENOUGH,
        corrected_claim=corrected_claim,
        corrected_label=combine([each.corrected for each in decided])[0] if corrected_claim else None,
        parts=tuple(write_part(each, citer).model_copy(update={"nearest": _nearest(each, citer)}) for each in decided),
        differences=tuple(difference for each in decided for difference in _differences(claim, each, citer)),
        citations=citations,
        degraded=bool(problems + account.problems),
        backend=backend,
        timings_ms=timings_ms,
        disagreements=tuple(disagreement for each in decided for disagreement in _disagreements(each, citer)),
        problems=problems + account.problems,
        usage=account.usage,
    )


def write_part(each: Decided, citer: Citer) -> Part:
    """The verdict on a part with what decided it: final as soon as it is decided, its numbers too, where parts are
    written in their order. What is nearest to a part that nothing decides is numbered last, so it is not here yet."""
    part, verdict = each.part, each.verdict
    return Part(
        text=part.text,
        start=part.start,
        end=part.end,
        label=verdict.label,
        confidence=round(verdict.confidence, 3),
        citations=citer.cite_all(each.decisive, CitationState.VERIFIED),
        stances=tuple(item.relation for item in verdict.decisive),
    )


def _nearest(each: Decided, citer: Citer) -> tuple[Citation, ...]:
    """As the search has them: how sure the judge is of a passage does not say how near it is."""
    nearest = [] if each.verdict.decisive else sorted(each.evidence, key=lambda item: -item.passage.score)
    return citer.cite_all([item.passage for item in nearest[:NEAREST]], CitationState.UNVERIFIED)


def _differences(claim: str, each: Decided, citer: Citer) -> list[CitedDifference]:
    """The differences of every refuting passage, where they stand in the whole claim."""
    return [
        CitedDifference(
            **place_in_claim(claim, each.part, difference).model_dump(),
            citation=citer.cite(item.passage, CitationState.VERIFIED),
        )
        for item in each.verdict.decisive
        if item.relation is Relation.REFUTES
        for difference in item.differences
    ]


def _disagreements(each: Decided, citer: Citer) -> list[Disagreement]:
    """Where the model and the local judge differ."""
    return [
        Disagreement(
            claim=each.part.text,
            model=item.judgement.model,
            local=item.judgement.local,
            rationale=item.judgement.rationale,
            citation=citer.cite(
                item.passage, CitationState.VERIFIED if item in each.verdict.decisive else CitationState.UNVERIFIED
            ),
        )
        for item in each.evidence
        if item.judgement.model is not None and item.judgement.local is not None
    ]


def _splice(claim: str, decided: Sequence[Decided]) -> str | None:
    """The whole claim with its corrected parts mended in place; None when no part was corrected, or one cannot be."""
    placed = {
        (difference.claim_start, difference.claim_end): difference
        for each in decided
        if each.correction
        for difference in (place_in_claim(claim, each.part, d) for d in each.verdict.decisive[0].differences)
    }
    return correct(claim, tuple(placed.values()))
