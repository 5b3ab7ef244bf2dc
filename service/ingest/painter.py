"""The operators of a PDF's page become what a reader sees of its text; what is hidden is blanked before it is read.

Followed are what ISO 32000-1 lets hide text: its mode, colour, opacity, size and place, clipping, optional content that
is switched off, and a rectangle painted over it.
"""

from collections.abc import Callable, Mapping
from math import hypot
from typing import Any, NamedTuple

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, TextStringObject

from service.ingest.geometry import STILL, Box, Matrix, Path, around, numbers_of, place, times
from service.ingest.layers import dictionary_of, is_off

Colour = tuple[float, ...] | None  # red, green and blue of 1; None where it is not known: a picture, a pattern, an ink

_INVISIBLE_MODES = frozenset({3, 7})  # text rendering modes that paint nothing (9.3.6)
_OUTLINED_MODES = frozenset({1, 5})
_SAME = 0.05  # of full light: closer shades cannot be told apart
_TINY_POINTS = 1.5
_SMALLEST_GROUND = 3.0  # points: a narrower rectangle is a rule, which hides no words and is no ground for them
_MOST_COVERS = 2_000  # rectangles of a page that are held against the words before them
_BLACK, _WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
_DEVICE = frozenset({"/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/CalGray", "/CalRGB", "/ICCBased"})
_TINTS = frozenset({"/Separation", "/DeviceN"})


class _Ink(NamedTuple):
    """A colour, and the family of the space that its next numbers are read in."""

    colour: Colour = _BLACK
    space: str = "/DeviceGray"

    def mix(self, numbers: list[float]) -> "_Ink":
        return self._replace(colour=_colour(numbers, self.space))


class _State(NamedTuple):
    """The graphics state, as far as it can hide text. `base` places what is drawn: a form's own page, on this one."""

    clip: Box
    base: Matrix = STILL
    fill: _Ink = _Ink()
    stroke: _Ink = _Ink()
    mode: int = 0
    size: float = 1.0
    stretch: float = 1.0
    opacity: float = 1.0
    blends: bool = False
    switched_off: bool = False


