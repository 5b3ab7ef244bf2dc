"""Pieces of a document, each with its section, become one canonical text and its blocks."""

from collections.abc import Sequence

from service.domain.article import Block, Section

Piece = tuple[Section, str]


def join_pieces(pieces: Sequence[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The canonical text of some pieces, one line each with a blank line between, and their blocks."""
    blocks, at = [], 0
    for section, line in pieces:
        blocks.append(Block(start=at, end=at + len(line), section=section))
        at += len(line) + 2
    return "\n\n".join(line for _, line in pieces), tuple(blocks)
