"""A paragraph of a Word document becomes the text that its reader sees, and the number of characters that are not seen."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from docx.document import Document
from docx.oxml.ns import nsmap, qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from service.ingest.colour import Colour, are_alike, colour_of
from service.ingest.hidden import remove_invisible

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_REMOVED = frozenset({qn("w:del"), qn("w:moveFrom")})  # tracked changes, which a reader sees as made
_HIDING = ("w:vanish", "w:webHidden", "w:specVanish")
_OFF = frozenset({"0", "false", "off"})
_PAPER: Colour = (255, 255, 255)
_LIGHT_THEMES = frozenset({"background1", "light1"})
_HIGHLIGHTS = {
    "black": "#000000", "blue": "#0000ff", "cyan": "#00ffff", "green": "#00ff00", "magenta": "#ff00ff",
    "red": "#ff0000", "yellow": "#ffff00", "white": "#ffffff", "darkBlue": "#000080", "darkCyan": "#008080",
    "darkGreen": "#008000", "darkMagenta": "#800080", "darkRed": "#800000", "darkYellow": "#808000",
    "darkGray": "#808080", "lightGray": "#c0c0c0",
}  # fmt: skip
_MOST_STYLES = 20  # that are based on each other; a ring of them has no end

# Below or beyond these nothing can be read. In half-points, per cent, twentieths of a point and half-points.
_TINY, _NARROW, _OVERLAID, _FAR_RAISED = 4, 10, -120, 400
_FAR_TWIPS = -5_000  # three and a half inches to the left of the page's margin, or above
_FLAT_TWIPS = 40  # the exact height of a line


class Visibility:
    """What one document's styles and properties let a reader see."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def _defaults(self) -> list[Any]:
        return list(self._document.styles.element.iterfind("w:docDefaults/w:rPrDefault/w:rPr", nsmap))

    def read(self, paragraph: Paragraph) -> tuple[str, int]:
        """The text that is seen, and how many characters are not."""
        around = [paragraph._p.pPr, *self._of_styles(paragraph.style, "w:pPr")]
        inherited = [*self._of_styles(paragraph.style, "w:rPr"), *self._defaults]
        around = [each for each in around if each is not None]
        out_of_sight = _is_moved_away(around) or _is_in_hidden_row(paragraph._p)
        ground = _ground(around, paragraph._p)
        seen: list[str] = []
        unseen = 0
        for run in _runs(paragraph):
            own = [run._r.rPr] if run._r.rPr is not None else []
            properties = [*own, *self._of_styles(run.style, "w:rPr"), *inherited]
            if out_of_sight or _is_hidden(properties, ground):
                unseen += len(run.text)
            else:
                seen.append(run.text)
        text, invisible = remove_invisible("".join(seen))
        return text, unseen + invisible

    def _of_styles(self, style: Any, part: str) -> list[Any]:
        """That part of a style and of those that it is based on, the nearest first."""
        found: list[Any] = []
        for _ in range(_MOST_STYLES):
            if style is None:
                break
            found += style.element.iterfind(part, nsmap)
            style = style.base_style
        return found


def _runs(paragraph: Paragraph) -> Iterator[Run]:
    """The runs of a paragraph, in links, fields, content controls and insertions too."""
    todo: list[Any] = list(reversed(paragraph._p))
    while todo:
        element = todo.pop()
        if element.tag == qn("w:r"):
            yield Run(element, paragraph)
        elif element.tag not in _REMOVED:
            todo += reversed(element)


def _first(properties: list[Any], tag: str) -> Any:
    """The first of some properties that says anything of it."""
    return next((found for each in properties if (found := each.find(qn(tag))) is not None), None)


def _value(properties: list[Any], tag: str, attribute: str = "w:val") -> str | None:
    found = _first(properties, tag)
    return None if found is None else found.get(qn(attribute))


def _number(properties: list[Any], tag: str, attribute: str = "w:val") -> float | None:
    try:
        return float(_value(properties, tag, attribute) or "")
    except ValueError:
        return None


def _is_hidden(properties: list[Any], ground: Colour | None) -> bool:
    for tag in _HIDING:
        switch = _first(properties, tag)
        if switch is not None and switch.get(qn("w:val")) not in _OFF:
            return True
    size, width = _number(properties, "w:sz"), _number(properties, "w:w")
    spacing, raised = _number(properties, "w:spacing"), _number(properties, "w:position")
    squeezed = (size is not None and size <= _TINY) or (width is not None and width <= _NARROW)
    displaced = (spacing is not None and spacing <= _OVERLAID) or abs(raised or 0) >= _FAR_RAISED
    ink = _ink(properties)
    marked = _HIGHLIGHTS.get(_value(properties, "w:highlight") or "")
    behind = colour_of(marked, None) if marked else _shade(properties) or ground
    return squeezed or displaced or ink == "transparent" or are_alike(ink, behind)


def _ink(properties: list[Any]) -> Colour | None:
    """The colour of the letters; None where Word chooses one that can be seen."""
    for each in properties:
        fill = each.find(f"{_W14}textFill")
        if fill is not None:
            return _fill(fill)
    if _value(properties, "w:color", "w:themeColor") in _LIGHT_THEMES:
        return _PAPER
    return _hex(_value(properties, "w:color"))


def _fill(fill: Any) -> Colour | None:
    if fill.find(f"{_W14}noFill") is not None:
        return "transparent"
    alpha = fill.find(f".//{_W14}alpha")
    if alpha is not None and float(alpha.get(f"{_W14}val", "0")) > 95_000:  # of 100,000: how much shines through
        return "transparent"
    colour = fill.find(f".//{_W14}srgbClr")
    return None if colour is None else _hex(colour.get(f"{_W14}val"))


def _hex(value: str | None) -> Colour | None:
    return None if value in (None, "auto") else colour_of(f"#{value}".lower(), None)


def _shade(properties: list[Any]) -> Colour | None:
    return _hex(_value(properties, "w:shd", "w:fill"))


def _ground(around: list[Any], paragraph: Any) -> Colour | None:
    """What a paragraph stands on: its own shading, or that of the nearest cell or table around it."""
    cells = [
        found for tag in ("w:tc", "w:tbl") for cell in paragraph.iterancestors(qn(tag))
        for found in cell.iterfind(f"{tag}Pr", nsmap)
    ]  # fmt: skip
    return _shade(around) or _shade(cells) or _PAPER


def _is_in_hidden_row(paragraph: Any) -> bool:
    rows = paragraph.iterancestors(qn("w:tr"))
    return any(row.find("w:trPr/w:hidden", nsmap) is not None for row in rows)


def _is_moved_away(around: list[Any]) -> bool:
    places = [
        _number(around, tag, attribute)
        for tag, attribute in (("w:ind", "w:left"), ("w:ind", "w:start"), ("w:framePr", "w:x"), ("w:framePr", "w:y"))
    ]
    line = _number(around, "w:spacing", "w:line")
    flat = _value(around, "w:spacing", "w:lineRule") == "exact" and line is not None and line <= _FLAT_TWIPS
    return flat or any(place is not None and place <= _FAR_TWIPS for place in places)
