"""A place in a sentence becomes the weighted words around it, so that two places can be told to be of one matter."""

import re
from bisect import bisect, bisect_left
from functools import lru_cache
from typing import NamedTuple

from service.compare.lexicon import related
from service.compare.words import Word, content_words

_CLAUSE = re.compile(
    r"[,;:()]|\s[-–—]+\s|[.?!](?=\s)|\band\b(?!\s[A-Z])"  # "Japan and Russia" is no new clause
    r"|\b(?:but|or|while|whereas|that|which|who|although|though|despite|after|before|when|than|with)\b"
)
_NEXT = 2  # so many content words on either side of a number say most of what it is
_FARTHER = 0.5  # what the other words of its clause count for beside those
REPORTING = frozenset({"say", "tell", "announc", "report", "accord"})
_REPORTED = 0.25  # what a reporting verb counts for: everything is said by someone
_CLOSE = 0.5  # weight from which on a name says whose number it is
_FADE = 0.5  # what a word still counts for with each clause boundary between


class Surroundings(NamedTuple):
    """The content stems around a place in a sentence, with weights in (0, 1], and those of names close by."""

    weights: dict[str, float]
    names: frozenset[str]


def nearby(text: str, start: int, end: int) -> Surroundings:
    """What stands around `text[start:end]`: a stem weighs less the farther off, and with each clause between."""
    all_words, places = _layout(text)
    before = [word for word in reversed(all_words) if word.end <= start]
    after = [word for word in all_words if word.start >= end]
    weights: dict[str, float] = {}
    names: set[str] = set()
    for side, edge in ((before, start), (after, end)):
        place, distance, in_name = bisect_left(places, edge), 0, False
        for word in side:
            is_name = word.text[0].isupper()
            distance += not (is_name and in_name)  # "Russian President Vladimir Putin" is one step away
            in_name = is_name
            crossed = abs(bisect(places, word.start) - place)
            weight = (1.0 if distance <= _NEXT else _FARTHER) * _FADE**crossed
            weight *= _REPORTED if word.stem in REPORTING else 1.0
            weights[word.stem] = max(weight, weights.get(word.stem, 0.0))
            if is_name and word.start > 0 and weight >= _CLOSE:
                names.add(word.stem)
    return Surroundings(weights, frozenset(names))


def overlap(claim: Surroundings, evidence: Surroundings) -> float:
    """The weighted share of the claim's surroundings that the evidence's have too, in [0, 1].

    Nothing is shared where both name someone or something close by, and not one name is the same.
    """
    if claim.names and evidence.names and not any(_said(name, evidence.weights) for name in claim.names):
        return 0.0
    total = sum(claim.weights.values())
    shared = sum(min(weight, _said(stem, evidence.weights)) for stem, weight in claim.weights.items())
    return shared / total if total else 0.0


def _said(stem: str, evidence: dict[str, float]) -> float:
    if stem in evidence:
        return evidence[stem]
    return max((evidence[kin] for kin in related(stem) & evidence.keys()), default=0.0)


@lru_cache(maxsize=4096)
def _layout(text: str) -> tuple[tuple[Word, ...], tuple[int, ...]]:
    return content_words(text), tuple(match.start() for match in _CLAUSE.finditer(text))
