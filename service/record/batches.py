"""A long list becomes lists that are short enough for one SQL statement."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

MOST_PARAMETERS = 1000
"""Values in one IN list: SQLite takes 32,766 and PostgreSQL 65,535, but long lists plan no faster."""


def batches(items: Sequence[T], size: int = MOST_PARAMETERS) -> Iterator[Sequence[T]]:
    """The items in order, at most `size` at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
