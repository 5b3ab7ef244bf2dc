"""An HTML tree loses the text that a reader cannot see, and says how much of it there was."""

import re
from collections.abc import Iterator

import lxml.etree
from lxml.html import HtmlElement

Style = dict[str, str]

_NOT_TEXT = frozenset({"script", "style", "template", "noscript", "head", "title", "meta", "link", "iframe", "object"})
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE_SELECTOR = re.compile(r"[.#]?[\w-]+")
_ZERO = re.compile(r"0*\.?0*(?:px|em|rem|pt|%)?")
_FAR_AWAY = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|pt|em|rem|%|vw|vh)?")
_CLIPPED = re.compile(r"rect\(\s*0|inset\(\s*(?:50|100)%|circle\(\s*0")
_COLOURS = {"white": "ffffff", "#fff": "ffffff", "black": "000000", "transparent": "none"}
# Characters that print nothing: an instruction can be spelt in them, and a name broken up by them.
INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")


def remove_hidden(tree: HtmlElement) -> int:
    """Drops hidden elements and comments from the tree, in place; returns the characters of text that went.

    Read are the `hidden` attribute, inline styles, and the <style> rules that select by one tag, class or id.
    What scripts or outside style sheets hide cannot be known here.
    """
    rules = _rules(tree)
    hidden, gone = [], 0
    for comment in tree.xpath("//comment()"):
        _drop(comment)
    todo: list[tuple[HtmlElement, str, str]] = [(tree, "000000", "ffffff")]
    while todo:
        element, colour, background = todo.pop()
        if not isinstance(element.tag, str) or element.tag in _NOT_TEXT:
            continue
        style = _style(element, rules)
        colour = _colour(style.get("color"), colour)
        background = _colour(style.get("background-color") or style.get("background"), background)
        if _hides(element, style):
            hidden.append(element)
            continue
        todo.extend((child, colour, background) for child in element)
        if colour == background and _own_text(element):
            gone += len(_own_text(element))
            _clear_own_text(element)
    for element in hidden:
        gone += len(" ".join(element.text_content().split()))
        _drop(element)
    return gone


def remove_invisible(text: str) -> tuple[str, int]:
    """The text without characters that print nothing, and how many there were."""
    return INVISIBLE.subn("", text)


def _rules(tree: HtmlElement) -> dict[str, Style]:
    rules: dict[str, Style] = {}
    for sheet in tree.iter("style"):
        for selectors, declarations in _RULE.findall(sheet.text or ""):
            for selector in selectors.split(","):
                if _SIMPLE_SELECTOR.fullmatch(selector.strip()):
                    rules.setdefault(selector.strip(), {}).update(_declarations(declarations))
    return rules


def _declarations(text: str) -> Style:
    pairs = (part.split(":", 1) for part in text.lower().split(";") if ":" in part)
    return {name.strip(): value.replace("!important", "").strip() for name, value in pairs}


def _style(element: HtmlElement, rules: dict[str, Style]) -> Style:
    style: Style = {}
    for selector in _selectors(element):
        style.update(rules.get(selector, {}))
    style.update(_declarations(element.get("style") or ""))
    return style


def _selectors(element: HtmlElement) -> Iterator[str]:
    yield str(element.tag)
    yield from (f".{name}" for name in (element.get("class") or "").split())
    if element.get("id"):
        yield f"#{element.get('id')}"


def _hides(element: HtmlElement, style: Style) -> bool:
    return (
        element.get("hidden") is not None
        or (element.tag == "input" and element.get("type") == "hidden")
        or style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or any(_ZERO.fullmatch(style[name]) for name in ("opacity", "font-size") if style.get(name))
        or _is_off_screen(style)
        or _is_shrunk(style)
    )


def _is_off_screen(style: Style) -> bool:
    moved = [
        style.get(name, "") for name in ("left", "top", "right", "bottom", "text-indent", "margin-left", "margin-top")
    ]
    return any(_FAR_AWAY.fullmatch(value) for value in moved) or bool(
        re.search(r"translate[xy]?\(\s*-\d{3,}", style.get("transform", ""))
    )


def _is_shrunk(style: Style) -> bool:
    clipped = _CLIPPED.match(style.get("clip", "")) or _CLIPPED.match(style.get("clip-path", ""))
    cut = style.get("overflow") == "hidden" and any(
        _ZERO.fullmatch(style[name]) or style[name] == "1px"
        for name in ("width", "height", "max-height", "max-width")
        if style.get(name)
    )
    return bool(clipped) or cut or "scale(0)" in style.get("transform", "")


def _colour(value: str | None, inherited: str) -> str:
    """A colour as six hex digits where it can be read; an unknown one is taken as it is written."""
    if not value or value in ("inherit", "currentcolor", "initial"):
        return inherited
    value = value.split()[0] if not value.startswith("rgb") else value
    value = _COLOURS.get(value, value)
    if value == "none" or re.fullmatch(r"rgba\(.*,\s*0(?:\.0+)?\)", value):
        return "ffffff" if value == "none" else inherited
    if numbers := re.fullmatch(r"rgba?\((\d+)[,\s]+(\d+)[,\s]+(\d+).*\)", value):
        return "".join(f"{min(int(n), 255):02x}" for n in numbers.groups())
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "".join(c * 2 for c in value[1:])
    return value.lstrip("#")


def _own_text(element: HtmlElement) -> str:
    return " ".join(" ".join([element.text or "", *(child.tail or "" for child in element)]).split())


def _clear_own_text(element: HtmlElement) -> None:
    element.text = None
    for child in element:
        child.tail = None


def _drop(element: lxml.etree._Element) -> None:
    """Removes an element; the text after it belongs to its parent, and stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
