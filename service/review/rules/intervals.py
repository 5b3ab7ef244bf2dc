"""The dates and intervals of a sentence become findings where they do not fit each other (DAT002)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from service.compare.date_finder import find_dates
from service.compare.date_spans import DateSpan
from service.compare.number_finders import find_quantities
from service.domain.article import Article, Sentence
from service.domain.finding import Finding, FindingKind, Severity
from service.review.rules.spec import RuleFamily, RuleSpec, in_english, passage

DAT002 = RuleSpec(
    code="DAT002",
    name="interval that does not fit",
    kind=FindingKind.DATE,
    severity=Severity.ERROR,
    explanation=(
        "A date and an interval tell the same, and differ by more than rounding explains: “in 1986, 22 years ago” in an "
        "article of 2005, or “from 1959 to 1982, 26 years in all”. “15 months ago” beside “December 2012” in an "
        "article of March 2014 fits, and stays silent."
    ),
    wrong="The school was founded in 1986, 22 years ago.",
    right="The school was founded in 1986, 19 years ago.",
    dated=date(2005, 4, 4),
)

_APPOSED = re.compile(
    r"[\s,(–-]*(?:(?:or|exactly|just|some|about|almost|nearly|around|more than|over)\s)*", re.IGNORECASE
)
_TOLERANCE = 0.5  # of the interval's unit, beyond the half that the count itself is rounded by
_SPAN_YEARS = re.compile(
    r"\bfrom\s(?P<a>(?:1[1-9]|20)\d\d)\s(?:to|until|till)\s(?P<b>(?:1[1-9]|20)\d\d)\b(?!s)", re.IGNORECASE
)
_TERM_OF_YEARS = re.compile(
    r"\b(?P<count>[\w-]+?)[\s-]years?[\s-](?:\w+\s)?(?:term|contract|reign|deal|career|marriage|war|rule|run)\s(?:\w+\s){0,3}?(?=from\s\d)"
)
_LATER = re.compile(
    r"\b(?P<count>\d{1,3}|[a-z]+)\syears?\s(?P<way>later|afterwards|earlier|before),?\s(?:\w+\s)?in\s(?P<year>(?:1[1-9]|20)\d\d)\b"
)
_BARE_YEAR = re.compile(r"\b(?:1[1-9]|20)\d\d\b(?!s)")
_ANNIVERSARY = re.compile(
    r"\b(?P<count>\d{1,3})(?:st|nd|rd|th)\sanniversary\sof\s(?:[^.;\d]{0,40}?\s)?(?P<year>(?:1[1-9]|20)\d\d)\b(?!s)"
)
_MAX_YEARS = 3  # words between a stretch and its length


def find_wrong_intervals(article: Article) -> list[Finding]:
    """DAT002, sentence by sentence."""
    return [
        finding
        for sentence in article.evidence
        for finding in (
            *_wrong_ago(sentence, article.published),
            *_wrong_length(sentence),
            *_wrong_term(sentence),
            *_wrong_later(sentence),
            *_wrong_anniversary(sentence, article.published),
        )
    ]


def _wrong_ago(sentence: Sentence, published: date | None) -> Iterator[Finding]:
    """A date and an "ago" side by side, in an article whose day is known."""
    if published is None or " ago" not in sentence.text:
        return
    for one, other in pairwise(find_dates(sentence.text, published)):
        ago, fixed = (other, one) if _is_ago(sentence.text, other) else (one, other)
        if not _is_ago(sentence.text, ago) or fixed.relative or fixed.month is not None or fixed.bound:
            continue
        if _APPOSED.fullmatch(sentence.text, one.end, other.start) and not do_fit(ago, fixed):
            yield wrong_ago(sentence, ago, sentence, fixed, published)


def wrong_ago(sentence: Sentence, ago: DateSpan, of: Sentence, fixed: DateSpan, published: date) -> Finding:
    written, day = sentence.text[ago.start : ago.end], of.text[fixed.start : fixed.end]
    return DAT002.finding(
        f"“{written}” does not fit “{day}” in an article of {published}.",
        passage(sentence, ago.start, ago.end),
        passage(of, fixed.start, fixed.end),
        confidence=0.85,
    )


def _is_ago(text: str, span: DateSpan) -> bool:
    return span.relative and text[span.start : span.end].endswith("ago")


def do_fit(ago: DateSpan, fixed: DateSpan) -> bool:
    """Whether an "ago" can mean the days of a date; a count of months or years is rounded to the nearest or down."""
    if ago.first is None or ago.last is None or fixed.first is None or fixed.last is None:
        return True
    slack = (ago.last - ago.first) * _TOLERANCE + timedelta(days=1)
    return ago.first - slack <= fixed.last and fixed.first <= ago.last + slack


def _wrong_length(sentence: Sentence) -> Iterator[Finding]:
    """A stretch of years and its length: "for 26 years, from 1935 to 1953"."""
    for match in _SPAN_YEARS.finditer(sentence.text):
        years = int(match["b"]) - int(match["a"])
        for quantity in find_quantities(sentence.text):
            if quantity.unit != "months" or quantity.low != quantity.high or quantity.low % 12 or years <= 0:
                continue
            first, second = sorted([(quantity.start, quantity.end), match.span()])
            between = sentence.text[first[1] : second[0]]
            if len(between.split()) > _MAX_YEARS or (between.strip(" ,(-–") and not between.strip().startswith(",")):
                continue
            if abs(quantity.low / 12 - years) > 1:
                yield DAT002.finding(
                    f"“{match.group()}” is {years} years, not “{sentence.text[quantity.start : quantity.end]}”.",
                    passage(sentence, quantity.start, quantity.end),
                    passage(sentence, *match.span()),
                    confidence=0.85,
                )


def _wrong_term(sentence: Sentence) -> Iterator[Finding]:
    """A term and its years: "a five-year contract from 2003 to 2010"."""
    for match in _TERM_OF_YEARS.finditer(sentence.text):
        years, count = _SPAN_YEARS.match(sentence.text, match.end()), _whole(match["count"])
        if years is None or count is None:
            continue
        length = int(years["b"]) - int(years["a"])
        if abs(length - count) > 1:
            yield _length_finding(sentence, match.span("count"), years.span(), f"{length} years")


def _wrong_later(sentence: Sentence) -> Iterator[Finding]:
    """Two years and what lies between: "in 1950, and five years later, in 1965"."""
    for match in _LATER.finditer(sentence.text):
        before, count = list(_BARE_YEAR.finditer(sentence.text, 0, match.start())), _whole(match["count"])
        if len(before) != 1 or count is None:
            continue
        length = int(match["year"]) - int(before[0].group())
        if abs((length if match["way"] in ("later", "afterwards") else -length) - count) > 1:
            yield _length_finding(sentence, match.span("count"), match.span("year"), f"{abs(length)} years off")


def _wrong_anniversary(sentence: Sentence, published: date | None) -> Iterator[Finding]:
    """ "the 15th anniversary of the 1985 fire" in an article of 2005; one that is to come, or was last year, fits."""
    if published is None:
        return
    for match in _ANNIVERSARY.finditer(sentence.text):
        years = published.year - int(match["year"])
        if abs(years - int(match["count"])) > 1 and not _BARE_YEAR.search(sentence.text[: match.start("year")]):
            yield _length_finding(sentence, match.span("count"), match.span("year"), f"{years} years ago")


def _whole(written: str) -> int | None:
    """The count that a word or digits say, or None where they say none: "several"."""
    found = find_quantities(f"{written} years")
    return int(found[0].low / 12) if len(found) == 1 and found[0].low == found[0].high else None


def _length_finding(sentence: Sentence, count: tuple[int, int], years: tuple[int, int], right: str) -> Finding:
    return DAT002.finding(
        f"“{sentence.text[slice(*years)]}” is {right}, not “{sentence.text[slice(*count)]}”.",
        passage(sentence, *count),
        passage(sentence, *years),
        confidence=0.85,
    )


INTERVALS = RuleFamily(find=in_english(find_wrong_intervals), specs=(DAT002,))
