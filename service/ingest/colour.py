"""A colour in a style becomes what can be compared: its red, green and blue, or its own words."""

import re
from typing import Literal

Colour = tuple[int, int, int] | str
"""Of 0 to 255 each; a colour that is not computed here is its own words, and so equal to itself."""

_SAME = 16  # of 255 a channel: closer shades cannot be told apart on a screen
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
# Those that can be mistaken for the page's own paper or ink.
_NAMED = dict.fromkeys(
    ("white", "snow", "ivory", "ghostwhite", "floralwhite", "whitesmoke", "mintcream", "azure", "seashell",
     "aliceblue", "honeydew", "canvas", "field"), _WHITE,
) | dict.fromkeys(("black", "canvastext", "fieldtext"), _BLACK)  # fmt: skip
_KEPT = ("inherit", "currentcolor", "initial", "unset", "none", "")
# Functions whose first number is how light the colour is, and what is full light.
_LIGHT = {"lab": 100, "lch": 100, "oklab": 1, "oklch": 1}


def are_alike(one: Colour | None, other: Colour | None) -> bool:
    if one is None or other is None or isinstance(one, str) or isinstance(other, str):
        return one is not None and one == other
    return all(abs(a - b) <= _SAME for a, b in zip(one, other, strict=True))


def colour_of(value: str, inherited: Colour | None) -> Colour | Literal["transparent"] | None:
    """The colour in a value, "transparent", or None where a picture stands in it."""
    if value in _KEPT:
        return inherited
    if "url(" in value or "gradient(" in value or value == "image":
        return None
    if "(" in value:
        return _function_colour(value)
    word = value.split()[0]
    return _hex_colour(word[1:]) if word.startswith("#") else _NAMED.get(word, word)


def _hex_colour(digits: str) -> Colour | Literal["transparent"] | None:
    if len(digits) in (3, 4):
        digits = "".join(c * 2 for c in digits)
    if not re.fullmatch(r"(?:[0-9a-f]{2}){3,4}", digits):
        return None
    red, green, blue, *alpha = bytes.fromhex(digits)
    return "transparent" if alpha and alpha[0] < 16 else (red, green, blue)


def _function_colour(value: str) -> Colour | Literal["transparent"] | None:
    name, _, arguments = value.partition("(")
    numbers = [(float(n), per_cent) for n, per_cent in re.findall(r"(\d+\.?\d*|\.\d+)(%?)", arguments)]
    if len(numbers) < 3:
        return None
    if len(numbers) > 3 and numbers[3][0] / (100 if numbers[3][1] else 1) < 0.06:
        return "transparent"
    if name in ("rgb", "rgba"):
        red, green, blue = (min(255, round(n * 2.55 if per_cent else n)) for n, per_cent in numbers[:3])
        return red, green, blue
    light = _lightness(name, numbers)
    return value if light is None else _WHITE if light > 0.94 else _BLACK if light < 0.06 else value


def _lightness(name: str, numbers: list[tuple[float, str]]) -> float | None:
    """From 0 to 1, where a function's colour has no hue or nearly none; None where it has, or is not known."""
    if name in _LIGHT:
        return numbers[0][0] / (100 if numbers[0][1] else _LIGHT[name])
    if name in ("hsl", "hsla"):
        return numbers[2][0] / 100
    if name == "hwb":
        return numbers[1][0] / 100 if numbers[1][0] + numbers[2][0] >= 100 else None
    if name == "color":
        return sum(number for number, _ in numbers[:3]) / 3
    return None
