"""The names of a claim and of a sentence become the differences between them: who, in what role, and where."""

import re
from typing import NamedTuple

from service.compare.known_names import (
    COMMON_WORDS,
    ORGANISATION_WORDS,
    are_rival_countries,
    are_rival_places,
    is_place,
)
from service.compare.mentions import Name, find_names
from service.compare.name_match import NameMatch, same_name
from service.compare.spelling import MIN_LENGTH, Spelling, compare_spelling, is_acronym, is_plural
from service.compare.titles import is_office
from service.compare.words import content_words, without_possessive
from service.domain.claim import Difference, DifferenceKind

__all__ = ["Name", "NameMatch", "compare_names", "find_names", "same_name"]


# How much of the claim's other content words must stand in the evidence before another person of the same
# surname or role, or another place in the same spot, is taken for a difference and not for another event.
# On vitaminc_train60 places raise no false alarm (a difference on a supported pair) at 0.55 and three at 0.4;
# persons at 0 raise five more than at 0.5, and nine more on pairs where the evidence does not say.
MIN_PERSON_AGREEMENT = 0.5
MIN_PLACE_AGREEMENT = 0.6


class _Side(NamedTuple):
    """A text with its names."""

    text: str
    names: tuple[Name, ...]

    def lacks(self, name: Name) -> bool:
        return not any(same_name(name, other).may_be_one for other in self.names)


def compare_names(claim: str, evidence: str) -> list[Difference]:
    """The names of `claim` that `evidence` writes or fills otherwise, in the order of the claim.

    A name that the evidence also has, or has nothing near to, makes no difference: silence is not
    contradiction. `correction` holds the words for the claim's span, without title or possessive ending.
    """
    left, right = _Side(claim, find_names(claim)), _Side(evidence, find_names(evidence))
    # A name of the evidence that the claim has too is taken: it cannot be what another name should read.
    free = _Side(evidence, tuple(n for n in right.names if left.lacks(n)))
    differences = []
    for name in left.names:
        if not right.lacks(name):
            differences += _place_of_something_else(claim, name, right)
            continue
        found = (
            _misspelling(name, free)
            or _other_given_name(claim, name, free)
            or _other_holder(claim, name, free)
            or _other_place(claim, name, free)
        )
        if found is not None:
            differences.append(found)
    return differences


def _misspelling(name: Name, evidence: _Side) -> Difference | None:
    for other in evidence.names:
        if same_name(name, other) is not NameMatch.VARIANT or is_place(name.text):
            continue
        for word in _words(name):
            for right in _words(other):
                if _is_misspelt(word.text, right.text):
                    return _difference(DifferenceKind.NAME, word, right)
    return None


def _other_given_name(claim: str, name: Name, evidence: _Side) -> Difference | None:
    if _is_thing(name) or _agreement(claim, name, evidence.text) < MIN_PERSON_AGREEMENT:
        return None
    for other in evidence.names:
        if same_name(name, other) is NameMatch.DIFFERENT_GIVEN and not _is_thing(other):
            return _difference(DifferenceKind.NAME, _span(name), _span(other))
    return None


def _other_holder(claim: str, name: Name, evidence: _Side) -> Difference | None:
    """Another person under the same office, of the same country as far as both say one."""
    if name.title is None or not is_office(name.title):
        return None
    office = name.title.casefold()
    holders = [n for n in evidence.names if n.title is not None and n.title.casefold() == office]
    if len(holders) != 1 or _agreement(claim, name, evidence.text) < MIN_PERSON_AGREEMENT:
        return None
    countries = _word_before_title(claim, name), _word_before_title(evidence.text, holders[0])
    if are_rival_countries(*countries):
        return None
    return _difference(DifferenceKind.ROLE, _span(name), _span(holders[0]))


def _other_place(claim: str, name: Name, evidence: _Side) -> Difference | None:
    """Another place of the same kind after the same word, in sentences that otherwise agree."""
    before = _word_before(claim, name.start)
    rivals = [
        n
        for n in evidence.names
        if are_rival_places(name.text, n.text) and _word_before(evidence.text, n.start) == before
    ]
    if len(rivals) != 1 or _agreement(claim, name, evidence.text) < MIN_PLACE_AGREEMENT:
        return None
    return _difference(DifferenceKind.PLACE, _span(name), _span(rivals[0]))


def _place_of_something_else(claim: str, name: Name, evidence: _Side) -> list[Difference]:
    """The place that the sentence has where the claim names one that the sentence names for something else.

    "Born in Leeds", of someone who "was born in London and grew up in Leeds". A list ("in London and Leeds") is of
    one thing.
    """
    spot = _words_before(claim, name.start)
    there = [n for n in evidence.names if len(spot) == 2 and _words_before(evidence.text, n.start) == spot]
    elsewhere = [_words_before(evidence.text, n.start) for n in evidence.names if n.text == name.text]
    if len(there) != 1 or not are_rival_places(name.text, there[0].text):
        return []
    if not all(before[-1:] == spot[-1:] and before != spot for before in elsewhere):
        return []
    return [_difference(DifferenceKind.PLACE, _span(name), _span(there[0]))]


class _Span(NamedTuple):
    text: str
    start: int
    end: int


def _span(name: Name) -> _Span:
    return _Span(name.text, name.start, name.end)


def _words(name: Name) -> list[_Span]:
    return [_Span(m.group(), name.start + m.start(), name.start + m.end()) for m in re.finditer(r"\S+", name.text)]


def _difference(kind: DifferenceKind, claim: _Span, evidence: _Span) -> Difference:
    return Difference(
        kind=kind,
        claim_text=claim.text,
        claim_start=claim.start,
        claim_end=claim.end,
        evidence_text=evidence.text,
        evidence_start=evidence.start,
        evidence_end=evidence.end,
        correction=evidence.text,
    )


def _is_misspelt(word: str, right: str) -> bool:
    if min(len(word), len(right)) < MIN_LENGTH or is_acronym(word) or is_plural(word, right) or is_plural(right, word):
        return False
    return compare_spelling(word, right) is Spelling.MISSPELT


def _is_thing(name: Name) -> bool:
    """True for what a second word does not make a person: "Labour Party", "South Korea", "Financial Times"."""
    words = name.text.casefold().split()
    return is_place(name.text) or any(w in COMMON_WORDS or w in ORGANISATION_WORDS or is_place(w) for w in words)


def _word_before(text: str, start: int) -> str:
    return "".join(_words_before(text, start)[-1:])


def _words_before(text: str, start: int) -> list[str]:
    """The last two words before an offset."""
    return text[:start].casefold().split()[-2:]


def _word_before_title(text: str, name: Name) -> str:
    before = text[: name.start].rstrip(", ").removesuffix(name.title or "").split()
    return without_possessive(before[-1]) if before else ""


def _agreement(claim: str, name: Name, evidence: str) -> float:
    """Share of the claim's content words, the name's apart, that the evidence has too."""
    rest = {w.stem for w in content_words(claim) if not name.start <= w.start < name.end}
    return len(rest & {w.stem for w in content_words(evidence)}) / len(rest) if rest else 0.0
