"""A claim's numbers, dates and places, beside a sentence's, tell whether the sentence says them of the same verb.

"The ban was imposed in 1996 and lifted in 2006" has every word of "The ban was lifted in 1996".
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from service.compare.known_names import is_place
from service.compare.mentions import CALENDAR
from service.compare.order import Match
from service.compare.surroundings import REPORTING
from service.compare.verbs import find_verb, is_finite
from service.compare.words import Word, words

_JOINT = re.compile(r"[;:]|,|\s[-–—]\s|\b(?:and|but|or|while|which|who|where|when|then|before|after|until)\b")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_AFTERWARDS = frozenset({"later", "earlier", "afterwards"})  # "a year later" is a date of its own
_WAYS = {"from": "to", "to": "from"}  # the other end of a move or a change


def is_said_apart(claim: str, sentence: str, at: int, said: Sequence[Match]) -> bool:
    """True where the sentence says a figure or a place of the claim of another verb, and has its own for the claim's.

    So it is where the two stand at other ends of a change: "from Paris to London". `at` is the sentence's offset in
    the text that `said` has its places in.
    """
    ours, theirs = words(claim), words(sentence)
    return any(
        _is_of_another_verb(claim, ours, place, sentence, theirs, at, said) or _is_other_end(ours, place, theirs)
        for place, value in enumerate(ours)
        if _kind(value)
    )


def _is_of_another_verb(
    claim: str, ours: Sequence[Word], place: int, sentence: str, theirs: Sequence[Word], at: int, said: Sequence[Match]
) -> bool:
    value, clause = ours[place], clause_of(claim, ours[place])
    verb = next((w for w in reversed(ours[:place]) if is_finite(w.text) and clause_of(claim, w) == clause), None)
    if verb is None:
        return False
    match = next((m for m in said if m.word.start == verb.start), None)
    if match is None and verb.stem in REPORTING:  # "the company put it at 8,000" says so without "said"
        match = next((m for m in reversed(said) if m.word.end < verb.start), None)
    if match is None:
        return False
    of_verb = {clause_of(sentence, other._replace(start=other.start - at)) for other in match.others}
    same = [word for word in theirs if word.stem == value.stem]
    own = {word.stem for word in ours}
    rivals = [word for word in theirs if _kind(word) == _kind(value) and word.stem not in own]
    return (
        bool(same)
        and not any(clause_of(sentence, word) in of_verb for word in same)
        and any(clause_of(sentence, word) in of_verb for word in rivals)
    )


def _is_other_end(ours: Sequence[Word], place: int, theirs: Sequence[Word]) -> bool:
    end = _before(ours, place)
    ends = {_before(theirs, other) for other, word in enumerate(theirs) if word.stem == ours[place].stem}
    there = ends.pop() if len(ends) == 1 else ""
    stays = end in ("in", "at") and _kind(ours[place]) == "place"  # "in 1983" is said by "from 1983 to 1988"
    if there not in _WAYS or not (end == _WAYS[there] or stays):
        return False
    return any(
        _before(theirs, other) == _WAYS[there] and _kind(word) == _kind(ours[place])
        for other, word in enumerate(theirs)
    )


def _before(all_words: Sequence[Word], place: int) -> str:
    return all_words[place - 1].text.lower() if place else ""


def _kind(word: Word) -> str | None:
    if word.text[0].isdigit():
        return "date" if _YEAR.fullmatch(word.text) else "number"
    if word.text.lower() in CALENDAR or word.text in _AFTERWARDS:
        return "date"
    return "place" if is_place(word.text) else None


def clause_of(text: str, word: Word) -> int:
    """The number of the clause that a word of the text stands in."""
    return sum(start <= word.start for start in _clause_starts(text))


@lru_cache(maxsize=1024)
def _clause_starts(text: str) -> tuple[int, ...]:
    """Where a clause begins after a joint; a piece without a verb is of the clause before it, or of the first."""
    joints = [match.start() for match in _JOINT.finditer(text)]
    starts, has_verb = [], find_verb(text, 0, joints[0] if joints else len(text)) is not None
    for start, end in pairwise([*joints, len(text)]):
        if find_verb(text, start, end) is None:
            continue
        if has_verb:
            starts.append(start)
        has_verb = True
    return tuple(starts)
