"""Two dated sentences become the dates on which they cannot both be right."""

import re
from datetime import date

from service.compare.date_finder import find_dates
from service.compare.date_spans import DateSpan, Precision, is_possible
from service.compare.reckon import reckoned_years
from service.compare.surroundings import nearby, overlap
from service.domain.claim import Difference, DifferenceKind, Statement

_NAME_AHEAD = re.compile(r"\s(?P<word>[A-Z]\w+)")
# Chosen on the tuning part of evidence_claims (python -m eval.tasks.differences): a least overlap of 0.4 catches 0.5
# points less of the contradictions and raises 0.2 less of the neutral pairs.
_LEAST_OVERLAP = 0.35  # of the claim's words near the date, said near the other date
_RIVAL = 0.4  # a date that fits excuses the claim unless it is this much worse placed
_COARSE_RIVAL = 1.0  # most days fit a year, so a year excuses a day only where none is better placed


def compare_dates(claim: Statement, evidence: Statement) -> list[Difference]:
    """The claim's dates that cannot be those of the evidence, where both tell of the same event.

    A relative date is counted from the day of its own statement; without that day it gives no difference,
    except that one weekday is never another.
    """
    stated = [span for span in find_dates(evidence.text, evidence.dated) if span.bound != "as of"]
    if not stated:
        return []
    differences = []
    written = {o.first.year for o in stated if o.first is not None and o.first > date.min}
    unwritten = reckoned_years(evidence.text, written)
    for span in find_dates(claim.text, claim.dated):
        if span.bound == "as of" or (span.precision is Precision.YEAR and span.first and span.first.year in unwritten):
            continue
        here = nearby(claim.text, span.start, span.end)
        placed = [(overlap(here, nearby(evidence.text, o.start, o.end)), o) for o in stated]
        name = _named(claim.text, span)
        alike = [(score, other) for score, other in placed if _named(evidence.text, other) == name]
        best, rival = max(alike, key=lambda pair: pair[0], default=(0.0, span))
        if best >= _LEAST_OVERLAP and not _is_excused(span, placed, best):
            differences.append(_difference(claim, span, evidence, rival))
    return differences


def _named(text: str, span: DateSpan) -> str:
    """The first word of the name that a year is part of, or nothing: "the 2014 Winter Olympics"."""
    match = _NAME_AHEAD.match(text, span.end) if span.precision is Precision.YEAR else None
    return match["word"] if match else ""


def _is_excused(span: DateSpan, placed: list[tuple[float, DateSpan]], best: float) -> bool:
    """Whether a date of the evidence that fits stands about as well as the best placed one does."""
    return any(
        is_possible(span, other) and score >= best * (_RIVAL if _is_as_fine(other, span) else _COARSE_RIVAL)
        for score, other in placed
    )


def _is_as_fine(other: DateSpan, span: DateSpan) -> bool:
    order = list(Precision)
    return order.index(other.precision) <= order.index(span.precision)


def _difference(claim: Statement, span: DateSpan, evidence: Statement, other: DateSpan) -> Difference:
    return Difference(
        kind=DifferenceKind.DATE,
        claim_text=claim.text[span.start : span.end],
        claim_start=span.start,
        claim_end=span.end,
        evidence_text=evidence.text[other.start : other.end],
        evidence_start=other.start,
        evidence_end=other.end,
        correction=_fitting(claim, span, evidence, other),
    )


def _fitting(claim: Statement, span: DateSpan, evidence: Statement, other: DateSpan) -> str | None:
    """The evidence's date in the form that the claim's sentence needs, if that is plain."""
    written = evidence.text[other.start : other.end]
    counted_alike = not other.relative or claim.dated == evidence.dated
    if span.bound in ("", "since") and other.precision is span.precision and counted_alike and not other.bound:
        return written
    if other.first is None or other.bound or span.bound not in ("", "since"):
        return None
    if span.precision is Precision.YEAR and other.precision in (Precision.DAY, Precision.MONTH):
        return f"{other.first.year}"
    if span.precision is Precision.MONTH and other.precision is Precision.DAY:
        return f"{other.first:%B %Y}"
    if span.precision is other.precision is Precision.DAY:
        return f"{other.first.day} {other.first:%B %Y}"
    return None
