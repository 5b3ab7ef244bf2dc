"""Words of a text are replaced or added, and become a seed: the copy with its error, and where that stands."""

import random
import re
from collections.abc import Iterable
from datetime import date

from service.domain.base import Frozen


class Seed(Frozen):
    """Copy with one error at `text[start:end]`, and the same copy without it.

    `right` is what should stand there. `control` differs from `text` by the error alone: it is the article itself
    where the error was made in the article's own words, and has a consistent addition where it was not.
    `dated` is the day of the article, where the error needs one.
    """

    code: str
    how: str  # how the error was made: "vowel", "restated", "template"
    text: str
    start: int
    end: int
    right: str
    control: str
    dated: date | None = None


def replaced(code: str, how: str, text: str, span: tuple[int, int], wrong: str) -> Seed:
    """The text's own words at `span` become `wrong`."""
    start, end = span
    return Seed(
        code=code,
        how=how,
        text=text[:start] + wrong + text[end:],
        start=start,
        end=start + len(wrong),
        right=text[start:end],
        control=text,
    )


GAP = "\n\n"  # between paragraphs
_PARAGRAPH_END = re.compile(r"\n+")


def places_for(count: int, text: str, rng: random.Random) -> list[int]:
    """Offsets after paragraphs, in order, where `count` paragraphs can be added; the headline stays first."""
    ends = [*[m.start() for m in _PARAGRAPH_END.finditer(text)][1:], len(text)]
    return sorted(rng.choices(ends, k=count))


def with_paragraphs(text: str, added: Iterable[tuple[int, str]]) -> str:
    """The text with a paragraph after each offset; offsets are in order and count the text as it was."""
    parts, at = [], 0
    for offset, paragraph in added:
        parts += [text[at:offset], GAP, paragraph]
        at = offset
    return "".join([*parts, text[at:]])
