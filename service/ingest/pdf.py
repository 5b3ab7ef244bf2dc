"""A PDF becomes a page: its visible text, with the lines of a paragraph joined again."""

import io
import re
from typing import NamedTuple

import pypdf
from pypdf.errors import PdfReadError, PyPdfError

from service.domain.article import Page
from service.errors import EmptyPage, UnreadableFile
from service.ingest.blocks import read_dump

MAX_PAGES = 500
_INVISIBLE_MODES = frozenset({3, 7})  # text rendering modes that paint nothing (ISO 32000-1, 9.3.6)
_WHITE = 0.99
_TINY_POINTS = 1.5
_HYPHEN_AT_LINE_END = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_LINE_INSIDE_PARAGRAPH = re.compile(r"(?<=[^\n.!?:”\"])\n(?=[^\n])|(?<=[.!?:”\"])\n(?=[a-z])")


def read_pdf(content: bytes) -> Page:
    """Raises UnreadableFile for a broken or locked file, EmptyPage when no visible text is in it (a scan)."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile("This PDF is locked with a password. Save it without one.")
        seen, hidden = _read_pages(reader)
        meta = reader.metadata
        title, author = (meta.title, meta.author) if meta else (None, None)
    except (PdfReadError, PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        # pypdf meets broken objects with whatever Python raises on them.
        raise UnreadableFile("This PDF is damaged. Print it to a new PDF, or give its text as .txt.") from error
    except (RecursionError, MemoryError, OSError) as error:
        raise UnreadableFile("This PDF nests too deep to be read. Print it to a new PDF.") from error
    text = join_lines(seen)
    if not text.strip():
        raise EmptyPage("This PDF holds no text that can be seen. If it is a scan, run text recognition first.")
    page = read_dump(text)
    return page.model_copy(
        update={
            "title": title or page.title,
            "byline": author or page.byline,
            "hidden_chars": page.hidden_chars + hidden,
        }
    )


class _State(NamedTuple):
    mode: int = 0
    white: bool = False


class _VisibleText:
    """Collects one PDF page's text as pypdf walks over it, following what hides text: mode, colour and size."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.hidden = 0
        self._state = _State()
        self._stack: list[_State] = []

    def operate(self, operator: bytes, operands: list[object], *_matrices: object) -> None:
        if operator == b"q":
            self._stack.append(self._state)
        elif operator == b"Q" and self._stack:
            self._state = self._stack.pop()
        elif operator == b"Tr" and operands:
            self._state = self._state._replace(mode=int(float(str(operands[0]))))
        elif operator in (b"g", b"rg", b"k", b"sc", b"scn"):
            self._state = self._state._replace(white=_is_white(operator, operands))

    def take(self, text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        scale = abs(tm[0] or tm[1]) * abs(cm[0] or cm[1])
        unseen = self._state.mode in _INVISIBLE_MODES or self._state.white or size * scale < _TINY_POINTS
        if unseen and text.strip():
            self.hidden += len(text.strip())
            self.parts.append("\n")
        else:
            self.parts.append(text)


def _read_pages(reader: pypdf.PdfReader) -> tuple[str, int]:
    pages, hidden = [], 0
    for page in reader.pages[:MAX_PAGES]:
        text = _VisibleText()
        page.extract_text(visitor_operand_before=text.operate, visitor_text=text.take)
        pages.append("".join(text.parts))
        hidden += text.hidden
    return "\n\n".join(pages), hidden


def _is_white(op: bytes, args: list[object]) -> bool:
    try:
        numbers = [float(str(arg)) for arg in args]
    except ValueError:
        return False  # a pattern's name
    if op == b"k" or len(numbers) == 4:
        return all(n <= 1 - _WHITE for n in numbers)
    return bool(numbers) and all(n >= _WHITE for n in numbers)


def join_lines(text: str) -> str:
    """Undoes the line breaks inside paragraphs, and the hyphens that a break put into words."""
    text = re.sub(r"[ \t]+\n", "\n", text)
    text = _HYPHEN_AT_LINE_END.sub("", text)
    return _LINE_INSIDE_PARAGRAPH.sub(" ", text)
