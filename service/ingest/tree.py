"""A page's elements become what selectors ask of them: their names, their places, and who stands above and before them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from lxml.etree import _Element

Weight = tuple[int, int, int]
"""How much a selector counts: its ids; its classes, attributes and pseudo-classes; its types."""


class Place(NamedTuple):
    """Where an element stands among its parent's children, counted from 1: from both ends, and among its own type."""

    first: int
    last: int
    first_of_type: int
    last_of_type: int


Test = Callable[["Tree", _Element], bool]


@dataclass(frozen=True, eq=False)  # equal only to itself: what is worked out for one is found by it
class Selector:
    """The last compound, by what an element must be named and pass, and what must stand to the left of it."""

    names: frozenset[str]
    tests: tuple[Test, ...]
    weight: Weight
    combinator: str = ""
    left: "Selector | None" = None


class Tree:
    """What selectors ask of a page's elements, each worked out once."""

    def __init__(self) -> None:
        self._names: dict[_Element, frozenset[str]] = {}
        self._places: dict[_Element, dict[_Element, Place]] = {}
        self._above: dict[tuple[Selector, _Element], bool] = {}
        self._foremost: dict[tuple[Selector, _Element], int | None] = {}

    def names(self, element: _Element) -> frozenset[str]:
        """All that a simple selector can call an element: "p", "*", "#id", ".class", "[href]" and "[href=#top]"."""
        if element not in self._names:
            classes = (f".{name}" for name in (element.get("class") or "").split())
            attributes = (
                sign for name, value in element.attrib.items() for sign in (f"[{name!s}]", f"[{name!s}={value!s}]")
            )
            self._names[element] = frozenset({"*", str(element.tag), f"#{element.get('id')}", *classes, *attributes})
        return self._names[element]

    def selects(self, selector: Selector, element: _Element) -> bool:
        return (
            selector.names <= self.names(element)
            and all(test(self, element) for test in selector.tests)
            and (selector.left is None or self._stands_right_of(selector.combinator, selector.left, element))
        )

    def place(self, element: _Element) -> Place:
        parent = element.getparent()
        if parent is None:
            return Place(1, 1, 1, 1)
        if parent not in self._places:
            self._places[parent] = _places(parent)
        return self._places[parent][element]

    def _stands_right_of(self, combinator: str, left: Selector, element: _Element) -> bool:
        if combinator == "+":
            before = next((e for e in element.itersiblings(preceding=True) if isinstance(e.tag, str)), None)
            return before is not None and self.selects(left, before)
        parent = element.getparent()
        if parent is None:
            return False
        if combinator == ">":
            return self.selects(left, parent)
        if combinator == "~":
            foremost = self._foremost_child(left, parent)
            return foremost is not None and foremost < self.place(element).first
        above = (left, parent)
        if above not in self._above:
            self._above[above] = any(self.selects(left, e) for e in (parent, *parent.iterancestors()))
        return self._above[above]

    def _foremost_child(self, selector: Selector, parent: _Element) -> int | None:
        sought = (selector, parent)
        if sought not in self._foremost:
            children = (child for child in parent if isinstance(child.tag, str))
            places = (place for place, child in enumerate(children, start=1) if self.selects(selector, child))
            self._foremost[sought] = next(places, None)
        return self._foremost[sought]


def _places(parent: _Element) -> dict[_Element, Place]:
    children = [child for child in parent if isinstance(child.tag, str)]
    counts: dict[object, int] = {}
    nth: list[int] = []
    for child in children:
        counts[child.tag] = counts.get(child.tag, 0) + 1
        nth.append(counts[child.tag])
    return {
        child: Place(at + 1, len(children) - at, nth[at], counts[child.tag] - nth[at] + 1)
        for at, child in enumerate(children)
    }
