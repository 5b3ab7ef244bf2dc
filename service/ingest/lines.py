"""A text becomes its lines, with hard-wrapped paragraphs put together again and Markdown markers set apart."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

NEWLINE = re.compile(r"[\r\n\v\f\x85\u2028\u2029]")
_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_EMPTY_LINE = re.compile(r"(?:\r\n|[\r\n\x85\u2028\u2029])[^\S\r\n]*[\r\n\v\f\x85\u2028\u2029]|[\v\f]")
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_QUOTE = re.compile(r"(?:>\s?)+(?=\S)")
_IMAGE = re.compile(r"(!\[)([^\]\n]*)(\]\([^)\n]*\))")
# Mail and plain-text archives wrap at 65 to 80 columns; shorter lines are more likely a list.
_NARROWEST, _WIDEST = 45, 100


class Mark(StrEnum):
    """What Markdown says of a line."""

    NONE = "none"
    HEADING = "heading"
    QUOTE = "quote"
    IMAGE = "image"  # the line is an image's description
    MARKER = "marker"  # the line is Markdown's own signs


class Line(NamedTuple):
    """A line that shows something, or a paragraph that was wrapped: `text` is the page's text[start:end]."""

    start: int
    end: int
    text: str
    mark: Mark = Mark.NONE


def cut_lines(text: str) -> list[Line]:
    """The lines of a text, stripped, in order; together they hold every character that is not white space."""
    return [part for line in _unwrapped(text) for part in _markdown_parts(line)]


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether a paragraph was broken over these lines by its width rather than by its writer.

    Every break must be where the next word would not have fitted, and half of the lines
    must go on in lower case: a list of headlines does neither.
    """
    width = max(len(line) for line in lines)
    if len(lines) < 2 or not _NARROWEST <= width <= _WIDEST:
        return False
    full = all(len(line) + 1 + len(after.split(None, 1)[0]) > width for line, after in pairwise(lines))
    lower = sum(line[0].islower() for line in lines[1:])
    return full and lower * 2 >= len(lines) - 1


def _unwrapped(text: str) -> Iterator[Line]:
    group: list[Line] = []
    for match in _LINE.finditer(text):
        stripped = match.group().strip()
        if not stripped:
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        line = Line(start, start + len(stripped), stripped)
        if group and _EMPTY_LINE.search(text, group[-1].end, line.start):
            yield from _joined(text, group)
            group = []
        group.append(line)
    yield from _joined(text, group)


def _joined(text: str, group: list[Line]) -> list[Line]:
    if len(group) > 1 and is_wrapped([line.text for line in group]):
        start, end = group[0].start, group[-1].end
        return [Line(start, end, text[start:end])]
    return group


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
