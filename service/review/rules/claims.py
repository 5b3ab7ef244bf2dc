"""The check-worthy sentences of an article become reports, and findings where the archive says otherwise (CLM)."""

from collections.abc import Sequence
from typing import NamedTuple

from service.domain.article import Article, Section, Sentence
from service.domain.finding import Finding, FindingKind, Severity
from service.domain.report import Report
from service.domain.verdict import Label
from service.ingest.dateline import skip_dateline
from service.review.archive import OtherArticles
from service.review.rules.spec import RuleSpec, passage

CLM001 = RuleSpec(
    code="CLM001",
    name="claim that the archive contradicts",
    kind=FindingKind.CLAIM,
    severity=Severity.WARNING,
    explanation=(
        "A sentence that is worth checking was checked against the archive as it stood on the day of the article, and "
        "the stored sentences that bear on it say otherwise. The article itself, its other versions and its copies are "
        "never asked. Found with --archive only."
    ),
    wrong="Prime Minister Shinzo Abe has met President Vladimir Putin seven times.",
    right="Prime Minister Shinzo Abe has met President Vladimir Putin five times.",
)
CLM002 = RuleSpec(
    code="CLM002",
    name="claim on which the archive disagrees",
    kind=FindingKind.CLAIM,
    severity=Severity.NOTE,
    explanation=(
        "A sentence that is worth checking is supported by some stored sentences and contradicted by others. Found with "
        "--archive only."
    ),
    wrong="Prime Minister Shinzo Abe has met President Vladimir Putin seven times.",
    right="Prime Minister Shinzo Abe has met President Vladimir Putin five times.",
)

# The detector's own threshold for "worth checking", and so many sentences at most: the ones worth it most.
LEAST_WORTH = 0.5
MOST_CLAIMS = 12
_SECTIONS = (Section.BODY, Section.CAPTION)


class CheckedClaims(NamedTuple):
    """The verdicts on an article's claims, in the order of the text, and what is to be seen of them."""

    reports: tuple[Report, ...]
    findings: tuple[Finding, ...]


def check_claims(article: Article, archive: OtherArticles) -> CheckedClaims:
    """CLM001 and CLM002, with the report of every claim that was checked, whatever came of it."""
    claims = _worth_checking(article, archive)
    reports = [archive.check(_said_in(claim)) for claim in claims]
    findings = (_finding(claim, report) for claim, report in zip(claims, reports, strict=True))
    return CheckedClaims(tuple(reports), tuple(finding for finding in findings if finding))


def _worth_checking(article: Article, archive: OtherArticles) -> Sequence[Sentence]:
    sentences = [s for s in article.evidence if s.section in _SECTIONS and any(c.isalnum() for c in s.text)]
    rated = zip(sentences, archive.rate([_said_in(sentence) for sentence in sentences]), strict=True)
    worth = sorted(((-rating.score, s.index, s) for s, rating in rated if rating.score >= LEAST_WORTH))[:MOST_CLAIMS]
    return sorted((sentence for _, _, sentence in worth), key=lambda sentence: sentence.index)


def _said_in(sentence: Sentence) -> str:
    """The claim that a sentence makes: a dateline is none, and no other story has the same."""
    return sentence.text[skip_dateline(sentence.text) :]


def _finding(claim: Sentence, report: Report) -> Finding | None:
    spec = {Label.REFUTED: CLM001, Label.CONFLICTING: CLM002}.get(report.label)
    if spec is None or not report.citations:
        return None
    first = report.differences[0] if report.differences else None
    at = skip_dateline(claim.text)
    start, end = (first.claim_start + at, first.claim_end + at) if first else (at, len(claim.text))
    said = first.citation if first else report.citations[0]
    source = ", ".join(str(part) for part in (said.title, said.published) if part) or said.article_id
    says = "says otherwise" if spec is CLM001 else "disagrees"
    return spec.finding(
        f"The archive {says}: “{said.quote}” ({source}). Check which is right.",
        passage(claim, start, end),
        confidence=report.confidence,
        suggestion=first.correction if first and len(report.differences) == 1 else None,
        citations=report.citations,
    )
