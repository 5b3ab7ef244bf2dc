"""A sentence becomes its dates: stretches of days, in order."""

import re
from contextlib import suppress
from datetime import date
from functools import lru_cache

from service.compare.date_forms import FORMS
from service.compare.date_spans import AFTER, BEFORE, UP_TO, DateSpan, Precision, in_year, limited

_BOUND = re.compile(
    rf"\b(?P<bound>{'|'.join(sorted(BEFORE | AFTER | UP_TO))}|as of|since)\s+(?:the\s+)?$", re.IGNORECASE
)
_OWNED = re.compile(r"['’]s?\b|\s[A-Z]")
_JOIN = re.compile(r"\s*(?:[-–—]+|\bto\b|\buntil\b|\bthrough\b)\s*")


@lru_cache(maxsize=1024)
def find_dates(text: str, dated: date | None) -> tuple[DateSpan, ...]:
    """The dates of a text in order, without overlaps; relative ones are counted from `dated`."""
    found: list[DateSpan] = []
    masked = text
    for pattern, read in FORMS:
        for match in pattern.finditer(masked):
            with suppress(ValueError, OverflowError):  # no such day: "31 April"
                found.append(read(match, dated))
        masked = pattern.sub(lambda match: "\0" * len(match.group()), masked)
    return tuple(_bounded(text, span) for span in _joined(text, sorted(found, key=lambda span: span.start)))


def _joined(text: str, spans: list[DateSpan]) -> list[DateSpan]:
    """Two dates become one stretch where "to" or a dash joins them, or "between" and "and"."""
    joined: list[DateSpan] = []
    for span in spans:
        earlier = joined[-1] if joined else None
        if earlier and _is_stretch(text, earlier, span):
            joined[-1] = _stretch(earlier, span)
        else:
            joined.append(span)
    return joined


def _stretch(earlier: DateSpan, span: DateSpan) -> DateSpan:
    if earlier.month is not None and span.month is None and span.last is not None:
        earlier = in_year(earlier, span.last.year)  # "4 March to 29 April 2020"
    elif earlier.first is not None and span.first is None:
        span = in_year(span, earlier.first.year)
    return DateSpan(start=earlier.start, end=span.end, precision=Precision.RANGE, first=earlier.first, last=span.last)


def _is_stretch(text: str, earlier: DateSpan, span: DateSpan) -> bool:
    between = text[earlier.end : span.start]
    if between.strip() == "and":
        return text[: earlier.start].rstrip().lower().endswith("between")
    return _JOIN.fullmatch(between) is not None


def _bounded(text: str, span: DateSpan) -> DateSpan:
    match = _BOUND.search(text, 0, span.start)
    if match is None or _OWNED.match(text, span.end):
        return span  # "after the 2011 Fukushima disaster" may still be in 2011
    bound = match["bound"].lower()
    if bound in ("since", "as of"):
        return span.model_copy(update={"bound": bound})
    return limited(span.model_copy(update={"bound": bound, "start": match.start()}))
