"""An article becomes a review: the findings of every rule, in the order of the text."""

from service.domain.article import Article
from service.domain.report import Review
from service.review.rules.names import NAMES
from service.review.rules.spec import RuleFamily, RuleSpec

FAMILIES: tuple[RuleFamily, ...] = (NAMES,)
SPECS: dict[str, RuleSpec] = {spec.code: spec for family in FAMILIES for spec in family.specs}
"""Every rule by its code."""


def review(article: Article) -> Review:
    """Reads the article against itself. Only evidence sentences are read: teasers and comments are not copy."""
    findings = [finding for family in FAMILIES for finding in family.find(article)]
    return Review(
        article_id=article.id,
        version=article.version,
        findings=tuple(sorted(findings, key=lambda finding: (finding.passages[0].start, finding.code))),
        reports=(),
    )
