"""A sentence becomes its predicates, each affirmed or denied by the negations before it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from service.compare.lists import sections
from service.compare.words import Word, stem, words

_LISTS = {name: frozenset(" ".join(lines).split()) for name, lines in sections("negation.txt").items()}
_NEGATIONS = _LISTS["negations"]
_REFUSALS = frozenset(map(stem, _LISTS["refusals"]))
_DENIALS = frozenset(map(stem, _LISTS["denials"]))
_ADVERBS = _LISTS["adverbs"]
AUXILIARIES = _LISTS["auxiliaries"]
NEGATIVE = _REFUSALS | _DENIALS | frozenset(map(stem, _LISTS["negative"]))
"""Stems of the words beside which an affirmed predicate may be denied after all."""

_NO_NEGATION = re.compile(
    r"\b(?:not (?:only|just|merely|least|to mention|until|necessarily)|no (?:doubt|matter|sooner|\d+)|nos?\."
    r"|whether or not|(?:no|not) (?:less|more|fewer|later|earlier) than|nothing but|no less)",
    re.IGNORECASE,
)
_RULED_OUT = re.compile(r"\brul(?:ed?|es|ing) out\b", re.IGNORECASE)
_BREAK = re.compile(r"[,;:.()!?]|\b(?:but|while|although|because|which|who|though|unless|despite|if|when|as|than)\b")
_REACH = 3  # content words that a negation may take in; only of the first of them is that sure


class Predicate(NamedTuple):
    """A content word, its place among the words, and the negation that covers it, if their number is odd."""

    word: Word
    at: int
    cue: Word | None

    @property
    def start(self) -> int:
        return self.cue.start if self.cue else self.word.start


class Reading(NamedTuple):
    """A sentence with its words, and those of them that are plainly affirmed or denied."""

    text: str
    words: tuple[Word, ...]
    predicates: tuple[Predicate, ...]


@lru_cache(maxsize=1024)  # a claim is laid beside many sentences
def read_predicates(text: str) -> Reading:
    """Finds the negations and what they cover; two of them undo each other."""
    all_words = words(text)
    exempt = [match.span() for match in _NO_NEGATION.finditer(text)]
    covering: dict[int, list[Word]] = {}
    unsure: set[int] = set()
    for at, word in enumerate(all_words):
        if any(start <= word.start < end for start, end in exempt) or not _negates(text, all_words, at):
            continue
        # Verbs that negate are affirmed or denied themselves.
        if word.stem not in _REFUSALS | _DENIALS and not _RULED_OUT.match(text, word.start):
            unsure.add(at)
        covered = list(_covered(text, all_words, at))
        unsure.update(covered[1:])
        if covered and len(covering.get(at, [])) % 2 == 0:  # "did not deny" negates nothing further on
            covering.setdefault(covered[0], []).append(word)
    predicates = []
    for at, word in enumerate(all_words):
        negations = covering.get(at, [])
        if _is_predicate(word) and (negations or at not in unsure):
            predicates.append(Predicate(word, at, negations[-1] if len(negations) % 2 else None))
    return Reading(text, all_words, tuple(predicates))


def _negates(text: str, all_words: Sequence[Word], at: int) -> bool:
    word = all_words[at]
    if at and word.text[0].isupper():
        return False  # "Without You" is a title
    if at + 1 < len(all_words) and word.text == "No" and all_words[at + 1].text[0].isupper():
        return False  # and so is "No Way Out"
    lower = word.text.lower().replace("’", "'")
    if lower in _NEGATIONS or lower.endswith("n't") or word.stem in _DENIALS:
        return True
    if word.stem in _REFUSALS:
        return at + 1 < len(all_words) and all_words[at + 1].text.lower() == "to"
    return _RULED_OUT.match(text, word.start) is not None


def _is_predicate(word: Word) -> bool:
    lower = word.text.lower()
    return word.is_content and not lower.endswith("ly") and lower not in _ADVERBS


def _covered(text: str, all_words: Sequence[Word], at: int) -> Iterator[int]:
    """Places of the first content words after a negation, within its clause."""
    left = _REACH
    for place in range(at + 1, len(all_words)):
        word = all_words[place]
        if _BREAK.search(text, all_words[place - 1].end, word.end) or not left:
            return
        if _is_predicate(word):
            left -= 1
            yield place
