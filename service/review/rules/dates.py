"""The dates of a sentence become findings where the calendar, or the day of the article, forbids them (DAT001, DAT004)."""

import re
from calendar import day_name, month_name
from collections.abc import Iterator
from datetime import date, timedelta

from service.compare.date_finder import find_dates
from service.compare.date_spans import DateSpan, Precision
from service.compare.number_grammar import MONTH
from service.compare.tense import is_told_as_past
from service.domain.article import Article, Sentence
from service.domain.finding import Finding, FindingKind, Severity
from service.review.rules.spec import RuleFamily, RuleSpec, in_english, passage

DAT001 = RuleSpec(
    code="DAT001",
    name="weekday that is not the date's",
    kind=FindingKind.DATE,
    severity=Severity.ERROR,
    explanation=(
        "A weekday stands with a day of the month that falls on another weekday, or the month has no such day. Where "
        "no year is written, the one nearest to the day of the article counts; an article without a day is not asked."
    ),
    wrong="The trial will begin on Sunday, 16 April 2004.",
    right="The trial will begin on Friday, 16 April 2004.",
)
DAT004 = RuleSpec(
    code="DAT004",
    name="future told as past",
    kind=FindingKind.DATE,
    severity=Severity.ERROR,
    explanation=(
        "A date after the day of the article is told in the past. Plans, contracts, deadlines and whatever will or "
        "may be stay silent, and so does an article whose day is not known."
    ),
    wrong="The court in Cork ruled on 16 November 2007 that the sale was legal.",
    right="The court in Cork ruled on 16 November 2004 that the sale was legal.",
    dated=date(2005, 6, 10),
)

_WEEKDAYS = tuple(day_name)
_WEEKDAY = rf"(?P<weekday>{'|'.join(_WEEKDAYS)})"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)\b"
_DATED_WEEKDAYS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_WEEKDAY}\s?,?\s(?:the\s)?{_DAY}(?:\sof)?\s(?P<month>{MONTH})(?:,?\s{_YEAR})?(?!\w)",
        rf"\b{_WEEKDAY}\s?,?\s(?P<month>{MONTH})\s{_DAY}(?![\d:%]|[.,]\d)(?:,?\s{_YEAR})?(?!\w)",
        rf"\b{_DAY}\s(?P<month>{MONTH})(?:,?\s{_YEAR})?(?:,\s(?:which\swas\s)?(?:a\s)?|\s\(){_WEEKDAY}\b",
    )
)
_NO_SUCH_DAY = re.compile(rf"\b{_DAY}\s(?P<month>{MONTH})(?:\s{_YEAR})?(?!\w)")
_LEAP_YEAR = 2000  # has every day that some year has
_NEAREST = timedelta(days=150)  # a date without its year is farther from the article's day as often as not


def find_wrong_dates(article: Article) -> list[Finding]:
    """DAT001 and DAT004, sentence by sentence."""
    return [
        finding
        for sentence in article.evidence
        for find in (_wrong_weekdays, _missing_days, _past_futures)
        for finding in find(sentence, article.published)
    ]


def _wrong_weekdays(sentence: Sentence, published: date | None) -> Iterator[Finding]:
    for pattern in _DATED_WEEKDAYS:
        for match in pattern.finditer(sentence.text):
            day = _day_of(match, published)
            if day is None or _WEEKDAYS[day.weekday()] == match["weekday"]:
                continue
            yield DAT001.finding(
                f"{day.day} {month_name[day.month]} {day.year} is a {_WEEKDAYS[day.weekday()]}, "
                f"not a “{match['weekday']}”. Check both.",
                passage(sentence, *match.span("weekday")),
                passage(sentence, *match.span()),
                confidence=0.95 if match["year"] else 0.8,
            )


def _day_of(match: re.Match[str], published: date | None) -> date | None:
    """The day that a match names; without a year the one nearest to the article's day, if that is near."""
    if match["year"]:
        return _date(int(match["year"]), match)
    if published is None:
        return None
    near = [day for shift in (-1, 0, 1) if (day := _date(published.year + shift, match))]
    nearest = min(near, key=lambda day: abs(day - published), default=None)
    return nearest if nearest and abs(nearest - published) <= _NEAREST else None


def _date(year: int, match: re.Match[str]) -> date | None:
    month = next(i for i, name in enumerate(month_name) if name.startswith(match["month"][:3]) and name)
    try:
        return date(year, month, int(match["day"]))
    except ValueError:  # no such day
        return None


def _missing_days(sentence: Sentence, _: date | None) -> Iterator[Finding]:
    for match in _NO_SUCH_DAY.finditer(sentence.text):
        if _date(int(match["year"] or _LEAP_YEAR), match) is None and int(match["day"]) > 0:
            yield DAT001.finding(f"There is no “{match.group()}”.", passage(sentence, *match.span()), confidence=0.95)


def _past_futures(sentence: Sentence, published: date | None) -> Iterator[Finding]:
    if published is None:
        return
    for span in find_dates(sentence.text, published):
        if _is_written_out(span) and span.first is not None and span.first > published + timedelta(days=1):
            if not is_told_as_past(sentence.text, span.start):
                continue
            yield DAT004.finding(
                f"“{sentence.text[span.start : span.end]}” is after the day of the article, {published}, "
                "but is told in the past.",
                passage(sentence, span.start, span.end),
                confidence=0.8,
            )


def _is_written_out(span: DateSpan) -> bool:
    """True for a day, a month or a year with its year, which no reader counts from the article's day."""
    fine = span.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR)
    return fine and not span.relative and span.month is None and not span.bound


DATES = RuleFamily(find=in_english(find_wrong_dates), specs=(DAT001, DAT004))
