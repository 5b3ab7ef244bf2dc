"""An offset into an article becomes the line and column of its file, where the article is the file's own text."""

import re
from bisect import bisect_right
from pathlib import Path, PurePath
from typing import NamedTuple
from urllib.parse import quote

from service.domain.article import Article
from service.domain.report import Review

_LINE_START = re.compile(r"\r\n|\r|\n")
_PLAIN = frozenset({".txt", ".text", ".md", ".markdown"})


class Reviewed(NamedTuple):
    """A review with the article that its offsets count in."""

    review: Review
    article: Article


class Place(NamedTuple):
    """A range in lines and columns, both from 1; the end column is behind the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


class Lines:
    """The lines of a text, to look offsets up in."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_START.finditer(text))]

    def place(self, start: int, end: int) -> Place:
        return Place(*self._at(start), *self._at(end))

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def has_lines(article: Article) -> bool:
    """True where the article is the text of its file or of standard input; a page or a PDF has other lines."""
    return article.source.startswith("stdin:") or PurePath(article.source).suffix.lower() in _PLAIN


def address(article: Article) -> str:
    """Where the article was read, as a reference: an address, or a path from the working folder if it lies there."""
    source = article.source
    if source.lower().startswith(("http://", "https://", "stdin:")):
        return quote(source, safe=":/?#[]@!$&'()*+,;=%~")
    path = Path(source)
    return quote(str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path))


def path_of(article: Article) -> str:
    """Where the article was read, for people: a path from the working folder if it lies there."""
    path = Path(article.source)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else article.source
