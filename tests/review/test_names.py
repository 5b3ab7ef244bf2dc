"""NAM001 on the sample article, and on small articles."""

import json
from pathlib import Path
from typing import Any

import pytest

from service.domain.article import Section
from service.domain.finding import FindingKind, Severity
from service.review.pipeline import review
from service.review.rules.names import find_name_variants
from tests.articles import make_article

ROOT = Path(__file__).parents[2]
SAMPLE = (ROOT / "service" / "sample" / "voa-japan-russia-ukraine.txt").read_text(encoding="utf-8")
CASES = [
    json.loads(line)
    for line in (ROOT / "tests" / "cases" / "names_variants.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_variant_is_found_only_where_the_article_gives_it_no_right(case: dict[str, Any]) -> None:
    article = make_article(case["text"])
    found = find_name_variants(article)
    assert [[_cut(case["text"], f.passages[0]), f.suggestion] for f in found] == case["findings"]


def test_the_sample_has_one_misspelt_name() -> None:
    """The page dump is read whole, teasers and comments too: nothing else in it is near a name."""
    article = make_article(SAMPLE)
    (finding,) = find_name_variants(article)
    wrong, right = finding.passages
    assert (finding.code, finding.kind, finding.severity) == ("NAM001", FindingKind.NAME, Severity.ERROR)
    assert (_cut(SAMPLE, wrong), _cut(SAMPLE, right)) == ("Kushida", "Kishida")
    assert finding.suggestion == "Kishida"
    assert "Kushida" in finding.message
    assert "Fumio Kishida" in finding.message
    assert "Kushida's comments on the crisis" in wrong.quote
    assert right.quote.startswith("Japanese Foreign Minister Fumio Kishida")
    by_id = {s.id: s for s in article.sentences}
    assert all(by_id[p.sentence_id].text == p.quote for p in finding.passages)


@pytest.mark.parametrize("section", [Section.RELATED, Section.COMMENT, Section.QUOTE, Section.NAVIGATION])
def test_sections_that_are_no_evidence_cause_nothing(section: Section) -> None:
    text = "Foreign Minister Fumio Kishida spoke.\nReporters asked about Kushida's comments."
    assert find_name_variants(make_article(text, sections=[Section.BODY, Section.BODY]))
    assert not find_name_variants(make_article(text, sections=[Section.BODY, section]))
    assert not find_name_variants(make_article(text, sections=[section, Section.BODY]))


def test_every_place_of_a_slip_is_reported() -> None:
    text = "Tony Blair spoke.\nBlair left.\nThen Balir came.\nAt noon Balir left."
    found = find_name_variants(make_article(text))
    assert [f.passages[0].start for f in found] == [text.index("Balir"), text.rindex("Balir")]


def _cut(text: str, passage: Any) -> str:
    return text[passage.start : passage.end]


def test_a_subhead_is_read_for_names_and_not_for_figures() -> None:
    text = "Kishida flies to Moscow\nMinister Fumio Kishida met 120 firms in Tampa.\nKushida met 210 firms in Tampa"
    article = make_article(text, sections=[Section.HEADLINE, Section.BODY, Section.SUBHEAD])
    assert [finding.code for finding in review(article).findings] == ["NAM001"]
