"""An article becomes a review: the findings of every rule, in the order of the text."""

from collections.abc import Callable

from service.domain.article import Article
from service.domain.finding import Finding
from service.domain.report import Review
from service.review.rules.names import find_name_variants

RULES: tuple[Callable[[Article], list[Finding]], ...] = (find_name_variants,)


def review(article: Article) -> Review:
    """Reads the article against itself. Only evidence sentences are read: teasers and comments are not copy."""
    findings = [finding for rule in RULES for finding in rule(article)]
    return Review(
        article_id=article.id,
        version=article.version,
        findings=tuple(sorted(findings, key=lambda finding: (finding.passages[0].start, finding.code))),
        reports=(),
    )
