"""The <style> rules and inline style of a page become the declarations that hold for one element."""

import re
from collections import deque
from collections.abc import Iterator
from typing import Literal, NamedTuple

from lxml.etree import _Element

Style = dict[str, str]
Colour = tuple[int, int, int]

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)", re.DOTALL)
_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:all|screen)\s*\Z|@(?:layer|supports)\b", re.IGNORECASE)
_COMPOUND = re.compile(r"(?:[a-z][\w-]*|\*)?(?:[.#][\w-]+|\[[\w-]+(?:=[\w-]+|=\"[^\"]*\"|='[^']*')?\])*", re.IGNORECASE)
_PART = re.compile(r"\[[^\]]*\]|[.#]?[\w-]+|\*")
_NUMBER = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+))(px|pt|em|rem|%|vw|vh|ex|ch)?")
_PIXELS_PER = {"em": 16, "rem": 16, "ex": 8, "ch": 8, "%": 0.16, "vw": 12, "vh": 8, "pt": 1.33}
_FAR_PX = -500  # article columns are pulled left by less; what hides goes out by 999 and more
_NAMED: dict[str, Colour] = {"white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250)}


class _Rule(NamedTuple):
    compounds: tuple[frozenset[str], ...]  # "div.a .b" is ({"div", ".a"}, {".b"})
    specificity: tuple[int, int, int]
    style: Style


_MATTERS = re.compile(
    r"color|background|font|display|visibility|opacity|content-visibility|filter|transform|position|left|right|top"
    r"|bottom|text-indent|margin|clip|overflow|width|height"
)
_MOST_RULES = 500  # under one key; of more, which only an attack has, the last ones hold


class Cascade:
    """The rules of a page's style sheets that hold on every screen, selected by tags, classes, ids, attributes and descent.

    Rules for print or for narrow windows are left out: they do not say what a reader sees.
    """

    def __init__(self, sheet: str) -> None:
        self._rules: dict[str, deque[_Rule]] = {}  # by an id, class or tag of the last compound
        self._names: dict[_Element, frozenset[str]] = {}
        self._above: dict[tuple[tuple[frozenset[str], ...], _Element], bool] = {}
        for selectors, body in _flat_rules(_COMMENT.sub("", sheet)):
            style = {name: value for name, value in declarations(body).items() if _MATTERS.search(name)}
            for selector in selectors.split(",") if style else ():
                self._add(selector.replace(">", " ").split(), style)

    def _add(self, compounds: list[str], style: Style) -> None:
        if compounds and all(_COMPOUND.fullmatch(compound) for compound in compounds):
            parts = tuple(frozenset(_PART.findall(re.sub("[\"']", "", compound))) for compound in compounds)
            signs = [part[0] for compound in parts for part in compound]
            counts = (
                signs.count("#"), signs.count(".") + signs.count("["), sum(sign not in "#.[*" for sign in signs)
            )  # fmt: skip
            key = min(parts[-1], key=lambda part: ("#.".find(part[0]) % 3, part))
            self._rules.setdefault(key, deque(maxlen=_MOST_RULES)).append(_Rule(parts, counts, style))

    def style(self, element: _Element) -> Style:
        """The declarations that win for an element: by importance, then inline, then specificity, then order."""
        matching = [
            rule
            for name in sorted(self._names_of(element))
            for rule in self._rules.get(name, ())
            if self._selects(rule.compounds, element)
        ]
        matching.sort(key=lambda rule: rule.specificity)
        inline = declarations(element.get("style") or "")
        style: Style = {}
        important: Style = {}
        for layer in [_presentational(element), *(rule.style for rule in matching), inline]:
            for name, value in layer.items():
                (important if "!" in value else style)[name] = value.partition("!")[0].strip()
        return _unfold({**style, **important})

    def _names_of(self, element: _Element) -> frozenset[str]:
        if element not in self._names:
            classes = (f".{name}" for name in (element.get("class") or "").split())
            attributes = (
                sign for name, value in element.attrib.items() for sign in (f"[{name!s}]", f"[{name!s}={value!s}]")
            )
            self._names[element] = frozenset({"*", str(element.tag), f"#{element.get('id')}", *classes, *attributes})
        return self._names[element]

    def _selects(self, compounds: tuple[frozenset[str], ...], element: _Element) -> bool:
        parent = element.getparent()
        if not compounds[-1] <= self._names_of(element):
            return False
        if len(compounds) == 1 or parent is None:
            return len(compounds) == 1
        above = (compounds[:-1], parent)
        if above not in self._above:  # asked once for all the children of an element
            ancestors = element.iterancestors()
            self._above[above] = all(
                any(compound <= self._names_of(ancestor) for ancestor in ancestors) for compound in reversed(above[0])
            )
        return self._above[above]


def _flat_rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selector and body of each rule outside blocks that are not for every screen; linear in the sheet."""
    prelude, held = "", [True]
    for text, mark in re.findall(r"([^{};]*)([{};]|\Z)", sheet):
        if mark == "{":
            prelude = text.strip()
            held.append(held[-1] and (not prelude.startswith("@") or _SCREEN.match(prelude) is not None))
            body: list[str] = []
        elif mark == ";":
            if len(held) > 1:
                body.append(text)
        elif mark == "}" and len(held) > 1:
            if held.pop() and prelude and not prelude.startswith("@"):
                yield prelude, ";".join([*body, text])
            prelude, body = "", []


def declarations(text: str) -> Style:
    """Property to value, in lower case; of two equal properties the later holds, unless one is !important."""
    style: Style = {}
    plain = _ESCAPE.sub(_unescape, _COMMENT.sub("", text)).lower()
    for part in plain.split(";"):
        name, colon, value = (piece.strip() for piece in part.partition(":"))
        if colon and not ("!important" in style.get(name, "") and "!important" not in value):
            style[name] = " ".join(value.split())
    return style


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else 0
    return str(match[2] or (chr(code) if 0 < code < 0xD800 else ""))


def _presentational(element: _Element) -> Style:
    pairs = (("color", element.get("color")), ("background-color", element.get("bgcolor")))
    return {name: value.strip().lower() for name, value in pairs if value}


def _unfold(style: Style) -> Style:
    """Puts what matters of the shorthands `font` and `background` under the long names."""
    if "background" in style and "background-color" not in style:
        style["background-color"] = style["background"]
    if style.get("background-image", "none") != "none":
        style["background-color"] = "image"
    style["color"] = style.get("-webkit-text-fill-color", style.get("color", ""))
    if "font" in style and "font-size" not in style:
        size = re.search(r"(?<![\w.])" + _NUMBER.pattern + r"(?=\s*/|\s+[a-z\"'])", style["font"])
        if size:
            style["font-size"] = size[0]
    return style


def _pixels(value: str) -> float | None:
    match = _NUMBER.fullmatch(value)
    return float(match[1]) * _PIXELS_PER.get(match[2] or "", 1) if match else None


def is_zero(value: str | None, below: float) -> bool:
    """Whether a length (in pixels, roughly) or a plain number is less than `below`."""
    pixels = _pixels(value) if value else None
    return pixels is not None and pixels < below


def is_far_away(value: str | None) -> bool:
    """Whether an offset moves an element out of every window."""
    pixels = _pixels(value.removeprefix("calc(").removesuffix(")")) if value else None
    return pixels is not None and pixels <= _FAR_PX


def colour_of(value: str, inherited: Colour | None) -> Colour | Literal["transparent"] | None:
    """The colour in a value, "transparent", or None where an image or an unknown word stands in it."""
    if value in ("inherit", "currentcolor", "initial", "unset", "none", ""):
        return inherited
    if "url(" in value or "gradient(" in value or value == "image":
        return None
    value = value if "(" in value else value.split()[0]
    if value == "transparent":
        return "transparent"
    if value.startswith("#"):
        return _hex_colour(value[1:])
    if value.startswith(("rgb", "hsl")):
        return _function_colour(value)
    return _NAMED.get(value)


def _hex_colour(digits: str) -> Colour | Literal["transparent"] | None:
    if len(digits) in (3, 4):
        digits = "".join(c * 2 for c in digits)
    if not re.fullmatch(r"(?:[0-9a-f]{2}){3,4}", digits):
        return None
    red, green, blue, *alpha = bytes.fromhex(digits)
    return "transparent" if alpha and alpha[0] < 16 else (red, green, blue)


def _function_colour(value: str) -> Colour | Literal["transparent"] | None:
    numbers = [(float(n), per_cent) for n, per_cent in re.findall(r"(\d+\.?\d*|\.\d+)(%?)", value)]
    if len(numbers) < 3:
        return None
    if len(numbers) > 3 and numbers[3][0] / (100 if numbers[3][1] else 1) < 0.06:
        return "transparent"
    if value.startswith("hsl"):
        grey = round(numbers[2][0] * 2.55)
        return (grey, grey, grey) if numbers[1][0] == 0 or grey in (0, 255) else None
    red, green, blue = (min(255, round(n * 2.55 if per_cent else n)) for n, per_cent in numbers[:3])
    return red, green, blue