class Painter:
    """Follows one page as pypdf reads it. `covered` are the texts, by their order, that a first reading found covered."""

    def __init__(
        self, page: Box, resources: DictionaryObject, off: frozenset[int], covered: frozenset[int] = frozenset()
    ) -> None:
        self.hidden = 0
        self.found_covered: set[int] = set()
        self._covered = covered
        self._off = off
        self._state = _State(page)
        self._stack: list[_State] = []
        self._outside: list[tuple[_State, list[_State], DictionaryObject]] = []
        self._resources = resources
        self._marks: list[bool] = []  # of marked content that is open: whether it is switched off
        self._path = Path()
        self._clips = False
        self._ground: list[tuple[Box, Colour]] = []
        self._texts = 0
        self._seen: dict[int, tuple[float, float]] = {}  # where visible texts stand, by their order
        self._covers = 0

    def before(self, operator: bytes, operands: list[Any], cm: Matrix, tm: Matrix) -> None:
        """Called by pypdf before each operator of the page, with the operands that it will then use."""
        act = _ACTS.get(operator)
        if act is not None:
            act(self, operator, operands, cm)
        elif operator in (b"Tj", b"TJ", b"'", b'"') and operands:
            self._show(operands, cm, tm)
        else:
            self._change(operator, operands)

    def after(self, operator: bytes, *_: object) -> None:
        """Called by pypdf after each operator: what a form changed ends with it."""
        if operator == b"Do" and self._outside:
            self._state, self._stack, self._resources = self._outside.pop()

    def _save(self, *_: object) -> None:
        self._stack.append(self._state)

    def _restore(self, *_: object) -> None:
        if self._stack:
            self._state = self._stack.pop()

    def _draw(self, operator: bytes, operands: list[Any], cm: Matrix) -> None:
        draw = self._path.rectangle if operator == b"re" else self._path.begin if operator == b"m" else self._path.line
        draw(numbers_of(operands), times(cm, self._state.base))

    def _clip(self, *_: object) -> None:
        self._clips = True

    def _paint(self, operator: bytes, _: list[Any], __: Matrix) -> None:
        shapes = self._path.end()
        for each in shapes if operator not in (b"n", b"S", b"s") else ():
            self._lay(each.box, self._state.fill.colour if each.is_rectangle else None)
        if self._clips and shapes:
            self._state = self._state._replace(clip=self._state.clip.cut(around([each.box for each in shapes])))
        self._clips = False

    def _shade(self, *_: object) -> None:
        self._lay(self._state.clip, None)

    def _lay(self, box: Box, colour: Colour) -> None:
        """Puts a ground under the texts to come, and over those before it if nothing shines through."""
        box = box.cut(self._state.clip)
        if min(box.right - box.left, box.top - box.bottom) < _SMALLEST_GROUND or self._is_off():
            return
        opaque = self._state.opacity > 1 - _SAME and not self._state.blends
        self._ground.append((box, colour if opaque else None))
        if opaque and colour is not None and self._covers < _MOST_COVERS:
            self._covers += 1
            under = [order for order, place in self._seen.items() if box.holds(*place)]
            self.found_covered.update(under)
            for order in under:
                del self._seen[order]

    def _enter(self, _: bytes, operands: list[Any], cm: Matrix) -> None:
        """Begins a form, or lays a picture."""
        self._outside.append((self._state, self._stack, self._resources))
        form, whole = dictionary_of(_entry(self._resources, "/XObject", operands)), times(cm, self._state.base)
        if form.get("/Subtype") != "/Form":
            self._lay(Box(0, 0, 1, 1).placed(whole), None)
            return
        matrix, edges = numbers_of(form.get("/Matrix")), numbers_of(form.get("/BBox"))
        base = times(matrix, whole) if len(matrix) == len(STILL) else whole
        clip = self._state.clip.cut(Box(*edges).placed(base)) if len(edges) == len(Box._fields) else self._state.clip
        off = self._state.switched_off or ("/OC" in form and is_off(form.raw_get("/OC"), self._off))
        self._state = self._state._replace(base=base, clip=clip, switched_off=off)
        self._stack = []
        self._resources = dictionary_of(form.get("/Resources", self._resources))

    def _mark(self, operator: bytes, operands: list[Any], _: Matrix) -> None:
        if operator == b"EMC":
            self._marks = self._marks[:-1]
            return
        names = dictionary_of(self._resources.get("/Properties"))
        optional = len(operands) > 1 and operands[0] == "/OC" and operands[1] in names
        self._marks.append(optional and is_off(names.raw_get(operands[1]), self._off))

    def _is_off(self) -> bool:
        return self._state.switched_off or any(self._marks)

    def _change(self, operator: bytes, operands: list[Any]) -> None:
        numbers = numbers_of(operands)
        if operator in _SETTINGS and numbers:
            self._state = _SETTINGS[operator](self._state, numbers)
        elif operator == b"gs":
            self._set_graphics(dictionary_of(_entry(self._resources, "/ExtGState", operands)))

    def _colour(self, operator: bytes, operands: list[Any], _: Matrix) -> None:
        ink = self._state.stroke if operator.isupper() else self._state.fill
        if operator.lower() == b"cs" and operands:
            space = self._space(str(operands[0]))
            ink = _Ink(_BLACK if space in _DEVICE else None, space)
        else:
            ink = (ink if operator.lower().startswith(b"sc") else _Ink()).mix(numbers_of(operands))
        self._state = self._state._replace(stroke=ink) if operator.isupper() else self._state._replace(fill=ink)

    def _space(self, name: str) -> str:
        """The family of a colour space: its own name, or that of what the page calls so."""
        named = _entry(self._resources, "/ColorSpace", [name])
        return str(named[0]) if isinstance(named, ArrayObject) and named else name

    def _set_graphics(self, settings: Mapping[Any, Any]) -> None:
        if opacity := numbers_of([settings.get("/ca")]):
            self._state = self._state._replace(opacity=opacity[0])
        if "/BM" in settings:
            self._state = self._state._replace(blends=settings["/BM"] not in ("/Normal", "/Compatible"))
        if size := numbers_of(settings.get("/Font")):
            self._state = self._state._replace(size=abs(size[-1]))

    def _show(self, operands: list[Any], cm: Matrix, tm: Matrix) -> None:
        parts = operands[-1] if isinstance(operands[-1], list) else operands[-1:]
        length = sum(len(part) for part in parts if isinstance(part, (str, bytes)))
        self._texts += 1
        if self._texts in self._covered or self._is_hidden(length, times(times(tm, cm), self._state.base)):
            self.hidden += length
            operands[-1] = ArrayObject() if isinstance(operands[-1], list) else TextStringObject("")

    def _is_hidden(self, length: int, whole: Matrix) -> bool:
        state = self._state
        width, height = state.size * hypot(*whole[:2]) * state.stretch, state.size * hypot(*whole[2:4])
        x, y = place((0.0, state.size * 0.3), whole)  # in the middle of a small letter
        clip = state.clip
        reached = clip._replace(left=clip.left - length * width, bottom=clip.bottom - height)
        ink = (state.stroke if state.mode in _OUTLINED_MODES else state.fill).colour
        ground = next((colour for box, colour in reversed(self._ground) if box.holds(x, y)), _WHITE)
        hidden = (
            state.mode in _INVISIBLE_MODES
            or state.opacity < _SAME
            or min(width, height) < _TINY_POINTS
            or self._is_off()
            or not reached.holds(x, y)
            or min(clip.right - clip.left, clip.top - clip.bottom) < _TINY_POINTS
            or _are_alike(ink, ground)
        )
        if not hidden:
            self._seen[self._texts] = (x, y)
        return hidden


