"""An HTML tree loses the text that a reader cannot see, and says how much of it there was."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml.etree import _Element

from service.ingest.style import Cascade, Style, colour_of, is_far_away, is_zero

# Characters that print nothing: an order can be spelt in them, and a name broken up by them. The joiners
# U+200C and U+200D stay: Persian, Hindi and emoji need them.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f\U000e0100-\U000e01ef]"
)
_NEVER_SHOWN = frozenset({"template", "noscript"})
_NOT_TEXT = frozenset({"script", "style", "head"})
# What style sheets outside the page hide under agreed names: text for screen readers only.
_HIDING_CLASSES = frozenset(
    {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only"}
)
_CLIPPED = re.compile(
    r"rect\(\s*(\d+)(?:px)?[\s,]+\1(?:px)?[\s,]+\1(?:px)?[\s,]+\1|inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0"
)
_SHRUNK = re.compile(r"scale[xy]?\(\s*0*(?:\.0+)?\s*[,)]|translate[xy]?\(\s*-\d{3,}")
_SAME = 16  # of 255 a channel: closer shades cannot be told apart on a screen
_TRANSPARENT = 0.05  # opacity


class _Inherited(NamedTuple):
    """What an element's text takes over from its parents; a colour is None where it cannot be known."""

    colour: tuple[int, int, int] | None = (0, 0, 0)
    background: tuple[int, int, int] | None = (255, 255, 255)
    tiny: bool = False
    invisible: bool = False

    @property
    def hides(self) -> bool:
        return self.tiny or self.invisible or _are_alike(self.colour, self.background)


def remove_invisible(text: str) -> tuple[str, int]:
    """The text without characters that print nothing, and how many there were."""
    return _INVISIBLE.subn("", text)


def remove_hidden(tree: _Element) -> int:
    """Drops what is hidden from the tree, in place; returns the characters of text that went.

    Read are the `hidden` attribute, inline styles, and those rules of <style> elements that apply to every
    screen. What scripts or outside style sheets hide cannot be known here, but for a few agreed class names.
    `aria-hidden` is not read: it marks drop capitals and the like, which are seen and not spoken.
    """
    cascade = Cascade("\n".join(sheet.text or "" for sheet in tree.iter("style")))
    hidden: list[_Element] = []
    gone = 0
    todo: list[tuple[_Element, _Inherited]] = [(tree, _Inherited())]
    while todo:
        element, parent = todo.pop()
        if not isinstance(element.tag, str) or element.tag in _NOT_TEXT:
            continue
        style = cascade.style(element)
        if _removes(element, style):
            hidden.append(element)
            continue
        inherited = _inherit(parent, style)
        closed = element.tag == "details" and element.get("open") is None
        gone += _clear_own_text(element) if inherited.hides or closed else 0
        for child in element:
            if closed and child.tag != "summary":
                hidden.append(child)
            else:
                todo.append((child, inherited))
    for element in hidden:
        gone += _length("".join(str(text) for text in element.itertext()))
        _drop(element)
    return gone


def _removes(element: _Element, style: Style) -> bool:
    """Whether the element goes with all that is in it, whatever its children say."""
    return (
        element.tag in _NEVER_SHOWN
        or element.get("hidden") is not None
        or (element.tag == "dialog" and element.get("open") is None)
        or not _HIDING_CLASSES.isdisjoint((element.get("class") or "").split())
        or style.get("display") == "none"
        or style.get("content-visibility") == "hidden"
        or is_zero(style.get("opacity"), below=_TRANSPARENT)
        or "opacity(0" in style.get("filter", "")
        or _SHRUNK.search(style.get("transform", "")) is not None
        or _is_out_of_sight(style)
    )


def _is_out_of_sight(style: Style) -> bool:
    places = ["text-indent", "margin-left", "margin-top"]
    if style.get("position") in ("absolute", "fixed"):
        places += ["left", "top", "right", "bottom"]
    cut = style.get("overflow", style.get("overflow-y", "")).startswith(("hidden", "clip")) and any(
        is_zero(style.get(name), below=1.01) for name in ("width", "height", "max-height", "max-width")
    )
    clip = _CLIPPED.match(style.get("clip", "")) or _CLIPPED.match(style.get("clip-path", ""))
    return cut or clip is not None or any(is_far_away(style.get(name)) for name in places)


def _inherit(parent: _Inherited, style: Style) -> _Inherited:
    ink = colour_of(style.get("color", ""), parent.colour)
    paper = colour_of(style.get("background-color", ""), parent.background)
    background = parent.background if paper == "transparent" else paper
    if ink == "transparent":
        return _Inherited(parent.background, background, tiny=True, invisible=parent.invisible)
    tiny = is_zero(style["font-size"], below=2.01) if "font-size" in style else parent.tiny
    visibility = style.get("visibility", "hidden" if parent.invisible else "visible")
    return _Inherited(ink, background, tiny, visibility in ("hidden", "collapse"))


def _are_alike(one: tuple[int, int, int] | None, other: tuple[int, int, int] | None) -> bool:
    if one is None or other is None:
        return False
    return all(abs(a - b) <= _SAME for a, b in zip(one, other, strict=True))


def _own_texts(element: _Element) -> Iterator[str]:
    yield element.text or ""
    yield from (child.tail or "" for child in element)


def _length(text: str) -> int:
    return len(" ".join(text.split()))


def _clear_own_text(element: _Element) -> int:
    gone = _length(" ".join(_own_texts(element)))
    element.text = None
    for child in element:
        child.tail = None
    return gone


def _drop(element: _Element) -> None:
    """Removes an element; the text after it belongs to its parent, and stays."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail
    if parent is None:
        for child in list(element):
            element.remove(child)
        element.text = None
        return
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
