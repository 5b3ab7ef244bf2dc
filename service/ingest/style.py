"""The style sheets and the inline style of a page become the declarations that hold for one element."""

import re
from collections import deque
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lxml.etree import _Element

from service.ingest.selectors import parse_selectors
from service.ingest.sheet import Style, declarations, pixels, read_sheet
from service.ingest.tree import Selector, Tree

_MATTERS = re.compile(
    r"--|color|background|font|display|visibility|opacity|content-visibility|filter|transform|translate|scale|rotate"
    r"|zoom|mask|position|inset|left|right|top|bottom|text-indent|letter-spacing|line-height|margin|clip|overflow"
    r"|contain|width|height|-size"
)
_MOST_RULES = 500  # under one key; of more, which only an attack has, the last ones hold
_VAR = re.compile(r"var\(\s*(--[^\s(),]+)\s*(?:,([^()]*))?\)")
_MOST_ROUNDS = 8  # of a variable that names a variable
_LONGEST_VALUE = 500  # which variables that double each other would pass

_SIDES = ("top", "right", "bottom", "left")
_LOGICAL = {"inline-start": "left", "inline-end": "right", "block-start": "top", "block-end": "bottom"}
_RENAMED = {
    **{f"{box}-{logical}": f"{box}-{side}" for box in ("margin", "inset") for logical, side in _LOGICAL.items()},
    **{f"inset-{side}": side for side in _SIDES},
    "block-size": "height", "max-block-size": "max-height", "inline-size": "width", "max-inline-size": "max-width",
    "-webkit-mask": "mask", "-webkit-mask-image": "mask", "mask-image": "mask", "-webkit-text-fill-color": "color",
    "-webkit-filter": "filter", "-webkit-transform": "transform", "-webkit-clip-path": "clip-path",
}  # fmt: skip


class _Rule(NamedTuple):
    selector: Selector
    style: Style


class Cascade:
    """The rules of some style sheets, in their order, as they hold on a desktop's screen (see `sheet`)."""

    def __init__(self, sheets: Iterable[str]) -> None:
        self._tree = Tree()
        self._rules: dict[str, deque[_Rule]] = {}  # by an id, class or tag of the last compound
        for sheet in sheets:
            for selectors, declared in read_sheet(sheet):
                style = {name: value for name, value in declared.items() if _MATTERS.search(name)}
                for selector in parse_selectors(selectors) if style else ():
                    key = min(selector.names, key=lambda name: ("#.".find(name[0]) % 3, name))
                    self._rules.setdefault(key, deque(maxlen=_MOST_RULES)).append(_Rule(selector, style))

    def style(self, element: _Element, variables: Mapping[str, str]) -> Style:
        """The declarations that win for an element: by importance, then inline, then specificity, then order.

        `variables` are those of its parent; its own are in the style as well, and hold before them.
        """
        matching = [
            rule
            for name in sorted(self._tree.names(element))
            for rule in self._rules.get(name, ())
            if self._tree.selects(rule.selector, element)
        ]
        matching.sort(key=lambda rule: rule.selector.weight)
        inline = declarations(element.get("style") or "")
        style: Style = {}
        important: Style = {}
        for layer in [_presentational(element), *(rule.style for rule in matching), inline]:
            for name, value in layer.items():
                (important if "!" in value else style)[name] = value.partition("!")[0].strip()
        return _unfold(_resolve({**style, **important}, variables))


def variables_of(style: Style) -> Style:
    return {name: value for name, value in style.items() if name.startswith("--")}


def _resolve(style: Style, inherited: Mapping[str, str]) -> Style:
    """The style with every var() replaced; a declaration whose variable has no value falls away."""
    if not any("var(" in value for value in style.values()):
        return style
    known = {**inherited, **variables_of(style)}

    def replace(match: re.Match[str]) -> str:
        return known.get(match[1], (match[2] or "").strip())

    resolved: Style = {}
    for name, value in style.items():
        for _ in range(_MOST_ROUNDS):
            value = _VAR.sub(replace, value)[:_LONGEST_VALUE]
        if value.strip():
            resolved[name] = value.strip()
    return resolved


def _presentational(element: _Element) -> Style:
    pairs = (("color", element.get("color")), ("background-color", element.get("bgcolor")))
    return {name: value.strip().lower() for name, value in pairs if value}


def _unfold(style: Style) -> Style:
    """Puts what other names and shorthands say under the names that are asked for."""
    if not style:
        return style
    for name, meant in _RENAMED.items():
        if name in style:
            style[meant] = style[name]
    for box, prefix in (("margin", "margin-"), ("inset", "")):
        for side, value in zip(_SIDES, _four(style.get(box, "")), strict=False):
            style.setdefault(f"{prefix}{side}", value)
    if "background" in style and "background-color" not in style:
        style["background-color"] = style["background"]
    if style.get("background-image", "none") != "none":
        style["background-color"] = "image"
    size = re.search(r"(?<![\w.])[\d.]+(?:px|pt|em|rem|%)?(?=\s*/|\s+[a-z\"'])", style.get("font", ""))
    if size:
        style.setdefault("font-size", size[0])
    return style


def _four(value: str) -> list[str]:
    """A shorthand's values for the top, the right, the bottom and the left."""
    parts = value.split()
    missing = {1: (0, 0, 0), 2: (0, 1), 3: (1,)}.get(len(parts), ())
    return parts + [parts[place] for place in missing]


def is_zero(value: str | None, below: float) -> bool:
    """Whether a length (in pixels, roughly) or a plain number is less than `below`."""
    length = pixels(value) if value else None
    return length is not None and length < below
