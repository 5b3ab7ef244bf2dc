"""Two quotations become how their words relate: the same, changed on the way, or two."""

import re
from difflib import SequenceMatcher
from enum import StrEnum

from service.compare.words import words

# What an editor adds to a quotation, or leaves out of it, and shows: [the minister], (sic), "we will ... win".
_EDITED = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_LEFT_OUT = re.compile(r"\.\.\.|…|\. \. \.")
# Of the words between the first and the last that two quotations share. Below it they share a turn of phrase: see
# tests/cases/review_quotes.jsonl.
ALIKE = 0.75
LEAST_SHARED = 5  # words


class Wording(StrEnum):
    """How two quotations relate."""

    SAME = "same"  # word for word, or one is a piece of the other
    CHANGED = "changed"
    DIFFERENT = "different"


def compare_wording(first: str, second: str) -> Wording:
    """How the words of two quotations relate, whatever their capitals and punctuation.

    What one has before the other's first shared word, or behind the last, was cut and not changed; and where
    words are shown to be left out, or put in by the editor, nothing can be said of them.
    """
    if _LEFT_OUT.search(first) or _LEFT_OUT.search(second):
        return Wording.DIFFERENT
    a, b = _words(first), _words(second)
    blocks = [m for m in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks() if m.size]
    shared = sum(block.size for block in blocks)
    if shared < LEAST_SHARED:
        return Wording.DIFFERENT
    begin, end = blocks[0], blocks[-1]
    inside = max(end.a + end.size - begin.a, end.b + end.size - begin.b)
    if shared == inside:
        return Wording.SAME if min(len(a), len(b)) == shared else Wording.DIFFERENT
    is_whole = shared >= ALIKE * min(len(a), len(b))
    return Wording.CHANGED if is_whole and shared >= ALIKE * inside else Wording.DIFFERENT


def _words(text: str) -> list[str]:
    return [word.text.casefold().replace("’", "'") for word in words(_EDITED.sub(" ", text))]
