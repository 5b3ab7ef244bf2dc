"""A text becomes the full calendar dates written in it, each with its place."""

import re
from datetime import date
from typing import NamedTuple

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"\b{MONTH}\s+{DAY}(?:\s*,\s*|\s+){_YEAR}\b",  # March 4, 2014
        rf"\b{DAY}\s+(?:of\s+)?{MONTH},?\s+{_YEAR}\b",  # 4 March 2014
        rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",  # 2014-03-04
        rf"\b{_YEAR}/(?P<month>\d\d)/(?P<day>\d\d)(?!\d)",
        rf"\b(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}\b",  # 4.3.2014, day first wherever dots are used
        rf"\b(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/{_YEAR}\b",
    )
)


class DateSpan(NamedTuple):
    """A date with year, month and day; `text[start:end]` states it."""

    start: int
    end: int
    day: date


def find_dates(text: str) -> list[DateSpan]:
    """The full dates in order of place. A slashed date is left out where day and month could be swapped."""
    spans = []
    for shape in _SHAPES:
        for match in shape.finditer(text):
            day = _date(match.groupdict())
            if day:
                spans.append(DateSpan(match.start(), match.end(), day))
    return sorted(spans)


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _date(parts: dict[str, str]) -> date | None:
    year = int(parts["year"])
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        month, day = (first, second) if second > 12 else (second, first)
        return make_date(year, month, day) if max(first, second) > 12 or first == second else None
    month_text = parts["month"].lower()
    month = MONTHS.get(month_text) or int(month_text)
    return make_date(year, month, int(parts["day"]))
