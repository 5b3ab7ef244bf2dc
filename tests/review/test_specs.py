"""Each rule's description is the truth: its own examples show it."""

import pytest

from service.domain.article import Article, Section
from service.review.catalogue import ARCHIVE, FAMILIES, SPECS
from service.review.options import ReviewOptions, Spelling
from service.review.pipeline import review
from service.review.rules.spec import RuleSpec
from tests.articles import make_article

HOUSE = ReviewOptions(style=(Spelling(write="Kyiv", instead_of=("Kiev",)),), known_people=("Fumio Kishida",))
CAPTIONS = {"DUP003": "A ship"}  # how the captions of an example begin


def _article(text: str, spec: RuleSpec) -> Article:
    sections = [_section(line, spec) for line in text.splitlines() if line]
    return make_article(text, published=spec.dated, sections=sections)


def _section(line: str, spec: RuleSpec) -> Section:
    if line.startswith("[desk:"):
        return Section.NOTE
    return Section.CAPTION if spec.code in CAPTIONS and line.startswith(CAPTIONS[spec.code]) else Section.BODY


def test_every_code_is_described_once() -> None:
    assert all(code == spec.code for code, spec in SPECS.items())
    described = [spec.code for family in FAMILIES for spec in family.specs]
    assert len(described) == len(set(described))
    assert set(described) <= set(SPECS)


@pytest.mark.parametrize("spec", [s for s in SPECS.values() if s not in ARCHIVE], ids=lambda spec: spec.code)
def test_the_wrong_example_raises_the_code_and_the_right_one_nothing(spec: RuleSpec) -> None:
    assert spec.code in [finding.code for finding in review(_article(spec.wrong, spec), HOUSE).findings]
    assert not review(_article(spec.right, spec), HOUSE).findings


@pytest.mark.parametrize("spec", SPECS.values(), ids=lambda spec: spec.code)
def test_codes_of_one_kind_begin_alike(spec: RuleSpec) -> None:
    assert {other.kind for other in SPECS.values() if other.code[:3] == spec.code[:3]} == {spec.kind}
