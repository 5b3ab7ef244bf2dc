"""Each rule's description is the truth: its own examples show it."""

import pytest

from service.review.pipeline import FAMILIES, SPECS, review
from service.review.rules.spec import RuleSpec
from tests.articles import make_article

ALL = [spec for family in FAMILIES for spec in family.specs]


def test_every_code_is_described_once() -> None:
    assert len(SPECS) == len(ALL)


@pytest.mark.parametrize("spec", ALL, ids=lambda spec: spec.code)
def test_the_wrong_example_raises_the_code_and_the_right_one_nothing(spec: RuleSpec) -> None:
    assert spec.code in [finding.code for finding in review(make_article(spec.wrong, published=spec.dated)).findings]
    assert not review(make_article(spec.right, published=spec.dated)).findings


@pytest.mark.parametrize("spec", ALL, ids=lambda spec: spec.code)
def test_codes_of_one_kind_begin_alike(spec: RuleSpec) -> None:
    assert {other.kind for other in ALL if other.code[:3] == spec.code[:3]} == {spec.kind}
