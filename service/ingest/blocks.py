"""The text of a page, with no markup, becomes a Page whose every block has its section."""

import re
from collections import Counter
from collections.abc import Sequence

from service.domain.article import Block, Page, Section
from service.errors import EmptyPage
from service.ingest.furniture import Kind, find_teasers, read_kinds
from service.ingest.header import Header, read_header
from service.ingest.language import detect_language
from service.ingest.lines import Line, cut_lines
from service.ingest.plain import read_copy
from service.ingest.sections import label_lines
from service.ingest.segment import Extent, find_article

_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")  # no database takes a NUL or half of a surrogate pair


def read_dump(text: str) -> Page:
    """Reads a copied page, an article in plain text or Markdown, or a single paragraph.

    The page's text is the given one without NULs and lone surrogates; offsets count its code points.
    `published` is a date that the page states as the article's own, or that of its last update, else None.
    Raises EmptyPage when there is nothing to read.
    """
    text = _UNSTORABLE.sub("", text)
    lines = cut_lines(text)
    if not lines:
        raise EmptyPage("The text holds no characters but white space. Hand in the text of an article.")
    kinds = read_kinds(lines)
    kinds, extent = read_copy(lines, kinds) or _read_page(lines, find_teasers(lines, kinds))
    header = (
        read_header(lines, kinds, extent) if extent.article else Header(None, 0, None, None, published_inferred=False)
    )
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
        published_inferred=header.published_inferred,
        site=_site(lines, title),
        language=detect_language(_sample(text, blocks)),
    )


def _read_page(lines: Sequence[Line], kinds: list[Kind]) -> tuple[list[Kind], Extent]:
    return kinds, find_article(lines, kinds)


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
