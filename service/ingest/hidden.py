"""An HTML tree loses the text that a reader cannot see, and says how much of it there was."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml.etree import _Element

from service.ingest.colour import Colour, are_alike, colour_of
from service.ingest.sheet import Style, holds_on_screen
from service.ingest.sight import is_out_of_sight
from service.ingest.style import Cascade, is_zero, variables_of

# Characters that print nothing: an order can be spelt in them, and a name broken up by them. The joiners
# U+200C and U+200D stay: Persian, Hindi and emoji need them.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f\U000e0100-\U000e01ef]"
)
_NEVER_SHOWN = frozenset({"template", "noscript"})
_NOT_TEXT = frozenset({"script", "style", "head"})
_WHOLE = frozenset({"html", "body"})  # a script uncovers a page that is covered whole: nothing is hidden in it
_MOST_VARIABLES = 2_000  # the themes of large sites have some hundreds
_SHEET_TYPES = frozenset({"", "text/css"})
_RESPONSIVE = ",".join(f'[class*=":{shown}"]' for shown in ("block", "flex", "grid", "inline", "table", "contents"))
_BREAKPOINTS = ",".join(f'[class*="d-{size}-"]' for size in ("sm", "md", "lg", "xl", "xxl"))
_AGREED = f"""
    [popover], .sr-only, .visually-hidden, .visuallyhidden, .screen-reader-text, .screen-reader-only, .is-sr-only,
    .show-for-sr, .a11y-hidden, .visually-hidden-focusable, .govuk-visually-hidden, .usa-sr-only, .element-invisible,
    .element-hidden, .is-hidden, .u-hidden, .uk-hidden, .ng-hide, .hide,
    .hidden:not({_RESPONSIVE}), .d-none:not({_BREAKPOINTS}) {{ display: none }}
    .invisible, .is-invisible {{ visibility: hidden }}
"""
"""What style sheets outside the page hide under agreed names (Bootstrap, Tailwind, Foundation, Bulma, UIkit, WordPress,
Drupal and others); a sheet of the page's own may say otherwise. Tailwind's and Bootstrap's names may show on wide screens."""


class _Inherited(NamedTuple):
    """What an element's text takes over from its parents; a colour is None where it cannot be known."""

    colour: Colour | None = (0, 0, 0)
    background: Colour | None = (255, 255, 255)
    tiny: bool = False
    invisible: bool = False
    variables: Mapping[str, str] = {}

    @property
    def hides(self) -> bool:
        return self.tiny or self.invisible or are_alike(self.colour, self.background)


def remove_invisible(text: str) -> tuple[str, int]:
    """The text without characters that print nothing, and how many there were."""
    return _INVISIBLE.subn("", text)


def remove_hidden(tree: _Element) -> int:
    """Drops what is hidden from the tree, in place; returns the characters of text that went.

    Read are the `hidden` attribute, inline styles, and those rules of <style> elements that hold on a desktop's
    screen. What scripts or outside style sheets hide cannot be known here, but for agreed class names.
    `aria-hidden` is not read: it marks drop capitals and the like, which are seen and not spoken.
    """
    cascade = Cascade([_AGREED, *_sheets(tree)])
    hidden: list[_Element] = []
    gone = 0
    todo: list[tuple[_Element, _Inherited]] = [(tree, _Inherited())]
    while todo:
        element, parent = todo.pop()
        if not isinstance(element.tag, str) or element.tag in _NOT_TEXT:
            continue
        style = cascade.style(element, parent.variables)
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


def _sheets(tree: _Element) -> Iterator[str]:
    for sheet in tree.iter("style"):
        if (sheet.get("type") or "").lower() in _SHEET_TYPES and holds_on_screen(sheet.get("media") or "all"):
            yield sheet.text or ""


def _removes(element: _Element, style: Style) -> bool:
    """Whether the element goes with all that is in it, whatever its children say."""
    return (
        element.tag in _NEVER_SHOWN
        or element.get("hidden") is not None
        or (element.tag == "dialog" and element.get("open") is None)
        or (element.tag not in _WHOLE and is_out_of_sight(style))
    )


def _inherit(parent: _Inherited, style: Style) -> _Inherited:
    if not style:
        return parent
    ink = colour_of(style.get("color", ""), parent.colour)
    paper = (
        ink
        if style.get("background-color") == "currentcolor"
        else colour_of(style.get("background-color", ""), parent.background)
    )
    background = parent.background if paper == "transparent" else paper
    own = variables_of(style)
    crowded = len(own) + len(parent.variables) > _MOST_VARIABLES
    variables = {**parent.variables, **own} if own and not crowded else parent.variables
    if ink == "transparent":
        return _Inherited(parent.background, background, True, parent.invisible, variables)
    tiny = is_zero(style["font-size"], below=2.01) if "font-size" in style else parent.tiny
    visibility = style.get("visibility", "hidden" if parent.invisible else "visible")
    return _Inherited(ink, background, tiny, visibility in ("hidden", "collapse"), variables)


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
