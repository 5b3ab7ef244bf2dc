"""The quotations of an article become findings where the archive has the same words otherwise (QUO004)."""

from collections.abc import Iterator
from typing import NamedTuple

from service.domain.article import Article
from service.domain.finding import Finding, FindingKind, Severity
from service.domain.passage import Passage
from service.review.archive import OtherArticles
from service.review.quotations import Quotation, Quoted, find_quotations, quoted_in
from service.review.rules.quotes import are_two_people, mark_quotation
from service.review.rules.spec import RuleSpec
from service.review.wording import Wording, compare_wording

QUO004 = RuleSpec(
    code="QUO004",
    name="quotation that the archive has otherwise",
    kind=FindingKind.QUOTE,
    severity=Severity.WARNING,
    explanation=(
        "A stored article quotes nearly the same words, and not alike; nowhere in the archive do they stand as they do "
        "here. Both may have translated, or one of them misheard. Found with --archive only, and never in the article's "
        "own copies."
    ),
    wrong="“We will not close this old port again,” said Ann Peeters.",
    right="“We will never close this old port again,” said Ann Peeters.",
)

LEAST_WORDS = 6  # of a quotation that is looked up; shorter ones are in every archive by chance


class _Stored(NamedTuple):
    passage: Passage
    quoted: Quoted


def find_changed_quotations(article: Article, archive: OtherArticles) -> list[Finding]:
    """QUO004: a warning for each quotation that other articles have in other words, and none in the same."""
    found = []
    for quotation in find_quotations(article).quotations:
        if quotation.length >= LEAST_WORDS:
            alike = [(compare_wording(quotation.text, each.quoted.text), each) for each in _stored(quotation, archive)]
            changed = [each for wording, each in alike if wording is Wording.CHANGED]
            if changed and not any(wording is Wording.SAME for wording, _ in alike):
                found.append(_finding(quotation, changed[0], archive))
    return found


def _stored(quotation: Quotation, archive: OtherArticles) -> Iterator[_Stored]:
    """What other articles quote in the passages nearest to it, but for the words of another person."""
    for passage in archive.holding(quotation.text):
        for quoted in quoted_in(passage.window):
            if not (quotation.speaker and quoted.speaker and are_two_people(quotation.speaker, quoted.speaker)):
                yield _Stored(passage, quoted)


def _finding(quotation: Quotation, stored: _Stored, archive: OtherArticles) -> Finding:
    citation = archive.cite(stored.passage)
    source = ", ".join(str(part) for part in (citation.title, citation.published) if part) or citation.article_id
    return QUO004.finding(
        f"The archive quotes it otherwise: “{stored.quoted.text}” ({source}). Check what was said.",
        mark_quotation(quotation),
        confidence=0.7,
        citations=(citation,),
    )
