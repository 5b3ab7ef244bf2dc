"""The text of a page, with no markup, becomes a Page whose every block has its section."""

import re
from collections import Counter
from collections.abc import Sequence

from service.domain.article import Block, Page, Section
from service.errors import EmptyPage
from service.ingest.furniture import Kind, read_kinds, word_count
from service.ingest.header import Header, read_header
from service.ingest.language import detect_language
from service.ingest.lines import Line, cut_lines
from service.ingest.sections import label_lines
from service.ingest.segment import Extent, find_article

_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")  # no database takes a NUL or half of a surrogate pair
_MOSTLY = 0.8  # share of a text's words
_FEW = 3  # lines without prose that are still an article: a claim, or a headline on its own
_OF_PAGES = {Kind.FURNITURE, Kind.RELATED_MARK, Kind.COMMENT_MARK, Kind.TEASER}


def read_dump(text: str) -> Page:
    """Reads a copied page, an article in plain text or Markdown, or a single paragraph.

    The page's text is the given one without NULs and lone surrogates; offsets count its code points.
    `published` is a date that the page states as the article's own, else None.
    Raises EmptyPage when there is nothing to read.
    """
    text = _UNSTORABLE.sub("", text)
    lines = cut_lines(text)
    if not lines:
        raise EmptyPage("The text holds no characters but white space. Hand in the text of an article.")
    kinds = read_kinds(lines)
    extent = _extent(lines, kinds)
    header = read_header(lines, kinds, extent.article) if extent.article else Header(None, 0, None, None)
    sections = label_lines(lines, kinds, header, extent)
    blocks = tuple(
        Block(start=line.start, end=line.end, section=section)
        for line, section in zip(lines, sections, strict=True)
        if section is not None
    )
    title = None if header.headline is None else lines[header.headline].text
    return Page(
        text=text,
        blocks=blocks,
        title=title,
        byline=header.byline,
        published=header.published,
        site=_site(lines, title),
        language=detect_language(_sample(text, blocks)),
    )


def _extent(lines: Sequence[Line], kinds: Sequence[Kind]) -> Extent:
    extent = find_article(lines, kinds)
    if _OF_PAGES.isdisjoint(kinds) and _is_plain(lines, extent.article):
        return Extent(range(len(lines)), len(lines))
    return extent


def _is_plain(lines: Sequence[Line], article: range) -> bool:
    """Whether the article, found by its prose, is nearly all there is: its lists and scores belong to it too.

    A page in a language whose menus we cannot read holds many short lines beside its article.
    """
    if not article:
        return len(lines) <= _FEW
    counts = [word_count(line.text) for line in lines]
    inside = sum(counts[article.start : article.stop])
    return inside >= _MOSTLY * sum(counts) and len(article) * 2 > len(lines)


def _site(lines: Sequence[Line], title: str | None) -> str | None:
    """The site's name, where the page's title is printed once more with it: "Headline - The Gazette"."""
    if title is None:
        return None
    suffix = re.compile(re.escape(title) + r"\s+[-|–—]\s+(\S.{0,38}\S)")
    names = Counter(match[1] for line in lines if (match := suffix.fullmatch(line.text)))
    return next(iter(names)) if len(names) == 1 else None


def _sample(text: str, blocks: Sequence[Block]) -> str:
    body = [text[b.start : b.end] for b in blocks if b.section is Section.BODY]
    return "\n".join(body or (text[b.start : b.end] for b in blocks))
