"""Pages full of numbers are read in time that grows with them, and still lose no restated one."""

from collections.abc import Sequence

import pytest

from service.review.pipeline import review
from service.review.rules import numbers
from service.review.rules.restated import Conflict, find_conflict
from service.review.rules.stated import Stated
from tests.articles import make_article


def _asked(sentences: int, monkeypatch: pytest.MonkeyPatch) -> int:
    asked = 0

    def count(earlier: Stated, later: Stated, stated: Sequence[Stated]) -> Conflict | None:
        nonlocal asked
        asked += 1
        return find_conflict(earlier, later, stated)

    monkeypatch.setattr(numbers, "find_conflict", count)
    text = "\n".join(
        f"Shop {i} of the chain in town number {i} sold {i + 100} boxes of apples." for i in range(sentences)
    )
    numbers.find_number_conflicts(make_article(text))
    return asked


def test_twice_as_many_numbers_are_twice_as_many_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _asked(400, monkeypatch) <= 2.2 * _asked(200, monkeypatch)


def test_a_number_is_found_restated_behind_many_others() -> None:
    filler = "\n".join(f"In village {chr(65 + i % 26)} the shop sold {i + 300} pears." for i in range(40))
    text = (
        f"The fire destroyed 120 homes in Tampa.\n{filler}\nOf the 210 homes destroyed by the fire in Tampa, few stand."
    )
    found = review(make_article(text)).findings
    assert "210" in [text[f.passages[0].start : f.passages[0].end] for f in found]
