"""Rules whose words are English leave other copy alone."""

import pytest

from service.review.catalogue import FAMILIES
from service.review.pipeline import review
from service.review.rules.spec import RuleSpec
from tests.articles import make_article

OURS = ("NAM001", "NAM002", "NAM003", "NAM006", "NUM", "DAT", "ROL")


@pytest.mark.parametrize(
    "spec",
    [spec for family in FAMILIES for spec in family.specs if spec.code.startswith(OURS)],
    ids=lambda spec: spec.code,
)
def test_a_rule_for_english_copy_is_silent_in_other_languages(spec: RuleSpec) -> None:
    article = make_article(spec.wrong, published=spec.dated)
    assert spec.code in [finding.code for finding in review(article.model_copy(update={"language": "en"})).findings]
    assert spec.code not in [finding.code for finding in review(article.model_copy(update={"language": "ru"})).findings]
