"""The dates of a sentence become findings where what ends comes before it began (DAT005)."""

import re
from collections.abc import Iterator
from datetime import date

from service.compare.date_finder import find_dates
from service.compare.date_spans import DateSpan, Precision
from service.compare.number_grammar import MONTH
from service.domain.article import Article, Sentence
from service.domain.finding import Finding, FindingKind, Severity
from service.review.rules.spec import RuleFamily, RuleSpec, in_english, passage

DAT005 = RuleSpec(
    code="DAT005",
    name="end before its beginning",
    kind=FindingKind.DATE,
    severity=Severity.ERROR,
    explanation=(
        "A stretch of time ends before it begins, or a sentence tells of two events in one order and dates them in "
        "the other: born after they died, resigned before they were elected."
    ),
    wrong="Hugo Lindqvist was elected in 1940 and resigned in 1910.",
    right="Hugo Lindqvist was elected in 1910 and resigned in 1940.",
)

_REVERSIBLE = re.compile(
    rf"\b(?:from|between)\s(?:(?:{MONTH})\s)?(?P<a>(?:1[1-9]|20)\d\d)\s(?:to|until|till|and)\s(?:(?:{MONTH})\s)?"
    r"(?P<b>(?:1[1-9]|20)\d\d)\b(?![s%]|\s(?:back|levels?|people|votes))"
    r"|\((?:born\s)?(?P<c>1[1-9]\d\d|20\d\d)\s?[-–—]\s?(?P<d>1[1-9]\d\d|20\d\d)\)"
)
_DAYS = re.compile(
    rf"\bfrom\s(?P<a>[0-3]?\d)(?:st|nd|rd|th)?\sto\s(?P<b>[0-3]?\d)(?:st|nd|rd|th)?\s(?:of\s)?(?:{MONTH})\b"
)
_BEGIN = "born|founded|opens?|opened|begins?|began|begun|starts?|started|joined|elected|appointed|launched|signed|built|arrested|arrived|created|established|married"
_END = "died|closes?|closed|ends?|ended|finishes|taken over|bought|left|resigned|retired|dissolved|demolished|finished|released|abandoned|sacked|dismissed|divorced|sold|departed"
_BEGIN_TO_END = re.compile(rf"\b(?:{_BEGIN})\b.*(?:,|\b(?:and|but|before|then)\b).*?\b(?:{_END})\b", re.IGNORECASE)
_ANOTHER_ONE = re.compile(  # what begins and what ends may be two
    r"\b(?:that|which|whose|where|one|replac\w*|predecessor|successor|father|mother|parents?|husband|wife|sons?|brother|after)\b",
    re.IGNORECASE,
)
_BEGIN_WORD = re.compile(rf"\b(?:{_BEGIN})\b[^,;]{{0,40}}$", re.IGNORECASE)
_END_WORD = re.compile(rf"\b(?:{_END})\b[^,;]{{0,40}}$", re.IGNORECASE)


def find_wrong_orders(article: Article) -> list[Finding]:
    """DAT005, sentence by sentence."""
    return [
        finding
        for sentence in article.evidence
        for finding in (*_reversed(sentence), *_wrong_order(sentence, article.published))
    ]


def _reversed(sentence: Sentence) -> Iterator[Finding]:
    """A stretch whose end is before its beginning."""
    for match in _REVERSIBLE.finditer(sentence.text):
        a, b = ("a", "b") if match["a"] else ("c", "d")
        if int(match[b]) < int(match[a]):
            yield _order_finding(sentence, match.span(b), match.span(a))
    for match in _DAYS.finditer(sentence.text):
        if int(match["b"]) < int(match["a"]):
            yield _order_finding(sentence, match.span("b"), match.span("a"))


def _wrong_order(sentence: Sentence, published: date | None) -> Iterator[Finding]:
    """Two dated verbs, of which one begins what the other ends."""
    if not _BEGIN_TO_END.search(sentence.text):
        return
    spans = [s for s in find_dates(sentence.text, published) if s.precision is not Precision.RANGE and not s.bound]
    if len(spans) != 2:
        return
    begin, end = spans
    if not _BEGIN_WORD.search(sentence.text, 0, begin.start) or not _END_WORD.search(
        sentence.text, begin.end, end.start
    ):
        return
    if _is_before(end, begin) and not _ANOTHER_ONE.search(sentence.text, begin.end, end.start):
        yield _order_finding(sentence, (end.start, end.end), (begin.start, begin.end))


def _is_before(one: DateSpan, other: DateSpan) -> bool:
    if one.last is not None and other.first is not None:
        return one.last < other.first
    if one.month is None or other.month is None or one.first is not None or other.first is not None:
        return False
    return one.month == other.month and (one.day or 31) < (other.day or 1)


def _order_finding(sentence: Sentence, end: tuple[int, int], begin: tuple[int, int]) -> Finding:
    return DAT005.finding(
        f"“{sentence.text[slice(*end)]}” is before “{sentence.text[slice(*begin)]}”, which it should follow.",
        passage(sentence, *end),
        passage(sentence, *begin),
        confidence=0.9,
    )


ORDERS = RuleFamily(find=in_english(find_wrong_orders), specs=(DAT005,))
