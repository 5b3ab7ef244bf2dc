"""A claim laid beside a passage: how much of it the passage says, and what it leaves unsaid."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from service.compare.lexicon import related
from service.compare.mentions import find_names
from service.compare.number_finders import find_quantities
from service.compare.numbers import is_comparable, is_compatible
from service.compare.spelling import fold
from service.compare.words import Word, words

NAME_WEIGHT = 2.0  # a claim about someone else is another claim
NUMBER_WEIGHT = 2.0
LIGHT_WEIGHT = 0.25  # words that carry a sentence's grammar more than its content
RELATED_MATCH = 0.8  # a related word may be meant in another sense
NEIGHBOUR_MATCH = 0.6  # a name said by the sentence before or after, for which a pronoun stands

_LIGHT = frozenset(
    """hold make take give get go come say tell announc accord occas time total overal current recent now
    still there been about so far plan alreadi mr mrs ms dr""".split()  # noqa: SIM905
)
_SYMMETRIC = frozenset("meet talk agre discuss marri tie border disput between summit dialogu negoti".split())  # noqa: SIM905
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got)(?: \w+ly)? $")
_PRONOUNS = frozenset("he she it they his her its their him them who".split())  # noqa: SIM905


class Alignment(NamedTuple):
    """How a claim's words stand in a sentence.

    `coverage` is the weighted share of the claim's content words that the sentence says, in [0, 1]; `missing`
    lists those of any weight that it does not. `swapped` says that a name stands on the other side of another
    name, or of its verb, so that who did what to whom may be reversed.
    """

    coverage: float
    missing: tuple[str, ...]
    swapped: bool


class _Match(NamedTuple):
    word: Word
    weight: float
    strength: float  # 0 when the sentence does not say it
    others: tuple[Word, ...] = ()  # the words that say it, names also next door


def align(claim: str, window: str, start: int, end: int, skip: Sequence[tuple[int, int]] = ()) -> Alignment:
    """Lays `claim` beside the sentence `window[start:end]`, and its neighbours for what a pronoun stands for.

    Words of the claim inside a `skip` span (character offsets) are left out: their difference is known.
    """
    names = _name_words(claim)
    around = words(window)
    here = tuple(word for word in around if start <= word.start < end)
    # A name said only next door counts when the sentence has a pronoun that can stand for it.
    reach = around if any(word.text.lower() in _PRONOUNS for word in here) else ()
    matches = []
    for word in words(claim):
        if not word.is_content or any(begin <= word.start < stop for begin, stop in skip):
            continue
        if word.start in names:
            matches.append(_match(word, NAME_WEIGHT, here, reach))
        elif _is_number(claim, word):
            matches.append(_match_number(claim, word, window[start:end], here))
        else:
            matches.append(_match(word, LIGHT_WEIGHT if word.stem in _LIGHT else 1.0, here, ()))
    total = sum(match.weight for match in matches)
    return Alignment(
        coverage=sum(m.weight * m.strength for m in matches) / total if total else 0.0,
        missing=tuple(m.word.text for m in matches if m.strength == 0 and m.weight > LIGHT_WEIGHT),
        swapped=_is_swapped(claim, window, matches, names),
    )


def _name_words(text: str) -> frozenset[int]:
    """Offsets of the words that are part of a name, titles apart."""
    spans = [(name.start, name.end) for name in find_names(text)]
    return frozenset(word.start for word in words(text) if any(s <= word.start < e for s, e in spans))


def _is_number(text: str, word: Word) -> bool:
    return any(q.start <= word.start < q.end for q in find_quantities(text)) or word.text[0].isdigit()


def _match(word: Word, weight: float, here: Sequence[Word], reach: Sequence[Word]) -> _Match:
    kin = related(word.stem)
    for place, factor in ((here, 1.0), (reach, NEIGHBOUR_MATCH)):
        same = tuple(o for o in place if o.stem == word.stem or fold(o.text) == fold(word.text))
        if same:
            return _Match(word, weight, factor, same)
        near = tuple(o for o in place if o.stem in kin)
        if near:
            return _Match(word, weight, factor * RELATED_MATCH, near)
    return _Match(word, weight, 0.0)


def _match_number(claim: str, word: Word, sentence: str, here: Sequence[Word]) -> _Match:
    mine = [q for q in find_quantities(claim) if q.start <= word.start < q.end]
    said = any(is_comparable(a, b) and is_compatible(a, b) for a in mine for b in find_quantities(sentence))
    said = said or any(other.stem == word.stem for other in here)
    return _Match(word, NUMBER_WEIGHT, float(said))


def _is_swapped(claim: str, window: str, matches: Sequence[_Match], names: frozenset[int]) -> bool:
    """True when a name stands on the wrong side of another name or of the word after it, and it may matter.

    It does not where the verb has no direction ("meet"), nor between names that only modify one another
    ("Abe of Japan"). A passive turns the order around; "by" before the name tells it.
    """
    if any(match.word.stem in _SYMMETRIC for match in matches):
        return False
    said = [match for match in matches if match.others]
    passive = any(_is_agent(claim, match.word) for match in said)
    for place, one in enumerate(said):
        if one.word.start not in names:
            continue
        rest = said[place + 1 :]
        others = [m for m in rest if m.word.start in names and _content_between(claim, one.word, m.word)]
        verb = next((m for m in rest if m.word.start not in names), None)
        if any(not _keeps_order(window, one, other, passive) for other in [*others, *([verb] if verb else [])]):
            return True
        if place >= 2 and _is_turned_round(claim, window, said[place - 2], said[place - 1], one):
            return True
    return False


def _is_turned_round(claim: str, window: str, doer: _Match, verb: _Match, name: _Match) -> bool:
    """True when the claim says "the police accused Smith" and the sentence "Smith accused the police", both active."""
    if any(
        _PASSIVE.search(text[: word.start])
        for text, each in ((claim, [verb.word]), (window, verb.others))
        for word in each
    ):
        return False
    return all(a.start < b.start < c.start for a in name.others for b in verb.others for c in doer.others)


def _keeps_order(window: str, one: _Match, other: _Match, claim_is_passive: bool) -> bool:
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
