"""Notes in copy, "[desk: ...]" on lines of their own and what Markdown does not print, become blocks that are no part of the article."""

import re
from collections.abc import Iterator, Sequence

from service.domain.article import Block, Page, Section

Span = tuple[int, int]

_NOTE = re.compile(r"^[^\S\n]*(?P<note>\[desk:[^\[\]\n]*\])[^\S\n]*\r?$", re.IGNORECASE | re.MULTILINE)
# Comments, and the definitions that links refer to, which writers use for comments too: "[//]: # (...)".
_UNPRINTED = re.compile(
    r"(?P<note><!--(?:[^-]|-(?!->))*+(?:-->|\Z)|^ {0,3}\[[^\]\n]+\]:[^\S\n]+[^\s].*$)", re.MULTILINE
)


def find_notes(text: str, *, markdown: bool = False) -> tuple[Span, ...]:
    """Where the notes of a text are, in order."""
    matches = [*_NOTE.finditer(text), *(_UNPRINTED.finditer(text) if markdown else ())]
    return tuple(sorted(match.span("note") for match in matches))


def hide_notes(text: str, notes: Sequence[Span]) -> str:
    """The text with blanks in place of its notes, so that they do not tell on the layout around them."""
    for start, end in notes:
        text = text[:start] + re.sub(r"\S", " ", text[start:end]) + text[end:]
    return text


def mark_notes(page: Page, text: str, notes: Sequence[Span]) -> Page:
    """The page of `text`, read without its notes, with their blocks and letters put back in their places."""
    blocks = [Block(start=start, end=end, section=Section.NOTE) for start, end in notes]
    blocks += [part for block in page.blocks for part in _around(block, text, notes)]
    ordered = sorted(blocks, key=lambda block: block.start)
    return page.model_copy(update={"text": text, "blocks": tuple(ordered)}) if notes else page


def _around(block: Block, text: str, notes: Sequence[Span]) -> Iterator[Block]:
    """What is left of a block around the notes inside it."""
    inside = [note for note in notes if block.start <= note[0] and note[1] <= block.end]
    for start, end in zip(
        [block.start, *(end for _, end in inside)], [*(start for start, _ in inside), block.end], strict=True
    ):
        part = text[start:end]
        if part.strip():
            begun = start + len(part) - len(part.lstrip())
            yield block.model_copy(update={"start": begun, "end": begun + len(part.strip())})


def tell_notes(page: Page) -> Page:
    """The page with each block that is one note told apart; for files whose paragraphs are their blocks."""
    blocks = [
        block.model_copy(update={"section": Section.NOTE})
        if _NOTE.fullmatch(page.text[block.start : block.end])
        else block
        for block in page.blocks
    ]
    return page.model_copy(update={"blocks": tuple(blocks)})
