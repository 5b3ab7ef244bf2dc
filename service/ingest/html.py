"""An HTML page becomes a page: what its reader sees of the article, with each block's section."""

from collections.abc import Iterator
from datetime import date

import trafilatura
from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document as Extract

from service.domain.article import Block, Page, Section
from service.errors import EmptyPage, UnreadableFile
from service.ingest.hidden import remove_hidden, remove_invisible

_SECTIONS = {"head": Section.SUBHEAD, "quote": Section.QUOTE}
SHORTEST_CAPTION = 4  # words; shorter ones are credits: "Reuters", "File photo"
Piece = tuple[Section, str]


def read_html(content: bytes | str, url: str | None = None) -> Page:
    """Title, captions, body and readers' comments, joined by blank lines. Raises EmptyPage, UnreadableFile."""
    tree = trafilatura.load_html(content)
    if tree is None:
        raise UnreadableFile("This is not an HTML page. Save the page again, or give its text as .txt.")
    published = _published(tree, url)
    language = (tree.get("lang") or tree.get("xml:lang") or "")[:2].lower() or None
    hidden_chars = remove_hidden(tree)
    captions = list(_captions(tree))
    extract = trafilatura.bare_extraction(tree, url=url, with_metadata=True, include_tables=False)
    if not isinstance(extract, Extract):
        raise EmptyPage("No article was found in this page. Check that its text is in the HTML, not in scripts.")
    pieces, invisible = _clean(_pieces(extract, captions))
    text, blocks = _join(pieces)
    return Page(
        text=text,
        blocks=blocks,
        title=_line(extract.title),
        byline=_line(extract.author),
        published=published,
        site=_line(extract.sitename),
        language=language,
        url=extract.url or url,
        hidden_chars=hidden_chars + invisible,
    )


def _published(tree: HtmlElement, url: str | None) -> date | None:
    """The stated date. The wide search is off: it takes any date on the page, a teaser's too."""
    found = find_date(tree, extensive_search=False, original_date=True, outputformat="%Y-%m-%d", url=url)
    return date.fromisoformat(found) if found else None


def _captions(tree: HtmlElement) -> Iterator[str]:
    for caption in tree.iter("figcaption"):
        text = " ".join(caption.text_content().split())
        if len(text.split()) >= SHORTEST_CAPTION:
            yield text


def _pieces(extract: Extract, captions: list[str]) -> Iterator[Piece]:
    if extract.title:
        yield Section.HEADLINE, extract.title
    for caption in captions:
        yield Section.CAPTION, caption
    for element in extract.body:
        section = _SECTIONS.get(str(element.tag), Section.BODY)
        parts = element.iter("item") if element.tag == "list" else [element]
        for part in parts:
            yield section, _text(part)
    for element in extract.commentsbody if extract.commentsbody is not None else ():
        yield Section.COMMENT, _text(element)


def _clean(pieces: Iterator[Piece]) -> tuple[list[Piece], int]:
    """One line a piece, each text once: a caption is often repeated, and a title stands above the body again."""
    seen: set[str] = set()
    kept, invisible = [], 0
    for section, text in pieces:
        visible, count = remove_invisible(text)
        line = " ".join(visible.split())
        invisible += count
        if line and line not in seen:
            seen.add(line)
            kept.append((section, line))
    return kept, invisible


def _join(pieces: list[Piece]) -> tuple[str, tuple[Block, ...]]:
    blocks, parts, at = [], [], 0
    for section, line in pieces:
        blocks.append(Block(start=at, end=at + len(line), section=section))
        parts.append(line)
        at += len(line) + 2
    return "\n\n".join(parts), tuple(blocks)


def _text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None
