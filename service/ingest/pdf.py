"""A PDF becomes a page: its visible text, with the lines of a paragraph joined again."""

import io
import re
from functools import partial

import pypdf
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import DictionaryObject

from service.domain.article import Page
from service.errors import EmptyPage, InputTooLarge, UnreadableFile
from service.ingest.blocks import read_dump
from service.ingest.geometry import Box
from service.ingest.hidden import remove_invisible
from service.ingest.layers import hidden_groups
from service.ingest.painter import Painter

MAX_PAGES = 500
_HYPHEN_AT_LINE_END = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_LINE_INSIDE_PARAGRAPH = re.compile(r"(?<=[^\n.!?:”\"])\n(?=[^\n])|(?<=[.!?:”\"])\n(?=[a-z])")
# What pypdf raises on broken objects, beside its own errors.
_BROKEN = (
    PyPdfError,
    DependencyError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
    OSError,
)


def read_pdf(content: bytes) -> Page:
    """Raises UnreadableFile for a broken or locked file, InputTooLarge for one of over 500 pages, and
    EmptyPage when no visible text is in it (a scan)."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile("This PDF is locked with a password. Save it without one.")
        seen, hidden = _read_pages(reader)
        meta = reader.metadata
        title, author = (meta.title, meta.author) if meta else (None, None)
    except _BROKEN as error:
        raise UnreadableFile("This PDF is damaged. Print it to a new PDF, or give its text as .txt.") from error
    text, invisible = remove_invisible(join_lines(seen))
    if not text.strip():
        raise EmptyPage("This PDF holds no text that can be seen. If it is a scan, run text recognition first.")
    page = read_dump(text)
    return page.model_copy(
        update={
            "title": title or page.title,
            "byline": author or page.byline,
            "hidden_chars": page.hidden_chars + hidden + invisible,
        }
    )


def _read_pages(reader: pypdf.PdfReader) -> tuple[str, int]:
    if len(reader.pages) > MAX_PAGES:
        raise InputTooLarge(f"This PDF has more than {MAX_PAGES} pages. Split it.")
    off = hidden_groups(reader.root_object)
    pages = [_read_page(page, off) for page in reader.pages]
    return "\n\n".join(text for text, _ in pages), sum(hidden for _, hidden in pages)


def _read_page(page: pypdf.PageObject, off: frozenset[int]) -> tuple[str, int]:
    """The page's text, read once more where something was painted over words that stood before it."""
    left, bottom, right, top = (float(number) for number in page.cropbox)
    painter = partial(
        Painter, Box(left, bottom, right, top), page.get("/Resources", DictionaryObject()).get_object(), off
    )
    first = painter()
    text = _extract(page, first)
    if not first.found_covered:
        return text, first.hidden
    second = painter(frozenset(first.found_covered))
    return _extract(page, second), second.hidden


def _extract(page: pypdf.PageObject, painter: Painter) -> str:
    return page.extract_text(visitor_operand_before=painter.before, visitor_operand_after=painter.after)


def join_lines(text: str) -> str:
    """Undoes the line breaks inside paragraphs, and the hyphens that a break put into words."""
    text = re.sub(r"[ \t]+\n", "\n", text)
    text = _HYPHEN_AT_LINE_END.sub("", text)
    return _LINE_INSIDE_PARAGRAPH.sub(" ", text)
