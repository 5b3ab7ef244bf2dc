"""A page's markup becomes text, in the ways that people and programs strip it of its tags."""

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator

from lxml import etree, html

_DROPPED = set("head script style noscript template svg iframe video audio object".split())  # noqa: SIM905
_PARAGRAPHS = set("p h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre figure hr".split())  # noqa: SIM905
_LINES = set(
    """address article aside body caption dd details dialog div dt fieldset figcaption footer form header html
    legend li main menu nav section summary table tbody thead tfoot tr""".split()  # noqa: SIM905
)


def strip_tags(markup: str) -> str:
    """The text that copying the page would give: paragraphs end in an empty line, other blocks in a newline.

    As `innerText` does it (HTML standard, "rendered text collection steps"), without style sheets.
    """
    pieces: list[str | int] = []  # a number asks for so many line breaks; of neighbours the largest counts
    root = html.document_fromstring(markup)
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start" and not _is_hidden(element):
            pieces += [_breaks(element.tag), _collapse(element.text)]
            continue
        if event == "start":
            walk.skip_subtree()
        elif event == "end" and not _is_hidden(element):
            pieces += ["\n" if element.tag == "br" else "", _breaks(element.tag)]
        if event != "start" and element is not root:
            pieces.append(_collapse(element.tail))
    text = "".join(_laid_out(pieces))
    return re.sub(r" *\n *", "\n", re.sub(r"[ \t]+", " ", text)).strip()


def _laid_out(pieces: Iterable[str | int]) -> Iterator[str]:
    breaks = 0
    for piece in pieces:
        if isinstance(piece, int):
            breaks = max(breaks, piece)
        elif piece.strip(" ") or (piece and not breaks):
            yield "\n" * breaks + piece
            breaks = 0


def _collapse(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _breaks(tag: str) -> int:
    return 2 if tag in _PARAGRAPHS else 1 if tag in _LINES else 0


def _is_hidden(element: html.HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    hides = "display:none" in style or "visibility:hidden" in style or "hidden" in element.attrib
    return hides or element.tag in _DROPPED


def _without_empty_lines(markup: str) -> str:
    return re.sub(r"\n+", "\n", strip_tags(markup))


def _as_lynx(markup: str) -> str:
    """Indented, wrapped at 79 columns, with a bullet before every short line."""
    lines: list[str] = []
    for line in strip_tags(markup).split("\n"):
        indent = "     * " if 0 < len(line.split()) < 6 else "   "
        lines += textwrap.wrap(line, 79, initial_indent=indent, subsequent_indent=" " * len(indent)) or [""]
    return "\n".join(lines)


def _text_nodes(markup: str) -> list[str]:
    root = html.document_fromstring(markup)
    etree.strip_elements(root, *_DROPPED, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    return [str(text) for text in root.itertext()]


def _newline_a_tag(markup: str) -> str:
    """As BeautifulSoup's get_text("\\n", strip=True): a link breaks the sentence that it stands in."""
    return "\n".join(text.strip() for text in _text_nodes(markup) if text.strip())


def _no_separator(markup: str) -> str:
    """As BeautifulSoup's get_text(): what the markup had no white space between is glued."""
    return "".join(_text_nodes(markup))


DUMPS: dict[str, Callable[[str], str]] = {
    "copied from a browser": strip_tags,
    "without empty lines": _without_empty_lines,
    "as lynx prints it": _as_lynx,
    "a newline a tag": _newline_a_tag,
    "no separator": _no_separator,
}
