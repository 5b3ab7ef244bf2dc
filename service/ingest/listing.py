"""A page's lines become those of the lists that its article introduces: "The dates:" and the dates below it."""

import re
from collections.abc import Sequence

from service.ingest.datespan import MONTH
from service.ingest.furniture import Kind
from service.ingest.lines import Line

_FEWEST = 2  # items: one line below a colon is as likely a subhead's paragraph
_NEAR = 3  # lines: the article must have been speaking just before
# How the items of a list begin, all in one way: a bullet, a number, a day of the year or of the week.
_OPENINGS = (
    re.compile(r"[•·▪◦‣*–—-]\s*\S"),
    re.compile(r"\(?\d{1,3}[.):]?\s+\S"),
    re.compile(rf"{MONTH}\.? \d{{1,2}}\b", re.IGNORECASE),
    re.compile(rf"\d{{1,2}}\.? {MONTH}\b", re.IGNORECASE),
    re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE),
)
_ITEM_KINDS = frozenset({Kind.LINE, Kind.PROSE, Kind.STAMP})


def find_lists(lines: Sequence[Line], kinds: Sequence[Kind]) -> frozenset[int]:
    """The places of the lines that introduce a list within an article, and of the list's items."""
    found: set[int] = set()
    for place, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind in (Kind.LINE, Kind.PROSE) and line.text.endswith(":") and _is_said(kinds, place):
            items = _items(lines, kinds, place + 1)
            if len(items) >= _FEWEST:
                found.update((place, *items))
    return frozenset(found)


def _is_said(kinds: Sequence[Kind], place: int) -> bool:
    return Kind.PROSE in kinds[max(0, place - _NEAR) : place + 1]


def _items(lines: Sequence[Line], kinds: Sequence[Kind], start: int) -> range:
    """The lines from `start` on that open as the first of them does."""
    if start == len(lines):
        return range(start, start)
    opening = next((pattern for pattern in _OPENINGS if pattern.match(lines[start].text)), None)
    end = start
    while opening and end < len(lines) and kinds[end] in _ITEM_KINDS and opening.match(lines[end].text):
        end += 1
    return range(start, end)
