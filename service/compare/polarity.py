"""Two sentences become the predicates that one affirms and the other denies, by negation or by an opposite word."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from service.compare.date_finder import find_dates
from service.compare.lists import lines
from service.compare.negation import AUXILIARIES, NEGATIVE, Predicate, Reading, read_predicates
from service.compare.number_finders import find_quantities
from service.compare.surroundings import nearby, overlap
from service.compare.words import Word, stem
from service.domain.claim import Difference, DifferenceKind

_RELATIONS = frozenset("before after above below more less fewer".split())  # noqa: SIM905


class _Opposite(NamedTuple):
    stems: frozenset[str]
    uninflected: frozenset[str]  # the words as listed, which can stand in for one another as they are


def _read_opposites() -> dict[str, _Opposite]:
    opposites: dict[str, _Opposite] = {}
    for line in lines("opposites.txt"):
        left, right = (side.split() for side in line.split("|"))
        for side, other in ((left, right), (right, left)):
            for word in side:
                known = opposites.get(stem(word), _Opposite(frozenset(), frozenset()))
                opposites[stem(word)] = _Opposite(known.stems | set(map(stem, other)), known.uninflected | set(other))
    return opposites


_OPPOSITE = _read_opposites()

# Chosen on the tuning part of evidence_claims (python -m eval.tasks.differences), which holds few negations: 0.3
# catches 0.8 percent of the contradictions at 0.2 percent of false alarms, 0.5 catches 0.5 at 0.04.
_LEAST_OVERLAP = 0.35  # of the words around the predicate
_BESIDE = 0.25  # nearness of a negative word from which on it is heeded


def compare_polarity(claim: str, evidence: str) -> list[Difference]:
    """The first predicate of the claim that the evidence denies, or affirms where the claim denies it.

    A predicate is a content word in surroundings that both sentences share. At most one difference is given,
    since one negation covers several words.
    """
    said = read_predicates(evidence)
    asked = read_predicates(claim)
    for predicate in asked.predicates:
        for rival, is_opposite in _contradicting(predicate, said.predicates):
            if _is_same_matter(asked, predicate, said, rival, is_opposite):
                return [_difference(claim, predicate, evidence, rival)]
    return []


def is_converse(claim: str, evidence: str) -> bool:
    """Whether the two say one thing from its two ends: "A beat B" and "B lost to A"."""
    asked, said = read_predicates(claim), read_predicates(evidence)
    return any(
        is_opposite and _is_turned_round(asked, predicate, said, rival)
        for predicate in asked.predicates
        for rival, is_opposite in _contradicting(predicate, said.predicates)
    )


def _contradicting(predicate: Predicate, said: Sequence[Predicate]) -> Iterator[tuple[Predicate, bool]]:
    """The predicates of the evidence that clash with one of the claim, and whether by an opposite word."""
    same = [other for other in said if other.word.stem == predicate.word.stem]
    if same:
        if all(bool(other.cue) != bool(predicate.cue) for other in same):
            yield from ((other, False) for other in same)
        return
    opposite = _OPPOSITE.get(predicate.word.stem)
    if opposite is not None:
        for other in said:
            if other.word.stem in opposite.stems and bool(other.cue) == bool(predicate.cue):
                yield other, True


def _is_same_matter(
    claim: Reading, predicate: Predicate, evidence: Reading, rival: Predicate, is_opposite: bool
) -> bool:
    here = nearby(claim.text, predicate.start, predicate.word.end)
    there = nearby(evidence.text, rival.start, rival.word.end)
    if overlap(here, there) < _LEAST_OVERLAP:
        return False
    if is_opposite:
        return not (
            _is_turned_round(claim, predicate, evidence, rival)
            or _is_of_a_number(claim.text, predicate.word)
            or _is_of_a_number(evidence.text, rival.word)
        )
    affirming = there if predicate.cue else here
    return not any(affirming.weights.get(negative, 0.0) >= _BESIDE for negative in NEGATIVE)


def _is_turned_round(claim: Reading, predicate: Predicate, evidence: Reading, rival: Predicate) -> bool:
    """Whether the two say the same from both ends: "A sold it to B" and "B bought it from A"."""
    (before, after), (rival_before, rival_after) = _sides(claim, predicate), _sides(evidence, rival)
    if predicate.word.text.lower() in _RELATIONS and after[:1] != rival_after[:1]:
        return True
    one, other = set(before) ^ set(rival_before), set(after) ^ set(rival_after)
    return bool(one & set(before) & set(rival_after) or other & set(after) & set(rival_before))


def _sides(reading: Reading, predicate: Predicate) -> tuple[list[str], list[str]]:
    before = [word.stem for word in reading.words[: predicate.at] if word.is_content]
    return before, [word.stem for word in reading.words[predicate.at + 1 :] if word.is_content]


def _is_of_a_number(text: str, word: Word) -> bool:
    """Whether a word belongs to a number or a date: "more than 20", "before 2017"."""
    spans = [(quantity.start, quantity.end) for quantity in find_quantities(text)]
    spans += [(span.start, span.end) for span in find_dates(text, None)]
    return any(start <= word.start < end for start, end in spans)


def _difference(claim: str, predicate: Predicate, evidence: str, rival: Predicate) -> Difference:
    return Difference(
        kind=DifferenceKind.POLARITY,
        claim_text=claim[predicate.start : predicate.word.end],
        claim_start=predicate.start,
        claim_end=predicate.word.end,
        evidence_text=evidence[rival.start : rival.word.end],
        evidence_start=rival.start,
        evidence_end=rival.word.end,
        correction=_fitting(claim, predicate, rival),
    )


def _fitting(claim: str, predicate: Predicate, rival: Predicate) -> str | None:
    """What the claim's words must become, where one word can be put in, taken out or replaced."""
    if predicate.word.stem != rival.word.stem:
        listed = predicate.word.text in _OPPOSITE[rival.word.stem].uninflected
        return rival.word.text if listed and rival.word.text in _OPPOSITE[predicate.word.stem].uninflected else None
    if predicate.cue is not None:
        taken_out = claim[predicate.cue.end : predicate.word.end].strip()
        return taken_out if predicate.cue.text.lower() in ("not", "never") else None
    before = re.search(r"(\w+)\s$", claim[: predicate.word.start])
    if rival.cue is not None and before and before[1].lower() in AUXILIARIES:
        return f"not {predicate.word.text}"
    return None
