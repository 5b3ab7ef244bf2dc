"""The archive becomes what a review asks of it: what it says otherwise, and never what the copy under review says."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Protocol

from service.compare.words import content_words, words
from service.domain.article import Article
from service.domain.claim import CheckWorthiness
from service.domain.passage import Citation, CitationState, Passage
from service.domain.report import Report
from service.ports import Detector, Record
from service.retrieve.cite import Citer

SAMPLED = 16  # sentences that tell whether a stored article is a copy
COPIED = 0.3  # of them stand in it word for word: a quotation or two that both stories share is less
LEAST_COPIED = 2
HITS = 8  # passages read for a quotation, or for a sampled sentence


class Check(Protocol):
    """`Desk.check`."""

    def __call__(self, claim: str, as_of: date | None, *, without_articles: frozenset[str]) -> Report: ...


class Archive:
    """The archive without the article under review, its other versions and its copies under other addresses."""

    def __init__(self, record: Record, detector: Detector, check: Check) -> None:
        self._record = record
        self._detector = detector
        self._check = check

    def without(self, article: Article) -> "OtherArticles":
        return OtherArticles(self._record, self._detector, self._check, article)


class OtherArticles:
    """What the archive holds beside one article."""

    def __init__(self, record: Record, detector: Detector, check: Check, article: Article) -> None:
        self._record = record
        self._detector = detector
        self._check = check
        self._article = article

    @cached_property
    def own(self) -> frozenset[str]:
        """The ids of the article and of its copies: stored articles that share many of its sentences word for word."""
        sentences = sorted(self._article.evidence, key=lambda s: -len(s.text))[:SAMPLED]
        holders = Counter(
            article_id
            for sentence in sentences
            for article_id in {
                p.article_id for p in self._holding(sentence.text) if _key(p.text) == _key(sentence.text)
            }
        )
        least = min(max(LEAST_COPIED, COPIED * len(sentences)), len(sentences))
        return frozenset({self._article.id, *(holder for holder, shared in holders.items() if shared >= least)})

    def holding(self, text: str) -> list[Passage]:
        """The passages of other articles that share the most words with a text."""
        return [passage for passage in self._holding(text) if passage.article_id not in self.own]

    def rate(self, sentences: Sequence[str]) -> list[CheckWorthiness]:
        """How much each is worth checking."""
        return self._detector.rate(sentences)

    def check(self, claim: str) -> Report:
        """The claim judged by other articles, as of the day of the article."""
        return self._check(claim, self._article.published, without_articles=self.own)

    def cite(self, passage: Passage) -> Citation:
        return Citer(self._record).cite(passage, CitationState.VERIFIED)

    def _holding(self, text: str) -> list[Passage]:
        terms = list(dict.fromkeys(word.text for word in content_words(text)))
        return self._record.passages(self._record.search(terms, HITS)) if terms else []


def _key(text: str) -> tuple[str, ...]:
    return tuple(word.text.casefold() for word in words(text))
