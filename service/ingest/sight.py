"""A style becomes whether a reader can see what has it: it may be shrunk, cut off, faded or moved out of the window."""

import re

from service.ingest.sheet import Style, pixels
from service.ingest.style import is_zero

_FADED = 0.05  # of full opacity or size
_SHRUNK_ZOOM = 0.2
_BLURRED_PX = 8.0
_OVERLAID_PX = -6.0  # between letters, which then stand upon each other
_FAR_LEFT_PX = -500.0  # article columns are pulled left by less; what hides goes out by 999 and more
_FAR_RIGHT_PX = 1280.0  # the width of the screen

_FUNCTION = re.compile(r"([a-z0-9-]+)\(([^()]*)\)")
_EDGE_ON = re.compile(r"rotate[xy]\(\s*-?(?:90|270)deg")
_CLIPPED = re.compile(
    r"rect\(\s*(\d+)(?:px)?[\s,]+\1(?:px)?[\s,]+\1(?:px)?[\s,]+\1|inset\(\s*(?:[5-9]\d|100)%|(?:circle|ellipse)\(\s*0"
)
_POINTS = re.compile(r"(-?[\d.]+)[a-z%]*\s+(-?[\d.]+)[a-z%]*")
_MASKED = re.compile(r"[a-z-]*gradient\((?:to [a-z ]+,\s*)?(?:transparent(?:\s[\d.]+%)?[\s,]*)+\).*")


def is_out_of_sight(style: Style) -> bool:
    """Whether an element goes with all that is in it, whatever its children say."""
    return bool(style) and (
        style.get("display") == "none"
        or style.get("content-visibility") == "hidden"
        or _is_faded(style)
        or _is_distorted(style)
        or _is_cut_off(style)
        or _is_moved_away(style)
    )


def _is_faded(style: Style) -> bool:
    if _share(style.get("opacity", "")) < _FADED or _MASKED.fullmatch(style.get("mask", "")):
        return True
    for name, amount in _FUNCTION.findall(style.get("filter", "")):
        if name in ("opacity", "contrast") and _share(amount) < _FADED:
            return True
        if name == "blur" and not is_zero(amount, below=_BLURRED_PX):
            return True
    return False


def _is_distorted(style: Style) -> bool:
    if _share(style.get("zoom", "")) < _SHRUNK_ZOOM or is_zero(style.get("letter-spacing"), below=_OVERLAID_PX):
        return True
    scales = style.get("scale", "").split()
    moves = style.get("translate", "").split()
    for name, arguments in _FUNCTION.findall(style.get("transform", "")):
        values = [value.strip() for value in arguments.split(",")]
        scales += values if name.startswith("scale") else values[:1] + values[3:4] if name == "matrix" else []
        moves += values if name.startswith("translate") else []
    return (
        any(_share(scale) < _FADED for scale in scales)
        or any(_is_far(move.replace("%", "pt"), sideways=True) for move in moves)
        or _EDGE_ON.search(style.get("transform", "")) is not None
    )


def _is_cut_off(style: Style) -> bool:
    overflow = " ".join(style.get(name, "") for name in ("overflow", "overflow-x", "overflow-y"))
    if re.search(r"hidden|clip|auto|scroll", overflow) or re.search("paint|strict|content", style.get("contain", "")):
        indent = style.get("text-indent", "")
        if (
            any(is_zero(style.get(name), below=1.01) for name in ("width", "height", "max-height", "max-width"))
            or is_zero(style.get("line-height"), below=_FADED)
            or (indent.endswith("%") and (pixels(indent[:-1]) or 0) >= 100)
        ):
            return True
    return any(_leaves_nothing(style.get(name, "")) for name in ("clip", "clip-path"))


def _leaves_nothing(clip: str) -> bool:
    corners = _POINTS.findall(clip) if clip.startswith("polygon(") else []
    flat = corners and (len({x for x, _ in corners}) == 1 or len({y for _, y in corners}) == 1)
    return bool(flat) or _CLIPPED.match(clip) is not None


def _is_moved_away(style: Style) -> bool:
    places = {name: style.get(name, "") for name in ("text-indent", "margin-left", "margin-top")}
    if style.get("position", "static") != "static":
        # A share of what stands around it, whose size is not known: a large one.
        places |= {name: style.get(name, "").replace("%", "vh") for name in ("left", "right", "top", "bottom")}
    return any(_is_far(value, sideways=name in ("left", "right", "margin-left")) for name, value in places.items())


def _is_far(value: str, *, sideways: bool) -> bool:
    length = pixels(value)
    return length is not None and (length <= _FAR_LEFT_PX or (sideways and length >= _FAR_RIGHT_PX))


def _share(value: str) -> float:
    """Of 1, from a number or a percentage; 1 where it is neither."""
    number = pixels(value.removesuffix("%"))
    return 1.0 if number is None else abs(number) / (100 if value.endswith("%") else 1)
