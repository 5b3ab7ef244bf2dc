"""Texts and elements become an element: what an article holds stays text, and no control character passes."""

from lxml import etree

from service.marks import printable

Node = etree._Element
Content = str | Node


def make(tag: str, *content: Content, attributes: dict[str, str] | None = None) -> Node:
    """An element with that content, in order."""
    node = etree.Element(tag, {name: printable(value) for name, value in (attributes or {}).items()})
    for piece in content:
        if not isinstance(piece, str):
            node.append(piece)
        elif len(node):
            node[-1].tail = (node[-1].tail or "") + printable(piece)
        else:
            node.text = (node.text or "") + printable(piece)
    return node


def make_classed(tag: str, style: str, *content: Content) -> Node:
    """An element of that class."""
    return make(tag, *content, attributes={"class": style})
