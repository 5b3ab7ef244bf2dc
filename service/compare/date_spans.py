"""A date as written becomes the days that it can mean."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from service.domain.base import Frozen

BEFORE = frozenset({"before", "prior to", "earlier than"})
AFTER = frozenset({"after", "later than", "following"})
UP_TO = frozenset({"by", "until", "till", "up to", "through"})


class Precision(StrEnum):
    """How long a stretch of time a date names."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    RANGE = "range"


class DateSpan(Frozen):
    """A date as written in `text[start:end]`, and the days that it can mean, first and last included.

    Both are None while the year is not known ("4 March" in a sentence without a date). `month`, `day` and
    `weekday` are given where the year is not written. `bound` is the word before it that opens one end: "before", "after", "by".
    """

    start: int
    end: int
    precision: Precision
    first: date | None = None
    last: date | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # Monday is 0
    relative: bool = False  # counted from the day of the statement
    bound: str = ""


def month_days(year: int, month: int, count: int = 1) -> tuple[date, date]:
    """The first and last day of `count` months; a month past 12 runs on into the next year."""
    begin, end = year * 12 + month - 1, year * 12 + month - 2 + count
    last_day = monthrange(end // 12, end % 12 + 1)[1]
    return date(begin // 12, begin % 12 + 1, 1), date(end // 12, end % 12 + 1, last_day)


def limited(span: DateSpan) -> DateSpan:
    """The span with its days opened to the side that its bound opens."""
    if span.first is None or span.last is None:
        return span
    first, last = span.first, span.last
    if span.bound in BEFORE:
        first, last = date.min, first - timedelta(days=1)
    elif span.bound in AFTER:
        first, last = last + timedelta(days=1), date.max
    elif span.bound in UP_TO:
        first = date.min
    return span.model_copy(update={"first": first, "last": last})


def in_year(span: DateSpan, year: int) -> DateSpan:
    """A date written without its year, set in that year."""
    if span.month is None:
        return span
    if span.day is None:
        first, last = month_days(year, span.month, 3 if span.precision is Precision.SEASON else 1)
    else:
        last_day = monthrange(year, span.month)[1]
        first = last = date(year, span.month, min(span.day, last_day))
    return limited(span.model_copy(update={"first": first, "last": last}))


def is_possible(a: DateSpan, b: DateSpan) -> bool:
    """Whether both can mean the same day."""
    if a.weekday is not None and b.weekday is not None:
        return a.weekday == b.weekday
    if a.precision is b.precision is Precision.SEASON and a.month != b.month:
        return False
    if a.first is None:
        a = in_year(a, b.first.year if b.first and b.first > date.min else 2000)
    if b.first is None:
        b = in_year(b, a.first.year if a.first and a.first > date.min else 2000)
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return True
    return a.first <= b.last and b.first <= a.last
