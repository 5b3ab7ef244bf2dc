"""The ways in which English writes a date become patterns, each with what reads its match as a span of days."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from service.compare.date_spans import DateSpan, Precision, month_days
from service.compare.number_grammar import MONTH, YEAR
from service.compare.quantities import number

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


def _span(
    match: re.Match[str], precision: Precision, days: tuple[date, date] | None, **parts: int | bool | None
) -> DateSpan:
    first, last = days or (None, None)
    span = DateSpan(start=match.start(), end=match.end(), precision=precision, first=first, last=last)
    return span.model_copy(update=parts)


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
        return _span(match, Precision.MONTH, month_days(int(match["year"]), month))
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
    return _span(match, Precision.MONTH, month_days(year, month), month=month)


def _quarter(match: re.Match[str], _: date | None) -> DateSpan:
    month = _QUARTERS[(match["quarter"] or match["q"]).lower()]
    return _span(match, Precision.QUARTER, month_days(int(match["year"] or match["qyear"]), month, 3))


def _season(match: re.Match[str], dated: date | None) -> DateSpan:
    month, groups = _SEASONS[match["season"].lower()], match.groupdict()
    if groups.get("year"):
        return _span(match, Precision.SEASON, month_days(int(match["year"]), month, 3), month=month)
    if dated is None:
        return _span(match, Precision.SEASON, None, month=month)
    which = (groups.get("which") or "").lower()
    if which in _SHIFT:
        return _span(
            match, Precision.SEASON, month_days(dated.year + _SHIFT[which], month, 3), month=month, relative=True
        )
    # "in the autumn" is the one before or the one to come: only a verb's tense tells.
    days = month_days(dated.year - 1, month, 3)[0], month_days(dated.year + 1, month, 3)[1]
    return _span(match, Precision.SEASON, days, month=month, relative=True)


def _era(match: re.Match[str], _: date | None) -> DateSpan:
    groups = match.groupdict()
    if groups.get("year"):
        years = 2 if groups["until"] else 1  # 2013-14 is a season's pair
        return _span(match, Precision.YEAR, month_days(int(match["year"]), 1, 12 * years))
    if groups.get("decade"):
        years = 100 if match["decade"].endswith("00") else 10  # "the 1800s" may be either
        return _span(match, Precision.DECADE, month_days(int(match["decade"]), 1, 12 * years))
    century = match["century"].lower()
    year = 100 * (_CENTURIES[century] if century in _CENTURIES else int(century)) - 100
    return _span(match, Precision.CENTURY, month_days(year, 1, 1200))


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
        days = month_days(dated.year, dated.month + shift)
    else:
        days = month_days(dated.year + shift, 1, 12)
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
FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date | None], DateSpan]], ...] = tuple(
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