Act = Callable[[Painter, bytes, list[Any], Matrix], None]

_ACTS: dict[bytes, Act] = {
    b"q": Painter._save, b"Q": Painter._restore,
    **dict.fromkeys((b"re", b"m", b"l", b"c", b"v", b"y"), Painter._draw),
    b"W": Painter._clip, b"W*": Painter._clip,
    **dict.fromkeys((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n", b"S", b"s"), Painter._paint),
    b"sh": Painter._shade, b"Do": Painter._enter,
    **dict.fromkeys((b"BDC", b"BMC", b"EMC"), Painter._mark),
    **dict.fromkeys((b"g", b"rg", b"k", b"cs", b"sc", b"scn"), Painter._colour),
    **dict.fromkeys((b"G", b"RG", b"K", b"CS", b"SC", b"SCN"), Painter._colour),
}  # fmt: skip
_SETTINGS: dict[bytes, Callable[[_State, list[float]], _State]] = {
    b"Tr": lambda state, numbers: state._replace(mode=int(numbers[0])),
    b"Tf": lambda state, numbers: state._replace(size=abs(numbers[-1])),
    b"Tz": lambda state, numbers: state._replace(stretch=abs(numbers[0]) / 100),
}


def _entry(resources: DictionaryObject, kind: str, operands: list[Any]) -> object:
    found = dictionary_of(resources.get(kind)).get(operands[0]) if operands else None
    return found.get_object() if isinstance(found, IndirectObject) else found


def _colour(numbers: list[float], space: str) -> Colour:
    if space in _TINTS:
        return None if any(numbers) else _WHITE  # no ink at all
    if space not in _DEVICE or len(numbers) not in (1, 3, 4):
        return None
    if len(numbers) == 4:
        *inks, black = numbers
        return tuple((1 - ink) * (1 - black) for ink in inks)
    return tuple(numbers * 3)[:3]


def _are_alike(one: Colour, other: Colour) -> bool:
    return one is not None and other is not None and all(abs(a - b) <= _SAME for a, b in zip(one, other, strict=True))
