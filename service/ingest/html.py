"""An HTML page becomes a Page: what its reader sees of the article, each block with its section."""

import re
from collections.abc import Iterator
from datetime import date

import trafilatura
from lxml import etree, html
from trafilatura.settings import Document as Extract

from service.domain.article import Page, Section
from service.errors import EmptyPage, UnreadableFile
from service.ingest.hidden import remove_hidden, remove_invisible
from service.ingest.language import detect_language
from service.ingest.pieces import Piece, join_pieces

SHORTEST_CAPTION = 4  # words; shorter ones are credits: "Reuters", "File photo"
MOST_ATTRIBUTES = 2_000  # libxml2 compares each with all before it: 500,000 of them took it 1,500 s

_BLOCKS = frozenset({"p", "head", "item", "row", "quote", "list", "table", "code", "div"})
_BREAKS = frozenset({"br", "p", "div", "li"})
_APART = re.compile(r"related|recommend|promo|sidebar|newsletter|most-(?:read|popular)|teaser", re.IGNORECASE)
_APART_TAGS = frozenset({"aside", "nav", "footer"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EMPTY_LINE = re.compile(r"(?:<br\s*+/?+>\s*+){2,}+", re.IGNORECASE)
_VALUE = r"""\s*+=\s*+(?:"[^"]*+"?+|'[^']*+'?+|[^\s>]*+)"""
_FLOOD = re.compile(
    rf"(?P<flood><[a-z][a-z0-9:-]*+[\s/]++(?:[^\s/>=]++(?:{_VALUE})?+[\s/]*+){{{MOST_ATTRIBUTES}}})"
    r"|<(script|style)\b(?:[^<]++|<(?!/\2))*+",
    re.IGNORECASE,
)


def read_html(text: str, url: str | None = None) -> Page:
    """Headline, captions, body and readers' comments, joined by blank lines; line breaks in a block are spaces.

    `text` may be a fragment. Raises EmptyPage, and UnreadableFile for markup that no parser can take.
    """
    tree = _parse(text)
    language = _declared_language(tree)
    hidden_chars = remove_hidden(tree)
    etree.strip_attributes(tree, "style")  # trafilatura reads some styles too, and drops without a count
    captions = _captions(tree)
    extract = trafilatura.bare_extraction(
        tree,
        url=url,
        with_metadata=True,
        # The wide search takes any date on the page, a teaser's too.
        date_extraction_params={"original_date": True, "extensive_search": False, "url": url},
    )
    if not isinstance(extract, Extract):
        raise EmptyPage("No article was found in this page. Check that its text is in the HTML, not in scripts.")
    title = _title(extract)
    pieces, invisible = _clean(_pieces(title, captions, extract))
    joined, blocks = join_pieces(pieces)
    return Page(
        text=joined,
        blocks=blocks,
        title=title,
        byline=_line(extract.author),
        published=date.fromisoformat(extract.date) if extract.date else None,
        site=_line(extract.sitename),
        language=language or detect_language(joined),
        url=extract.url or url,
        hidden_chars=hidden_chars + invisible,
    )


def _parse(text: str) -> html.HtmlElement:
    if any(match["flood"] for match in _FLOOD.finditer(text)):
        raise UnreadableFile(f"A tag of this page has over {MOST_ATTRIBUTES} attributes. Give its text as .txt.")
    # An empty line made of line breaks parts paragraphs; trafilatura would glue them together.
    markup = _EMPTY_LINE.sub("<p>", _CONTROL.sub("", text))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = html.document_fromstring(markup.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise EmptyPage("This page is empty. Check that its text is in the HTML, not in scripts.") from error
    if any("depth" in entry.message for entry in parser.error_log):
        raise UnreadableFile("The tags of this page nest too deep to be read. Give its text as .txt.")
    return tree


def _declared_language(tree: html.HtmlElement) -> str | None:
    match = re.match(r"([a-z]{2})(?:[-_]|$)", (tree.get("lang") or tree.get("xml:lang") or "").strip().lower())
    return match[1] if match else None


def _title(extract: Extract) -> str | None:
    """The title as the reader sees it: the page's own heading where <title> is that and the site's name."""
    title = _line(extract.title)
    for head in extract.body.iter("head"):
        heading = _line("".join(str(part) for part in head.itertext()))
        if title and heading and head.get("rend") == "h1" and heading in title:
            return heading
    return title


def _captions(tree: html.HtmlElement) -> dict[str | None, list[Piece]]:
    """Captions by the key of the paragraph that follows them; None for those with none after them."""
    found: dict[str | None, list[Piece]] = {}
    waiting: list[Piece] = []
    for element in tree.iter("figcaption", "p", "h2", "h3", "li"):
        text = _text_of(element)
        if element.tag == "figcaption":
            if len(text.split()) >= SHORTEST_CAPTION:
                waiting.append((Section.RELATED if _is_apart(element) else Section.CAPTION, text))
        elif waiting and text and next(element.iterancestors("figure"), None) is None:
            found.setdefault(_key(text), []).extend(waiting)
            waiting = []
    if waiting:
        found[None] = waiting
    return found


def _text_of(element: etree._Element) -> str:
    """The text of an element in one line; words on two sides of a line break do not grow together."""
    parts: list[str] = []
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        parts.append(" " if inner.tag in _BREAKS else "")
        parts.append((inner.text if event == "start" else inner.tail if inner is not element else "") or "")
    return " ".join("".join(parts).split())


def _is_apart(element: etree._Element) -> bool:
    return any(
        parent.tag in _APART_TAGS or _APART.search(f"{parent.get('class')} {parent.get('id')}")
        for parent in element.iterancestors()
        if parent.tag not in ("html", "body")
    )


def _pieces(title: str | None, captions: dict[str | None, list[Piece]], extract: Extract) -> Iterator[Piece]:
    body = [piece for element in extract.body for piece in _block_pieces(element)]
    keys = {_key(text) for _, text in body}
    # Captions whose next paragraph is not in the article stand before its first one: lead pictures mostly do.
    loose = [piece for key, group in captions.items() if key is not None and key not in keys for piece in group]
    if title:
        yield Section.HEADLINE, title
    yield from loose
    words = _squeeze(" ".join(text for section, text in body if section is not Section.QUOTE))
    for section, text in body:
        yield from captions.pop(_key(text), ())
        # Only a quotation that repeats the body is a pull quote; one that stands for itself is body.
        yield (Section.BODY if section is Section.QUOTE and _squeeze(text) not in words else section), text
    yield from captions.get(None, ())
    for element in extract.commentsbody if extract.commentsbody is not None else ():
        yield from ((Section.COMMENT, text) for _, text in _block_pieces(element))


def _block_pieces(root: etree._Element) -> Iterator[Piece]:
    """Cuts an element into its innermost blocks; a row of a table is one block."""
    section, quotes = Section.BODY, 0
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in _BLOCKS and not _is_in_row(element):
            if line := " ".join("".join(parts).split()):
                yield section, line
            parts = []
            quotes += (1 if event == "start" else -1) if element.tag == "quote" else 0
            section = Section.QUOTE if quotes else Section.BODY
            if event == "start" and element.tag == "head":
                section = Section.SUBHEAD
        elif event == "start" and element.tag in ("lb", "cell", "p"):
            parts.append(" ")
        parts.append((element.text if event == "start" else element.tail if element is not root else "") or "")
    if line := " ".join("".join(parts).split()):
        yield section, line


def _is_in_row(element: etree._Element) -> bool:
    return next(element.iterancestors("row"), None) is not None


def _clean(pieces: Iterator[Piece]) -> tuple[list[Piece], int]:
    """Takes out invisible characters, and lines that only repeat the headline or a caption.

    A paragraph of the body that stands twice stays: that is a finding for the review.
    """
    seen: set[str] = set()
    kept, invisible = [], 0
    for section, text in pieces:
        visible, count = remove_invisible(text)
        line = " ".join(visible.split())
        invisible += count
        if line and line not in seen:
            kept.append((section, line))
            if section in (Section.HEADLINE, Section.CAPTION, Section.RELATED):
                seen.add(line)
    return kept, invisible


def _squeeze(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _key(text: str) -> str:
    return _squeeze(text[:200])[:60]


def _line(text: str | None) -> str | None:
    return (" ".join(remove_invisible(text)[0].split()) or None) if text else None
