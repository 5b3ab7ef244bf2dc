"""A change that a sentence tells becomes a finding where its own figures contradict it (NUM004)."""

import re
from collections.abc import Iterator, Sequence
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

_RISE = "rises?|rose|risen|rising|increas(?:es?|ed|ing)|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|gr(?:ows?|ew|own|owing)|soar(?:s|ed)?|surg(?:es?|ed)|up"
_FALL = "falls?|fell|fallen|falling|decreas(?:es?|ed|ing)|drop(?:s|ped|ping)?|declin(?:es?|ed|ing)|slip(?:s|ped)?|slump(?:s|ed)?|plung(?:es?|ed)|shr[aiu]nk|down"
_CHANGE = re.compile(rf"\b(?:(?P<rise>{_RISE})|(?P<fall>{_FALL}))\b", re.IGNORECASE)
_OLD = re.compile(r"\b(?:from|compared (?:with|to)|against|versus)\s(?:just\s|only\s|the\s|a\s)?$", re.IGNORECASE)
_NEW = re.compile(r"\b(?:to|at|stood at|reached|hit)\s(?:just\s|only\s|a\s|an\s)?$", re.IGNORECASE)
_RANKED = re.compile(
    r"\b(?:rank\w*|seed\w*|places?|position|number one|spot|table|chart|handicap|odds|lap|time)\b", re.IGNORECASE
)
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
        if _CHANGE.search(sentence.text) and not _RANKED.search(sentence.text)
        for change in _changes(sentence.text)
        for finding in _judge(sentence, change)
    ]


def _changes(text: str) -> Iterator[_Change]:
    """The changes whose two figures the sentence names, each with the nearest figures that can be meant."""
    exact = [
        q for q in find_quantities(_RANGE.sub("at", text)) if q.low == q.high and q.kind is not QuantityKind.ORDINAL
    ]
    words = list(_CHANGE.finditer(text))
    for i, match in enumerate(words):
        end = words[i + 1].start() if i + 1 < len(words) else len(text)
        stop = _BREAK.search(text, match.end())
        after = [q for q in exact if match.end() <= q.start < min(end, stop.start() if stop else end)]
        old = next((q for q in after if _OLD.search(text, match.end() - 1, q.start)), None)
        if old is None:
            continue
        new = _new(text, match, old, after, exact)
        if new is not None:
            yield _Change(match, old, new, _percent(text, match, old, after))


def _new(
    text: str, match: re.Match[str], old: Quantity, after: Sequence[Quantity], exact: Sequence[Quantity]
) -> Quantity | None:
    """The figure after the change: behind "to" or "at", or the only one before "up from"."""
    alike = [q for q in after if q is not old and (q.kind, q.unit) == (old.kind, old.unit)]
    named = [q for q in alike if _NEW.search(text, match.end() - 1, q.start)]
    if named:
        return named[0]
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
    words = [sentence.text[q.start : q.end] for q in (old, new)]
    if old.low != new.low and (new.low > old.low) != change.rises:
        yield NUM004.finding(
            f"“{change.match.group()}” is against its own figures, from “{words[0]}” to “{words[1]}”.",
            passage(sentence, *change.match.span()),
            *(passage(sentence, q.start, q.end) for q in (old, new)),
            confidence=0.85,
        )
    elif change.percent is not None and not _fits(change.percent, old, new):
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
