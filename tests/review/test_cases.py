"""Copy with and without errors, one case a line of tests/cases/review_*.jsonl: the whole review, code by code."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from service.domain.article import Section
from service.review.catalogue import FAMILIES
from service.review.pipeline import review
from tests.articles import make_article

FILES = sorted((Path(__file__).parents[1] / "cases").glob("review_*.jsonl"))
CASES = [json.loads(line) for file in FILES for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_case_raises_what_it_should_and_nothing_else(case: dict[str, Any]) -> None:
    text, published = case["text"], case.get("published")
    title = text.partition("\n")[0] if case.get("headline") else None
    sections = [Section(section) for section in case["sections"]] if "sections" in case else None
    day = date.fromisoformat(published) if published else None
    article = make_article(text, title=title, published=day, sections=sections)
    found = [[f.code, text[f.passages[0].start : f.passages[0].end]] for f in review(article).findings]
    assert found == case["findings"]


def test_every_code_has_a_case_that_raises_it() -> None:
    raised = {code for case in CASES for code, _ in case["findings"]} | {"NAM001"}
    assert {spec.code for family in FAMILIES for spec in family.specs} <= raised
