"""A change that a sentence tells becomes a finding where its own figures contradict it (NUM004)."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from service.compare.number_finders import find_quantities
from service.compare.quantities import Quantity, QuantityKind
from service.domain.article import Article, Sentence
from service.domain.finding import Finding, FindingKind, Severity
from service.review.rules.spec import RuleFamily, RuleSpec, in_english, passage

NUM004 = RuleSpec(
    code="NUM004",
    name="change against its own figures",
    kind=FindingKind.NUMBER,
    severity=Severity.ERROR,
    explanation=(
        "A sentence tells of a rise or a fall, with the figure before and the figure after, and they moved the other "
        "way, or by another percentage. Ranks, where up is a smaller number, stay silent."
    ),
    wrong="Turnover fell by 20%, from £200m to £240m.",
    right="Turnover rose by 20%, from £200m to £240m.",
)

_RISE = (
    "rises?|rose|risen|rising|rais(?:es?|ed|ing)|increas(?:es?|ed|ing)|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?"
    "|gr(?:ows?|ew|own|owing)|soar(?:s|ed)?|surg(?:es?|ed)|lift(?:s|ed|ing)?|boost(?:s|ed)?|leap(?:s|t)?|up"
)
_FALL = (
    "falls?|fell|fallen|falling|decreas(?:es?|ed|ing)|drop(?:s|ped|ping)?|declin(?:es?|ed|ing)|slip(?:s|ped)?"
    "|slump(?:s|ed)?|plung(?:es?|ed)|shr[aiu]nk|cuts?|cutting|reduc(?:es?|ed|ing|tion)|lower(?:s|ed|ing)|tumbl(?:es?|ed)"
    "|s[au]nk|slid|plummet(?:s|ed)?|dip(?:s|ped)?|down"
)
_CHANGE = re.compile(rf"\b(?:(?P<rise>{_RISE})|(?P<fall>{_FALL}))\b", re.IGNORECASE)
_OLD = re.compile(r"\b(?:from|compared (?:with|to)|against|versus)\s(?:just\s|only\s|the\s|a\s)?$", re.IGNORECASE)
_NEW = re.compile(r"\b(?:to|at|stood at|reached|hit)\s(?:just\s|only\s|a\s|an\s)?$", re.IGNORECASE)
_COMPARED = re.compile(
    r",\s(?:(?:far|much|slightly|well|compared|and)\s)?(?:(?P<rise>more|higher|larger|greater|bigger)|(?P<fall>less|fewer|lower|smaller))"
    r"\sthan\s(?:the|its|their|last\s(?:year|month|week)['’]s)\s$"
)
_MULTIPLIED = re.compile(
    r"\b(?P<lead>(?:more\sthan|nearly|almost|about)\s)?(?P<word>doubl|tripl|trebl|quadrupl|halv)ed\b"
)
_FACTORS = {"doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadrupl": 4.0, "halv": 0.5}
_MULTIPLE_OFF = {None: (0.78, 1.28), "more than": (0.99, 2.0)}  # of the factor; anything else before it: about
_ABOUT = (0.7, 1.2)
_RANKED = re.compile(
    r"\b(?:rank\w*|seed\w*|places?|position|number one|spot|table|chart|handicap|odds|lap|time"
    r"|(?:dollar|yen|pound|sterling|euro|mark|franc|peso|rupee|currency|exchange rate)(?! \d))\b",  # 161 yen buy a dollar
    re.IGNORECASE,
)
_GROWN = re.compile(r"\b(?:is|are|was|were|be|being)\s(?:\w+ly\s)?$")
_RANGE = re.compile(r"\bto\b(?=\s[$£€¥]?\d)")  # "from 5 to 8" is a change here, where a number finder reads a range
_BREAK = re.compile(r";|\b(?:but|while|whereas|although|though|after|as|when|because|since|which|who)\b")


class _Change(NamedTuple):
    """A rise or a fall at `match`, from one quantity to another, by a percentage where the sentence says one."""

    match: re.Match[str]
    old: Quantity
    new: Quantity
    percent: Quantity | None

    @property
    def rises(self) -> bool:
        return self.match["rise"] is not None


def find_wrong_changes(article: Article) -> list[Finding]:
    """NUM004, sentence by sentence."""
    return [
        finding
        for sentence in article.evidence
        for finding in (
            *(found for change in _changes(sentence.text) for found in _judge(sentence, change)),
            *_wrong_multiples(sentence),
            *_wrong_comparisons(sentence),
        )
    ]


def _wrong_multiples(sentence: Sentence) -> Iterator[Finding]:
    """ "doubled from 400 to 600"."""
    for match in _MULTIPLIED.finditer(sentence.text):
        old, new = _ends(sentence.text, match)
        if old is None or new is None or old.low <= 0:
            continue
        low, high = _MULTIPLE_OFF.get(match["lead"] and match["lead"].strip(), _ABOUT)
        factor = _FACTORS[match["word"]]
        if not low <= new.low / old.low / factor <= high:
            yield _finding(sentence, match.span(), old, new)


def _ends(text: str, match: re.Match[str]) -> tuple[Quantity | None, Quantity | None]:
    """The figures behind "from" and "to" right after a word of change."""
    after = [q for q in _exact(text) if q.start >= match.end()]
    old = next((q for q in after if _OLD.search(text, match.end() - 1, q.start)), None)
    return old, None if old is None else _new(text, match, old, after, after)


def _wrong_comparisons(sentence: Sentence) -> Iterator[Finding]:
    """ "4,200 people, more than the 5,100 who came last year"."""
    exact = _exact(sentence.text)
    for new, old in pairwise(exact):
        match = _COMPARED.search(sentence.text, 0, old.start)
        if match is None or match.start() < new.end or (new.kind, new.unit) != (old.kind, old.unit):
            continue
        if old.low != new.low and (new.low > old.low) != (match["rise"] is not None):
            yield _finding(sentence, match.span("rise" if match["rise"] else "fall"), old, new)


def _finding(sentence: Sentence, word: tuple[int, int], old: Quantity, new: Quantity) -> Finding:
    first, second = (sentence.text[q.start : q.end] for q in (old, new))
    return NUM004.finding(
        f"“{sentence.text[slice(*word)]}” is against its own figures, from “{first}” to “{second}”.",
        passage(sentence, *word),
        *(passage(sentence, q.start, q.end) for q in (old, new)),
        confidence=0.85,
    )


def _exact(text: str) -> list[Quantity]:
    found = find_quantities(_RANGE.sub("at", text))
    return [q for q in found if q.low == q.high and q.kind is not QuantityKind.ORDINAL]


def _changes(text: str) -> Iterator[_Change]:
    """The changes whose two figures the sentence names, each with the nearest figures that can be meant."""
    words = list(_CHANGE.finditer(text))
    exact = _exact(text) if words else []
    for i, match in enumerate(words):
        end = words[i + 1].start() if i + 1 < len(words) else len(text)
        stop = _BREAK.search(text, match.end())
        after = [q for q in exact if match.end() <= q.start < min(end, stop.start() if stop else end)]
        old = next((q for q in after if _OLD.search(text, match.end() - 1, q.start)), None)
        if old is None or _is_planted(text, match):
            continue
        new = _new(text, match, old, after, exact)
        if new is not None and not _may_be_rank(text, old):
            yield _Change(match, old, new, _percent(text, match, old, after))


def _is_planted(text: str, match: re.Match[str]) -> bool:
    """Whether the word is "grown" as beet is: it was grown by someone, and did not grow."""
    return match.group().lower() == "grown" and _GROWN.search(text, 0, match.start()) is not None


def _may_be_rank(text: str, figure: Quantity) -> bool:
    """Whether the figure may be a place or a time, of which the smaller is the better."""
    is_bare = figure.kind is QuantityKind.COUNT and not figure.nouns
    return (is_bare or figure.kind is QuantityKind.MEASURE) and _RANKED.search(text) is not None


def _new(
    text: str, match: re.Match[str], old: Quantity, after: Sequence[Quantity], exact: Sequence[Quantity]
) -> Quantity | None:
    """The figure after the change: behind "to" or "at", or the only one before "up from"."""
    alike = [q for q in after if q is not old and (q.kind, q.unit) == (old.kind, old.unit)]
    named = next((q for q in after if q is not old and _NEW.search(text, match.end() - 1, q.start)), None)
    if named:
        return named if named in alike else None
    if not text[match.end() : old.start].strip().lower().startswith("from"):
        return None
    start = max((m.end() for m in _BREAK.finditer(text, 0, match.start())), default=0)
    before = [q for q in exact if start <= q.start < match.start() and (q.kind, q.unit) == (old.kind, old.unit)]
    return before[0] if len(before) == 1 else None


def _percent(text: str, match: re.Match[str], old: Quantity, after: Sequence[Quantity]) -> Quantity | None:
    """The percentage of the change, right behind its word: "rose 20%", "down by 5%"."""
    percent = next((q for q in after if q.kind is QuantityKind.PERCENT and q is not old), None)
    if percent is None or not re.fullmatch(r"\s(?:by\s)?", text[match.end() : percent.start]):
        return None
    return percent if percent.exact else None


def _judge(sentence: Sentence, change: _Change) -> Iterator[Finding]:
    old, new = change.old, change.new
    if old.low != new.low and (new.low > old.low) != change.rises:
        yield _finding(sentence, change.match.span(), old, new)
    elif change.percent is not None and not _fits(change.percent, old, new):
        words = [sentence.text[q.start : q.end] for q in (old, new)]
        percent = sentence.text[change.percent.start : change.percent.end]
        yield NUM004.finding(
            f"From “{words[0]}” to “{words[1]}” is {100 * abs(new.low - old.low) / old.low:.3g}%, not “{percent}”.",
            *(passage(sentence, q.start, q.end) for q in (change.percent, old, new)),
            confidence=0.85,
        )


def _fits(percent: Quantity, old: Quantity, new: Quantity) -> bool:
    """Whether the percentage is that of the change, granting the rounding of all three."""
    if old.low <= 0 or percent.kind is old.kind:
        return True  # a percentage of percentages may be in points
    slack = (old.step + new.step) / 2
    least = 100 * (abs(new.low - old.low) - slack) / (old.low + old.step / 2)
    most = 100 * (abs(new.low - old.low) + slack) / max(old.low / 2, old.low - old.step / 2)
    return least - percent.step <= percent.low <= most + percent.step


CHANGES = RuleFamily(find=in_english(find_wrong_changes), specs=(NUM004,))
