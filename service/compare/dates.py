"""Two dated sentences become the dates on which they cannot both be right."""

import re
from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from service.compare.numbers import nearby, overlap
from service.compare.quantities import MONTH, YEAR, number
from service.domain.base import Frozen
from service.domain.claim import Difference, DifferenceKind, Statement


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


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first month, northern
_QUARTERS = {"first": 1, "second": 4, "third": 7, "fourth": 10, "1": 1, "2": 4, "3": 7, "4": 10}
_CENTURIES = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_D = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_M = rf"(?P<month>{MONTH})"
_Y = rf"(?P<year>{YEAR})(?!s\b)"
_WHICH = r"(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Pp]revious|[Cc]oming)"
_COUNT = r"(?P<count>\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty)"
_BEFORE = frozenset({"before", "prior to", "earlier than"})
_AFTER = frozenset({"after", "later than", "following"})
_UP_TO = frozenset({"by", "until", "till", "up to", "through"})
_BOUND = re.compile(
    rf"\b(?P<bound>{'|'.join(sorted(_BEFORE | _AFTER | _UP_TO))}|as of|since)\s+(?:the\s+)?$", re.IGNORECASE
)
_OWNED = re.compile(r"['’]s?\b|\s[A-Z]")
_JOIN = re.compile(r"\s*(?:[-–—]+|\bto\b|\buntil\b|\bthrough\b)\s*")


@lru_cache(maxsize=1024)
def find_dates(text: str, dated: date | None) -> tuple[DateSpan, ...]:
    """The dates of a text in order, without overlaps; relative ones are counted from `dated`."""
    found: list[DateSpan] = []
    masked = text
    for pattern, read in _FORMS:
        for match in pattern.finditer(masked):
            with suppress(ValueError, OverflowError):  # no such day: "31 April"
                found.append(read(match, dated))
        masked = pattern.sub(lambda match: "\0" * len(match.group()), masked)
    return tuple(_bounded(text, span) for span in _joined(text, sorted(found, key=lambda span: span.start)))


def _span(
    match: re.Match[str], precision: Precision, days: tuple[date, date] | None, **parts: int | bool | None
) -> DateSpan:
    first, last = days or (None, None)
    span = DateSpan(start=match.start(), end=match.end(), precision=precision, first=first, last=last)
    return span.model_copy(update=parts)


