"""A claim that copies a sentence but for two pieces in each other's place says something else of both."""

from difflib import SequenceMatcher
from typing import NamedTuple

from service.compare.order import MUTUAL
from service.compare.words import Word, without_possessive, words

_JOINTS = frozenset("and or nor with".split())  # noqa: SIM905 - what stands on both sides of them may change places


class _Slot(NamedTuple):
    """Words of the sentence, and those that the claim has in their place; either may be none."""

    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    end: int  # place in the claim behind it


def is_exchanged(claim: str, sentence: str) -> bool:
    """True where two pieces of the sentence stand in each other's place in the claim, and what is between them is alike.

    They may do so around "and" ("Abe and Putin"), and around a verb that has no direction ("met").
    """
    ours = words(claim)
    slots = _slots([_plain(word) for word in words(sentence)], [_plain(word) for word in ours])
    return any(
        one.ours == other.theirs and one.theirs == other.ours and not _is_mutual(ours[one.end : other.end])
        for place, one in enumerate(slots)
        for other in slots[place + 1 :]
        if one.ours and one.theirs
    )


def _is_mutual(between: tuple[Word, ...]) -> bool:
    return any(word.stem in MUTUAL or word.text.lower() in _JOINTS for word in between)


def _slots(theirs: list[str], ours: list[str]) -> list[_Slot]:
    matcher = SequenceMatcher(None, theirs, ours, autojunk=False)
    return [
        _Slot(tuple(theirs[a:b]), tuple(ours[c:d]), d) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"
    ]


def _plain(word: Word) -> str:
    return without_possessive(word.text).lower()
