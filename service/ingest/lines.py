"""A text becomes its lines, with broken paragraphs put together again and Markdown markers set apart."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from service.ingest.paragraphs import find_column, paragraph_ends

NEWLINE = re.compile(r"[\r\n\v\f\x85\u2028\u2029]")
_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_EMPTY_LINE = re.compile(r"(?:\r\n|\r(?!\n)|[\n\x85\u2028\u2029])[^\S\r\n]*[\r\n\v\f\x85\u2028\u2029]|[\v\f]")
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_QUOTE = re.compile(r"(?:>\s?)+(?=\S)")
_IMAGE = re.compile(r"(!\[)([^\]\n]*)(\]\([^)\n]*\))")


class Mark(StrEnum):
    """What Markdown says of a line."""

    NONE = "none"
    HEADING = "heading"
    QUOTE = "quote"
    IMAGE = "image"  # the line is an image's description
    MARKER = "marker"  # the line is Markdown's own signs


class Line(NamedTuple):
    """A line that shows something, or a paragraph that was broken: `text` is the page's text[start:end]."""

    start: int
    end: int
    text: str
    mark: Mark = Mark.NONE


def cut_lines(text: str) -> list[Line]:
    """The lines of a text, stripped, in order; together they hold every character that is not white space."""
    groups = _groups(text)
    column = find_column([[line.text for line in group] for group in groups])
    paragraphs = (line for group in groups for line in _joined(text, group, column))
    return [part for line in paragraphs for part in _markdown_parts(line)]


def _groups(text: str) -> list[list[Line]]:
    """The lines that show something, in groups with no empty line within."""
    groups: list[list[Line]] = []
    for match in _LINE.finditer(text):
        stripped = match.group().strip()
        if not stripped:
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        line = Line(start, start + len(stripped), stripped)
        if not groups or _EMPTY_LINE.search(text, groups[-1][-1].end, line.start):
            groups.append([])
        groups[-1].append(line)
    return groups


def _joined(text: str, group: Sequence[Line], column: int | None) -> Iterator[Line]:
    """The group's paragraphs, where lines were broken by a width or at links; else its lines."""
    texts = [line.text for line in group]
    first = 0
    for last in (*paragraph_ends(texts, column), len(group) - 1):
        if last >= first:
            start, end = group[first].start, group[last].end
            yield Line(start, end, text[start:end])
            first = last + 1


def _markdown_parts(line: Line) -> Iterator[Line]:
    image = _IMAGE.fullmatch(line.text)
    opening = _HEADING.match(line.text) or _QUOTE.match(line.text)
    if image:
        marks = (Mark.MARKER, Mark.IMAGE, Mark.MARKER)
        yield from (_part(line, *image.span(n), mark) for n, mark in enumerate(marks, 1) if image.group(n).strip())
    elif opening:
        mark = Mark.HEADING if opening.re is _HEADING else Mark.QUOTE
        yield _part(line, 0, opening.end(), Mark.MARKER)
        yield _part(line, opening.end(), len(line.text), mark)
    else:
        yield line


def _part(line: Line, start: int, end: int, mark: Mark) -> Line:
    cut = line.text[start:end]
    start += len(cut) - len(cut.lstrip())
    cut = cut.strip()
    return Line(line.start + start, line.start + start + len(cut), cut, mark)