def _months(year: int, month: int, count: int = 1) -> tuple[date, date]:
    """The first and last day of `count` months; a month past 12 runs on into the next year."""
    begin, end = year * 12 + month - 1, year * 12 + month - 2 + count
    last_day = monthrange(end // 12, end % 12 + 1)[1]
    return date(begin // 12, begin % 12 + 1, 1), date(end // 12, end % 12 + 1, last_day)


def _nearest(first: date, others: list[date]) -> date:
    return min(others, key=lambda other: abs((other - first).days))


def _month_of(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"][:3].lower()) + 1


def _calendar_day(match: re.Match[str], dated: date | None) -> DateSpan:
    month, day = _month_of(match), int(match["day"])
    if match["year"]:
        exact = date(int(match["year"]), month, day)
        return _span(match, Precision.DAY, (exact, exact))
    date(2000, month, day)  # raises for a day that no year has
    if dated is None:
        return _span(match, Precision.DAY, None, month=month, day=day)
    near = _nearest(dated, [date(dated.year + shift, month, min(day, 28)) for shift in (-1, 0, 1)])
    exact = date(near.year, month, day)
    return _span(match, Precision.DAY, (exact, exact), month=month, day=day)


def _iso_day(match: re.Match[str], _: date | None) -> DateSpan:
    exact = date.fromisoformat(match.group())
    return _span(match, Precision.DAY, (exact, exact))


def _month(match: re.Match[str], dated: date | None) -> DateSpan:
    month, groups = _month_of(match), match.groupdict()
    if groups.get("year"):
        return _span(match, Precision.MONTH, _months(int(match["year"]), month))
    if dated is None:
        return _span(match, Precision.MONTH, None, month=month)
    which = (groups.get("which") or "").lower()
    if match.group().endswith("year"):
        year = dated.year + _SHIFT[which]
    elif which in _SHIFT and which != "this":
        passed = month < dated.month if which != "next" else month <= dated.month
        year = dated.year - (not passed) if which != "next" else dated.year + passed
    else:
        year = _nearest(dated, [date(dated.year + shift, month, 15) for shift in (-1, 0, 1)]).year
    return _span(match, Precision.MONTH, _months(year, month), month=month)


def _quarter(match: re.Match[str], _: date | None) -> DateSpan:
    month = _QUARTERS[(match["quarter"] or match["q"]).lower()]
    return _span(match, Precision.QUARTER, _months(int(match["year"] or match["qyear"]), month, 3))


def _season(match: re.Match[str], dated: date | None) -> DateSpan:
    month, groups = _SEASONS[match["season"].lower()], match.groupdict()
    if groups.get("year"):
        return _span(match, Precision.SEASON, _months(int(match["year"]), month, 3), month=month)
    if dated is None:
        return _span(match, Precision.SEASON, None, month=month)
    which = (groups.get("which") or "").lower()
    if which in _SHIFT:
        return _span(match, Precision.SEASON, _months(dated.year + _SHIFT[which], month, 3), month=month, relative=True)
    # "in the autumn" is the one before or the one to come: only a verb's tense tells.
    days = _months(dated.year - 1, month, 3)[0], _months(dated.year + 1, month, 3)[1]
    return _span(match, Precision.SEASON, days, month=month, relative=True)


def _era(match: re.Match[str], _: date | None) -> DateSpan:
    groups = match.groupdict()
    if groups.get("year"):
        years = 2 if groups["until"] else 1  # 2013-14 is a season's pair
        return _span(match, Precision.YEAR, _months(int(match["year"]), 1, 12 * years))
    if groups.get("decade"):
        years = 100 if match["decade"].endswith("00") else 10  # "the 1800s" may be either
        return _span(match, Precision.DECADE, _months(int(match["decade"]), 1, 12 * years))
    century = match["century"].lower()
    year = 100 * (_CENTURIES[century] if century in _CENTURIES else int(century)) - 100
    return _span(match, Precision.CENTURY, _months(year, 1, 1200))


def _ago(match: re.Match[str], dated: date | None) -> DateSpan:
    """A count of months or years is rounded, so it names a stretch of one such unit around the day."""
    count, unit = int(number(match["count"])[0]), match["unit"]
    days, precision = _AGO[unit]
    if dated is None:
        return _span(match, precision, None, relative=True)
    back = dated - timedelta(days=round(count * days))
    slack = timedelta(days=int(days / 2))
    return _span(match, precision, (back - slack, back + slack), relative=True)


def _weekday(match: re.Match[str], dated: date | None) -> DateSpan:
    weekday, which = _WEEKDAYS.index(match["weekday"][:3].lower()), (match["which"] or "").lower()
    if dated is None:
        return _span(match, Precision.DAY, None, weekday=weekday, relative=True)
    back = (dated.weekday() - weekday) % 7
    if which in ("next", "coming"):
        day = dated + timedelta(days=7 - back)
    else:
        day = dated - timedelta(days=back or (7 if which in ("last", "previous") else 0))
    return _span(match, Precision.DAY, (day, day), relative=True)


def _period(match: re.Match[str], dated: date | None) -> DateSpan:
    shift, period = _SHIFT[match["which"].lower()], match["period"]
    precision = Precision(period)
    if dated is None:
        return _span(match, precision, None, relative=True)
    if period == "week":
        monday = dated + timedelta(days=7 * shift - dated.weekday())
        days = monday, monday + timedelta(days=6)
    elif period == "month":
        days = _months(dated.year, dated.month + shift)
    else:
        days = _months(dated.year + shift, 1, 12)
    return _span(match, precision, days, relative=True)


def _near(match: re.Match[str], dated: date | None) -> DateSpan:
    if dated is None:
        return _span(match, Precision.DAY, None, relative=True)
    day = dated + timedelta(days={"yesterday": -1, "today": 0, "tomorrow": 1}[match["near"].lower()])
    return _span(match, Precision.DAY, (day, day), relative=True)


_SHIFT = {"last": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}
_AGO = {
    "day": (1.0, Precision.DAY),
    "week": (7.0, Precision.WEEK),
    "month": (30.44, Precision.MONTH),
    "year": (365.25, Precision.YEAR),
    "decade": (3652.5, Precision.DECADE),
}
# A month alone is a date only after one of these: "May" and "March" are words too.
_IN = (
    "(?:"
    + "|".join(rf"(?<=\b{word}\s)" for word in ("[Ii]n", "[Ss]ince", "[Uu]ntil", "[Bb]y", "of", "[Ee]arly", "[Ll]ate"))
    + ")"
)
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date | None], DateSpan]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"\b(?:19|20)\d\d-[01]\d-[0-3]\d\b", _iso_day),
        (rf"(?:\b{_WEEKDAY}\s?,?\s+)?\b{_D}(?:\s+of)?\s+{_M}(?:\s?,?\s+{_Y})?(?!\w)", _calendar_day),
        (rf"(?:\b{_WEEKDAY}\s?,?\s+)?\b{_M}\s+{_D}(?![\d%]|,\d)(?:\s?,?\s*{_Y})?(?!\w)", _calendar_day),
        (rf"\b{_M}(?:\s+of)?\s?,?\s+{_Y}", _month),
        (rf"\b{_M}\s+(?P<which>last|this|next)\s+year\b", _month),
        (rf"\b{_WHICH}\s+{_M}(?!\w)", _month),
        (rf"{_IN}{_M}(?!\w|\s\d)", _month),
        (rf"\b(?P<quarter>first|second|third|fourth)\s+quarter\s+of\s+{_Y}", _quarter),
        (rf"\bQ(?P<quarter>[1-4])\s+{_Y}", _quarter),
        (rf"\b(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?:\s+of)?\s+{_Y}", _season),
        (rf"\b(?:{_WHICH}|(?<=\b[Ii]n\s)the)\s+(?P<season>spring|summer|autumn|winter)\b", _season),
        (r"\b(?P<decade>(?:1[1-9]|20)\d0)(?:\s?['’])?s\b", _era),
        (rf"\b(?P<century>\d\d(?=th|st)|{'|'.join(_CENTURIES)})(?:th|st)?[\s-]century\b", _era),
        (rf"{_Y}(?:[-–/](?P<until>\d\d)\b)?", _era),
        (rf"\b{_COUNT}\s+(?P<unit>day|week|month|year|decade)s?\s+ago\b", _ago),
        (rf"\b(?:{_WHICH}\s+)?(?P<weekday>{_WEEKDAY})\b", _weekday),
        (rf"\b{_WHICH}\s+(?P<period>week|month|year)\b", _period),
        (r"\b(?P<near>[Tt]oday|[Yy]esterday|[Tt]omorrow)\b", _near),
    )
)


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
    return _limited(span.model_copy(update={"bound": bound, "start": match.start()}))


def _limited(span: DateSpan) -> DateSpan:
    """The span with its days opened to the side that its bound opens."""
    if span.first is None or span.last is None:
        return span
    first, last = span.first, span.last
    if span.bound in _BEFORE:
        first, last = date.min, first - timedelta(days=1)
    elif span.bound in _AFTER:
        first, last = last + timedelta(days=1), date.max
    elif span.bound in _UP_TO:
        first = date.min
    return span.model_copy(update={"first": first, "last": last})


def in_year(span: DateSpan, year: int) -> DateSpan:
    """A date written without its year, set in that year."""
    if span.month is None:
        return span
    if span.day is None:
        first, last = _months(year, span.month, 3 if span.precision is Precision.SEASON else 1)
    else:
        last_day = monthrange(year, span.month)[1]
        first = last = date(year, span.month, min(span.day, last_day))
    return _limited(span.model_copy(update={"first": first, "last": last}))


# ---------------------------------------------------------------- comparing

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
    for span in find_dates(claim.text, claim.dated):
        if span.bound == "as of":
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
