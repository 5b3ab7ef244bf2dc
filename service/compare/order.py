"""A claim's words, matched with a sentence's, tell whether the two say who did what to whom alike."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from service.compare.words import Word, words

MUTUAL = frozenset("meet talk agre discuss marri tie border disput between summit dialogu negoti".split())  # noqa: SIM905
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got)(?: \w+ly)? $")


class Match(NamedTuple):
    """A content word of a claim, what it weighs, and the words of the passage that say it."""

    word: Word
    weight: float
    strength: float  # 0 when the sentence does not say it
    others: tuple[Word, ...] = ()  # the words that say it, names also next door


def is_swapped(claim: str, window: str, said: Sequence[Match], names: frozenset[int]) -> bool:
    """True when a name stands on the wrong side of another name or of the word after it, and it may matter.

    It does not where the verb has no direction ("meet"), nor between names that only modify one another
    ("Abe of Japan"). A passive turns the order around; "by" before the name tells it. `names` are the offsets of the
    claim's name words.
    """
    if any(match.word.stem in MUTUAL for match in said):
        return False
    passive = any(_is_agent(claim, match.word) for match in said)
    for place, one in enumerate(said):
        if place >= 2 and _is_turned_round(claim, window, said[place - 2], said[place - 1], one):
            return True
        if one.word.start not in names:
            continue
        rest = said[place + 1 :]
        others = [m for m in rest if m.word.start in names and _content_between(claim, one.word, m.word)]
        verb = next((m for m in rest if m.word.start not in names), None)
        if any(not _keeps_order(window, one, other, passive) for other in [*others, *([verb] if verb else [])]):
            return True
    return False


def _is_turned_round(claim: str, window: str, doer: Match, verb: Match, other: Match) -> bool:
    """True when the claim says "the police accused Smith" and the sentence "Smith accused the police", both active."""
    if any(
        _PASSIVE.search(text[: word.start])
        for text, each in ((claim, [verb.word]), (window, verb.others))
        for word in each
    ):
        return False
    return all(a.start < b.start < c.start for a in other.others for b in verb.others for c in doer.others)


def _keeps_order(window: str, one: Match, other: Match, claim_is_passive: bool) -> bool:
    forward = any(a.start < b.start for a in one.others for b in other.others)
    backward = any(b.start < a.start for a in one.others for b in other.others)
    doer_is_first = any(_is_agent(window, a) for a in one.others)
    if claim_is_passive:
        doer_is_second = any(_is_agent(window, b) for b in other.others)
        return forward if doer_is_second else backward and not doer_is_first
    return forward or doer_is_first


def _is_agent(text: str, word: Word) -> bool:
    """True for a name that "by" makes the doer: "by Russia", "by Prime Minister Abe"."""
    before = text[: word.start].split()[-4:]
    return "by" in before and all(w == "by" or w[:1].isupper() for w in before[before.index("by") :])


def _content_between(claim: str, one: Word, other: Word) -> bool:
    return any(word.is_content for word in words(claim[one.end : other.start]))
