"""The people whom other articles establish become a note on a name that they have otherwise (NAM007), and doubt on a finding."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from service.compare.mentions import Name, find_names
from service.compare.spelling import Spelling, compare_spelling, fold
from service.compare.titles import is_honorific
from service.domain.article import Article, Sentence
from service.domain.finding import Finding, FindingKind, Severity
from service.domain.passage import Citation, Passage
from service.review.rules.spec import RuleSpec, passage

NAM007 = RuleSpec(
    code="NAM007",
    name="name that the archive has otherwise",
    kind=FindingKind.NAME,
    severity=Severity.NOTE,
    explanation=(
        "Other articles give the same title and given name to a surname that is a slip of the hand away, and none of "
        "them has this one: it may be misspelt throughout. Found with --archive only. With it, a name that other "
        "articles know as a person's own is also weaker evidence of a slip (NAM001, NAM002)."
    ),
    wrong="Foreign Minister Fumio Kushida spoke. Mr Kushida left.",
    right="Foreign Minister Fumio Kishida spoke. Mr Kishida left.",
)
MOST_PEOPLE = 20  # of an article are asked for, in the order of the text: each takes a search
_DOUBTED = 0.5  # of its confidence is left to a finding on a name that other articles know


class OtherArticles(Protocol):
    """What the archive holds beside the article under review."""

    def holding(self, text: str) -> list[Passage]: ...

    def cite(self, passage: Passage) -> Citation: ...


class _Known(NamedTuple):
    """A full name in a passage of another article."""

    name: Name
    passage: Passage


def find_people_known_otherwise(article: Article, archive: OtherArticles) -> list[Finding]:
    """NAM007 for each person whom the article introduces by an office and a full name."""
    people: dict[str, tuple[Sentence, Name]] = {}
    for sentence in article.evidence:
        for name in find_names(sentence.text):
            if name.given and _office(name):
                people.setdefault(fold(name.text), (sentence, name))
    asked = list(people.values())[:MOST_PEOPLE]
    return [finding for sentence, name in asked for finding in _known_otherwise(sentence, name, archive)]


def _known_otherwise(sentence: Sentence, name: Name, archive: OtherArticles) -> Iterator[Finding]:
    bearers = list(_people(archive.holding(f"{name.title} {name.given}")))
    if any(fold(known.name.text) == fold(name.text) for known in bearers) or _is_known(name, archive):
        return
    for known in bearers:
        is_same = fold(known.name.given or "") == fold(name.given or "") and _office(known.name) == _office(name)
        if is_same and compare_spelling(known.name.surname, name.surname) is Spelling.MISSPELT:
            citation = archive.cite(known.passage)
            yield NAM007.finding(
                f"“{name.text}” here, “{known.name.text}” in {_source(citation)}. Check which is right.",
                passage(sentence, name.end - len(name.surname), name.end),
                confidence=0.6,
                suggestion=known.name.surname,
                citations=(citation,),
            )
            return


def doubt_known_names(article: Article, findings: Iterable[Finding], archive: OtherArticles) -> list[Finding]:
    """The findings; one that marks a name which other articles have as a person's own says so, and is less sure."""
    return [_doubted(article, f, archive) if f.code in ("NAM001", "NAM002") else f for f in findings]


def _doubted(article: Article, finding: Finding, archive: OtherArticles) -> Finding:
    marked = finding.passages[0]
    sentence = next(s for s in article.sentences if s.id == marked.sentence_id)
    at = marked.start - sentence.start
    name = next((n for n in find_names(sentence.text) if n.start <= at < n.end), None)
    known = _bearer(name, archive) if name is not None else None
    if known is None:
        return finding
    citation = archive.cite(known.passage)
    return finding.model_copy(
        update={
            "confidence": finding.confidence * _DOUBTED,
            "severity": Severity.NOTE if name and name.given else Severity.WARNING,
            "message": f"{finding.message} {_source(citation)} names a “{known.name.text}”.",
            "citations": (*finding.citations, citation),
        }
    )


def _is_known(name: Name, archive: OtherArticles) -> bool:
    return _bearer(name, archive) is not None


def _bearer(name: Name, archive: OtherArticles) -> _Known | None:
    """A full name in another article that is this one, or that has this surname where the given name is not written."""
    for known in _people(archive.holding(name.text)):
        if fold(known.name.surname) == fold(name.surname) and (
            name.given is None or fold(name.given) == fold(known.name.given or "")
        ):
            return known
    return None


def _people(passages: Iterable[Passage]) -> Iterator[_Known]:
    for each in passages:
        for name in find_names(each.text):
            if name.given is not None:
                yield _Known(name, each)


def _office(name: Name) -> str | None:
    """The title, if it presents its bearer: "President" does, "Mr" does not."""
    return name.title.casefold() if name.title and not is_honorific(name.title) else None


def _source(citation: Citation) -> str:
    return ", ".join(str(part) for part in (citation.title, citation.published) if part) or citation.article_id
