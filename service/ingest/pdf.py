"""A PDF becomes a page: its visible text, with the lines of a paragraph joined again."""

import io
import re
from collections.abc import Sequence
from typing import NamedTuple

import pypdf
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ArrayObject, TextStringObject

from service.domain.article import Page
from service.errors import EmptyPage, InputTooLarge, UnreadableFile
from service.ingest.blocks import read_dump
from service.ingest.hidden import remove_invisible

MAX_PAGES = 500
_INVISIBLE_MODES = frozenset({3, 7})  # text rendering modes that paint nothing (ISO 32000-1, 9.3.6)
_WHITE = 0.95  # of full light; the near-white of a hidden line is mostly 1
_TINY_POINTS = 1.5
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

Matrix = Sequence[float]


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


class _State(NamedTuple):
    mode: int = 0
    white: bool = False
    clear: bool = False
    device_colour: bool = True  # one number in a named colour space may be ink (1 is dark) or light
    size: float = 1.0


class _Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top


class _Painter:
    """Follows what hides text on one page (mode, colour, opacity, size, place) and blanks it before pypdf reads it.

    White text is seen where a darker rectangle was painted under it.
    """

    def __init__(self, box: _Box, clear_states: frozenset[str]) -> None:
        self.hidden = 0
        self._box = box
        self._clear_states = clear_states
        self._state = _State()
        self._stack: list[_State] = []
        self._path: list[_Box] = []
        self._dark: list[_Box] = []

    def operate(self, operator: bytes, operands: list[object], cm: Matrix, tm: Matrix) -> None:
        """Called by pypdf before each operator of the page, with the operands that it will then use."""
        if operator in (b"Tj", b"TJ", b"'", b'"') and operands:
            self._show(operands, cm, tm)
        elif operator == b"q":
            self._stack.append(self._state)
        elif operator == b"Q" and self._stack:
            self._state = self._stack.pop()
        elif operator == b"re":
            self._path.append(_transformed(_numbers(operands), cm))
        elif operator in (b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n", b"S", b"s"):
            if operator not in (b"n", b"S", b"s") and not self._state.white:
                self._dark += self._path
            self._path = []
        else:
            self._state = self._changed(operator, operands)

    def _changed(self, operator: bytes, operands: list[object]) -> _State:
        state, numbers = self._state, _numbers(operands)
        if operator == b"Tr" and numbers:
            return state._replace(mode=int(numbers[0]))
        if operator == b"Tf" and numbers:
            return state._replace(size=abs(numbers[-1]))
        if operator == b"gs" and operands:
            return state._replace(clear=str(operands[0]) in self._clear_states)
        if operator == b"cs" and operands:
            return state._replace(white=False, device_colour=str(operands[0]).startswith("/Device"))
        if operator in (b"g", b"rg", b"k"):
            return state._replace(white=_is_white(numbers), device_colour=True)
        if operator in (b"sc", b"scn"):
            return state._replace(white=_is_white(numbers) and (len(numbers) > 1 or state.device_colour))
        return state

    def _show(self, operands: list[object], cm: Matrix, tm: Matrix) -> None:
        parts = operands[-1] if isinstance(operands[-1], list) else operands[-1:]
        length = sum(len(part) for part in parts if isinstance(part, (str, bytes)))
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        size = self._state.size * max(abs(tm[0]), abs(tm[1])) * max(abs(cm[0]), abs(cm[1]))
        state = self._state
        unseen = (
            state.mode in _INVISIBLE_MODES
            or state.clear
            or size < _TINY_POINTS
            or (state.white and not any(box.holds(x, y) for box in self._dark))
            or not self._box._replace(left=self._box.left - length * size, bottom=self._box.bottom - size).holds(x, y)
        )
        if unseen:
            self.hidden += length
            operands[-1] = ArrayObject() if isinstance(operands[-1], list) else TextStringObject("")


def _read_pages(reader: pypdf.PdfReader) -> tuple[str, int]:
    if len(reader.pages) > MAX_PAGES:
        raise InputTooLarge(f"This PDF has more than {MAX_PAGES} pages. Split it.")
    pages, hidden = [], 0
    for page in reader.pages:
        left, bottom, right, top = (float(number) for number in page.cropbox)
        painter = _Painter(_Box(left, bottom, right, top), _clear_states(page))
        pages.append(page.extract_text(visitor_operand_before=painter.operate))
        hidden += painter.hidden
    return "\n\n".join(pages), hidden


def _clear_states(page: pypdf.PageObject) -> frozenset[str]:
    """The names of the graphics states that paint with no opacity."""
    resources = page.get("/Resources", {}).get_object()
    states = resources.get("/ExtGState", {})
    found = {name: state.get_object().get("/ca", 1) for name, state in states.get_object().items()} if states else {}
    return frozenset(name for name, opacity in found.items() if float(opacity) < 1 - _WHITE)


def _transformed(numbers: list[float], cm: Matrix) -> _Box:
    x, y, width, height = (numbers + [0.0] * 4)[:4]
    xs = sorted((x * cm[0] + y * cm[2] + cm[4], (x + width) * cm[0] + (y + height) * cm[2] + cm[4]))
    ys = sorted((x * cm[1] + y * cm[3] + cm[5], (x + width) * cm[1] + (y + height) * cm[3] + cm[5]))
    return _Box(xs[0], ys[0], xs[1], ys[1])


def _numbers(operands: list[object]) -> list[float]:
    return [float(operand) for operand in operands if isinstance(operand, (int, float))]


def _is_white(numbers: list[float]) -> bool:
    if len(numbers) == 4:  # inks
        return all(number <= 1 - _WHITE for number in numbers)
    return bool(numbers) and all(number >= _WHITE for number in numbers)


def join_lines(text: str) -> str:
    """Undoes the line breaks inside paragraphs, and the hyphens that a break put into words."""
    text = re.sub(r"[ \t]+\n", "\n", text)
    text = _HYPHEN_AT_LINE_END.sub("", text)
    return _LINE_INSIDE_PARAGRAPH.sub(" ", text)
