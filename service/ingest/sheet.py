"""The text of a style sheet becomes the rules that hold on a reader's screen: selectors, and what they declare."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from service.ingest.selectors import unescape

Style = dict[str, str]

# Comments go, and what HTML once needed around a sheet; a string keeps nothing that could be taken for structure.
_NOISE = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->|(\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')", re.DOTALL)
_TRANSPARENT = re.compile(r"@(?:layer|scope)\b|@supports\b(?!\s*not\b)", re.IGNORECASE)
_CONDITION = re.compile(r"@(?:media|container(?:\s+(?!not\b)[\w-]+)?)\b(.*)", re.IGNORECASE | re.DOTALL)
_LONGEST_SELECTOR = 2_000  # nested rules multiply: what grows beyond is an attack
_DISPLAYS = re.compile(
    r"(?:block|inline|none|contents|(?:inline-)?(?:flex|grid|block|table)|flow-root|list-item|table-[a-z-]+|ruby.*"
    r"|inherit|initial|unset|revert(?:-layer)?|-webkit-.*|-ms-.*|run-in|math|var\(.*)(?: .*)?"
)

_LENGTH = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+))(px|pt|em|rem|%|vw|vh|ex|ch)?")
_PIXELS_PER = {"em": 16, "rem": 16, "ex": 8, "ch": 8, "%": 0.16, "vw": 12.8, "vh": 8, "pt": 1.33}
_SIZES = {"width": 1280.0, "height": 800.0, "device-width": 1280.0, "device-height": 800.0}
_TRAITS = {
    "prefers-color-scheme": "light",
    "prefers-reduced-motion": "no-preference",
    "orientation": "landscape",
    "hover": "hover",
    "any-hover": "hover",
    "pointer": "fine",
    "any-pointer": "fine",
    "scripting": "enabled",
    "color": "",
}
"""The screen that a page is read for: a desktop's, in the sizes above and with these traits."""


class _Block(NamedTuple):
    """A block that is open: what its declarations are for, and whether it holds on this screen."""

    selector: str
    holds: bool


def read_sheet(sheet: str) -> Iterator[tuple[str, Style]]:
    """A list of selectors and its declarations, of each rule that holds; nested rules come with their whole selector."""
    open_blocks, bodies = [_Block("", True)], [list[str]()]
    for part, mark in re.findall(r"([^{};]*)([{};]|\Z)", _without_noise(sheet)):
        if mark == "{":
            open_blocks.append(_open(open_blocks[-1], part.strip()))
            bodies.append([])
            continue
        bodies[-1].append(part)
        if mark == "}" and len(open_blocks) > 1:
            block, body = open_blocks.pop(), ";".join(bodies.pop())
            if block.holds and block.selector and ":" in body:
                yield block.selector, declarations(body)


def _without_noise(text: str) -> str:
    return _NOISE.sub(lambda match: re.sub(r"[{};]", "", match[1] or ""), text)


def _open(outer: _Block, prelude: str) -> _Block:
    if prelude.startswith("@"):
        condition = _CONDITION.fullmatch(prelude)
        held = holds_on_screen(condition[1]) if condition else _TRANSPARENT.match(prelude) is not None
        return _Block(outer.selector, outer.holds and held)
    if not outer.selector:
        return _Block(prelude, outer.holds)
    inner = prelude if "&" in prelude else f"& {prelude}"
    if len(inner) + inner.count("&") * len(outer.selector) > _LONGEST_SELECTOR:
        return _Block("", False)
    return _Block(inner.replace("&", f":is({outer.selector})"), outer.holds)


def holds_on_screen(queries: str) -> bool:
    """Whether one of some media queries holds; what is unknown does not."""
    return any(_holds(query.strip().lower()) for query in queries.split(","))


def _holds(query: str) -> bool:
    if query.startswith("not "):
        return not _holds(query[4:].strip())
    medium = re.match(r"(?:only\s+)?([a-z]+)", query)
    if medium and medium[1] not in ("all", "screen"):
        return False
    features = [_has(feature.strip()) for feature in re.findall(r"\(([^()]*)\)", query)]
    return any(features) if re.search(r"\)\s*or\s*\(", query) else all(features)


def _has(feature: str) -> bool:
    name, _, value = (part.strip() for part in feature.partition(":"))
    if name in _TRAITS:
        return value in ("", _TRAITS[name])
    bound, _, dimension = name.partition("-")
    if bound in ("min", "max") and dimension in _SIZES:
        sides = [_SIZES[dimension], pixels(value)]
        return _ascends(sides if bound == "max" else sides[::-1])
    parts = re.split(r"\s*([<>]=?)\s*", feature)
    sides = [_SIZES.get(part, pixels(part)) for part in parts[::2]]
    return len(sides) > 1 and _ascends(sides if "<" in parts[1] else sides[::-1])


def _ascends(sides: list[float | None]) -> bool:
    known = [side for side in sides if side is not None]
    return len(known) == len(sides) and known == sorted(known)


def declarations(text: str) -> Style:
    """Property to value, in lower case; of two equal properties the later holds, unless one is !important."""
    style: Style = {}
    for part in unescape(_without_noise(text)).lower().split(";"):
        name, colon, value = (piece.strip() for piece in part.partition(":"))
        known = name != "display" or _DISPLAYS.fullmatch(value.partition("!")[0].strip())  # a browser skips others
        if colon and known and not ("!important" in style.get(name, "") and "!important" not in value):
            style[name] = " ".join(value.split())
    return style


def pixels(value: str) -> float | None:
    """A length in pixels, roughly, or a plain number; None where it is neither."""
    inner = re.fullmatch(r"(?:calc|min|max|clamp)\(([^()]*)\)", value)
    lengths = [_LENGTH.fullmatch(part.strip()) for part in (inner[1] if inner else value).split(",")]
    found = sorted(float(length[1]) * _PIXELS_PER.get(length[2] or "", 1) for length in lengths if length)
    if not found or len(found) < len(lengths) or (len(found) > 1 and not inner):
        return None
    return found[{"min": 0, "max": -1}.get(value[:3], len(found) // 2)]
