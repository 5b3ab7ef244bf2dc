"""A rule's description becomes its findings, its page in docs/rules.md and the answer of `--explain`."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from service.domain.article import Article, Sentence
from service.domain.base import Frozen
from service.domain.finding import Finding, FindingKind, FindingPassage, Severity
from service.domain.passage import Citation


class RuleSpec(Frozen):
    """What one finding code means, for the editor who meets it.

    `severity` is the most severe that its findings get: one that is less sure may be a warning or a note.
    `explanation` is one paragraph; `wrong` and `right` are copy that raises a finding and copy that does not.
    """

    code: str  # stable: NAM001
    name: str  # a few words in small letters: "misspelt name"
    kind: FindingKind
    severity: Severity
    explanation: str
    wrong: str
    right: str
    dated: date | None = None  # the day of the example copy, where the rule reads it
    is_safe_to_fix: bool = False  # `--fix` may write its suggestions where it is sure enough of them

    def finding(
        self,
        message: str,
        *passages: FindingPassage,
        confidence: float,
        suggestion: str | None = None,
        severity: Severity | None = None,
        citations: tuple[Citation, ...] = (),
    ) -> Finding:
        """A finding of this rule; `suggestion` is what the first passage's words should read."""
        return Finding(
            code=self.code,
            kind=self.kind,
            severity=severity or self.severity,
            confidence=confidence,
            message=message,
            suggestion=suggestion,
            passages=passages,
            citations=citations,
        )


class RuleFamily(NamedTuple):
    """The rules of one file: what finds them in an article, and one description a code."""

    find: Callable[[Article], list[Finding]]
    specs: tuple[RuleSpec, ...]


def in_english(find: Callable[[Article], list[Finding]]) -> Callable[[Article], list[Finding]]:
    """The finder for English copy, and copy whose language is not known: the words that it reads are English."""
    return lambda article: find(article) if article.language in (None, "en") else []


def passage(sentence: Sentence, start: int, end: int) -> FindingPassage:
    """The words `sentence.text[start:end]` as a finding shows them: its offsets are the article's."""
    return FindingPassage(
        sentence_id=sentence.id, quote=sentence.text, start=sentence.start + start, end=sentence.start + end
    )


def excerpt(text: str, most: int = 8) -> str:
    """The first words of a text, for a message."""
    said = text.split()
    return " ".join(said[:most]) + (" …" if len(said) > most else "")
