"""Two sentences become the predicates that one affirms and the other denies, by negation or by an opposite word."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from service.compare.dates import find_dates
from service.compare.numbers import find_quantities, nearby, overlap
from service.compare.words import Word, stem, words
from service.domain.claim import Difference, DifferenceKind

# Words that negate what follows. Those in the second line do so only before "to".
_NEGATIONS = frozenset("not cannot never no none neither nor without nobody nothing hardly scarcely n't".split())  # noqa: SIM905
_REFUSALS = frozenset(stem(word) for word in ("fail", "refuse", "decline", "unable", "unwilling"))
_DENIALS = frozenset(stem(word) for word in ("deny", "lack", "cease"))
_NO_NEGATION = re.compile(
    r"\b(?:not (?:only|just|merely|least|to mention|until|necessarily)|no (?:doubt|matter|sooner|\d+)|nos?\."
    r"|whether or not|(?:no|not) (?:less|more|fewer|later|earlier) than|nothing but|no less)",
    re.IGNORECASE,
)
_RULED_OUT = re.compile(r"\brul(?:ed?|es|ing) out\b", re.IGNORECASE)
_BREAK = re.compile(r"[,;:.()!?]|\b(?:but|while|although|because|which|who|though|unless|despite|if|when|as|than)\b")
_REACH = 3  # content words that a negation may take in; only of the first of them is that sure
_ADVERBS = frozenset("yet ever even any either longer more only again now then here there always over out up".split())  # noqa: SIM905
# Words that deny without negating a word of their own: beside one, an affirmed predicate may be denied after all.
_NEGATIVE = (
    _REFUSALS
    | _DENIALS
    | frozenset(
        stem(word)
        for word in """absent avoid ban bar except exclude excluding false forbid independent insufficient
        invisible miss only other prevent prohibit refrain reject resist stop unlike against rule zero""".split()  # noqa: SIM905
    )
)

# Opposites, one pair of sides a line; every word of one side is the opposite of every word of the other.
_OPPOSITES = """
rise increase grow climb soar surge jump | fall decrease drop shrink slump plunge
support back favour endorse | oppose
accept approve | reject
win | lose
profit gain | loss
success | failure
successful | unsuccessful
before | after
above | below
more | less fewer
begin start | end finish
open | close shut
arrive | leave depart
guilty | innocent
convict | acquit
agree | disagree
import | export
buy purchase | sell
hire | fire dismiss sack
allow permit | ban prohibit forbid
legal | illegal
alive | dead
include | exclude
confirm | deny
possible | impossible
likely | unlikely
married | unmarried single
positive | negative
majority | minority
highest largest biggest | lowest smallest
better | worse
best | worst
strengthen | weaken
improve | worsen
praise | criticise criticize
expand | contract
optimistic | pessimistic
domestic | foreign
professional | amateur
male | female
protagonist | antagonist
"""


_RELATIONS = frozenset("before after above below more less fewer".split())  # noqa: SIM905


class _Opposite(NamedTuple):
    stems: frozenset[str]
    uninflected: frozenset[str]  # the words as listed, which can stand in for one another as they are


def _read_opposites(table: str) -> dict[str, _Opposite]:
    opposites: dict[str, _Opposite] = {}
    for line in table.strip().splitlines():
        left, right = (side.split() for side in line.split("|"))
        for side, other in ((left, right), (right, left)):
            for word in side:
                opposites[stem(word)] = _Opposite(frozenset(map(stem, other)), frozenset(other))
    return opposites


_OPPOSITE = _read_opposites(_OPPOSITES)

# Chosen on the tuning part of evidence_claims (python -m eval.tasks.differences), which holds few negations: 0.3
# catches 0.8 percent of the contradictions at 0.2 percent of false alarms, 0.5 catches 0.5 at 0.04.
_LEAST_OVERLAP = 0.35  # of the words around the predicate
_BESIDE = 0.25  # nearness of a negative word from which on it is heeded


class _Predicate(NamedTuple):
    """A content word, its place among the words, and the negation that covers it, if their number is odd."""

    word: Word
    at: int
    cue: Word | None

    @property
    def start(self) -> int:
        return self.cue.start if self.cue else self.word.start


class _Reading(NamedTuple):
    """A sentence with its words, and those of them that are plainly affirmed or denied."""

    text: str
    words: tuple[Word, ...]
    predicates: tuple[_Predicate, ...]


def compare_polarity(claim: str, evidence: str) -> list[Difference]:
    """The first predicate of the claim that the evidence denies, or affirms where the claim denies it.

    A predicate is a content word in surroundings that both sentences share. At most one difference is given,
    since one negation covers several words.
    """
    said = _read(evidence)
    asked = _read(claim)
    for predicate in asked.predicates:
        for rival, is_opposite in _contradicting(predicate, said.predicates):
            if _is_same_matter(asked, predicate, said, rival, is_opposite):
                return [_difference(claim, predicate, evidence, rival)]
    return []


def _contradicting(predicate: _Predicate, said: Sequence[_Predicate]) -> Iterator[tuple[_Predicate, bool]]:
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
    claim: _Reading, predicate: _Predicate, evidence: _Reading, rival: _Predicate, is_opposite: bool
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
    return not any(affirming.weights.get(negative, 0.0) >= _BESIDE for negative in _NEGATIVE)


def _is_turned_round(claim: _Reading, predicate: _Predicate, evidence: _Reading, rival: _Predicate) -> bool:
    """Whether the two say the same from both ends: "A sold it to B" and "B bought it from A"."""
    (before, after), (rival_before, rival_after) = _sides(claim, predicate), _sides(evidence, rival)
    if predicate.word.text.lower() in _RELATIONS and after[:1] != rival_after[:1]:
        return True
    return bool(set(before) & set(rival_after) or set(after) & set(rival_before))


def _sides(reading: _Reading, predicate: _Predicate) -> tuple[list[str], list[str]]:
    before = [word.stem for word in reading.words[: predicate.at] if word.is_content]
    return before, [word.stem for word in reading.words[predicate.at + 1 :] if word.is_content]


def _is_of_a_number(text: str, word: Word) -> bool:
    """Whether a word belongs to a number or a date: "more than 20", "before 2017"."""
    spans = [(quantity.start, quantity.end) for quantity in find_quantities(text)]
    spans += [(span.start, span.end) for span in find_dates(text, None)]
    return any(start <= word.start < end for start, end in spans)


def _read(text: str) -> _Reading:
    """Finds the negations and what they cover; two of them undo each other."""
    all_words = words(text)
    exempt = [match.span() for match in _NO_NEGATION.finditer(text)]
    covering: dict[int, list[Word]] = {}
    unsure: set[int] = set()
    for at, word in enumerate(all_words):
        if any(start <= word.start < end for start, end in exempt) or not _negates(text, all_words, at):
            continue
        if word.stem not in _REFUSALS | _DENIALS:  # those are verbs, to be affirmed or denied themselves
            unsure.add(at)
        covered = list(_covered(text, all_words, at))
        unsure.update(covered[1:])
        if covered and len(covering.get(at, [])) % 2 == 0:  # "did not deny" negates nothing further on
            covering.setdefault(covered[0], []).append(word)
    predicates = []
    for at, word in enumerate(all_words):
        negations = covering.get(at, [])
        if _is_predicate(word) and (negations or at not in unsure):
            predicates.append(_Predicate(word, at, negations[-1] if len(negations) % 2 else None))
    return _Reading(text, all_words, tuple(predicates))


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


def _difference(claim: str, predicate: _Predicate, evidence: str, rival: _Predicate) -> Difference:
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


def _fitting(claim: str, predicate: _Predicate, rival: _Predicate) -> str | None:
    """What the claim's words must become, where one word can be put in, taken out or replaced."""
    if predicate.word.stem != rival.word.stem:
        listed = predicate.word.text in _OPPOSITE[rival.word.stem].uninflected
        return rival.word.text if listed and rival.word.text in _OPPOSITE[predicate.word.stem].uninflected else None
    if predicate.cue is not None:
        taken_out = claim[predicate.cue.end : predicate.word.end].strip()
        return taken_out if predicate.cue.text.lower() in ("not", "never") else None
    before = re.search(r"(\w+)\s$", claim[: predicate.word.start])
    if rival.cue is not None and before and before[1].lower() in _AUXILIARIES:
        return f"not {predicate.word.text}"
    return None


_AUXILIARIES = frozenset("has have had is are was were will would can could should may might must did do does".split())  # noqa: SIM905
