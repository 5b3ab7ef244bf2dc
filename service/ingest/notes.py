"""The desk's notes in its copy, "[desk: ...]" on lines of their own, become blocks that are no part of the article."""

import re

from service.domain.article import Block, Page, Section

_NOTE = re.compile(r"^[^\S\n]*(?P<note>\[desk:[^\[\]\n]*\])[^\S\n]*\r?$", re.IGNORECASE | re.MULTILINE)


def hide_notes(text: str) -> str:
    """The text with blanks in place of its notes, so that they do not tell on the layout around them."""
    return _NOTE.sub(lambda match: re.sub(r"\S", " ", match.group()), text)


def mark_notes(page: Page, text: str) -> Page:
    """The page of `text`, read without its notes, with their blocks and letters put back in their places."""
    notes = tuple(
        Block(start=match.start("note"), end=match.end("note"), section=Section.NOTE) for match in _NOTE.finditer(text)
    )
    blocks = sorted((*page.blocks, *notes), key=lambda block: block.start)
    return page.model_copy(update={"text": text, "blocks": tuple(blocks)}) if notes else page


def tell_notes(page: Page) -> Page:
    """The page with each block that is one note told apart; for files whose paragraphs are their blocks."""
    blocks = [
        block.model_copy(update={"section": Section.NOTE})
        if _NOTE.fullmatch(page.text[block.start : block.end])
        else block
        for block in page.blocks
    ]
    return page.model_copy(update={"blocks": tuple(blocks)})
