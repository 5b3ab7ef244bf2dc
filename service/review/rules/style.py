"""The desk's own spellings and people become findings where the article writes them otherwise (STY)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from service.compare.mentions import Name, find_names
from service.compare.spelling import Spelling, compare_spelling, fold
from service.domain.article import Article, Sentence
from service.domain.finding import Finding, FindingKind, Severity
from service.review.rules.spec import RuleSpec, passage

STY001 = RuleSpec(
    code="STY001",
    name="not the house's spelling",
    kind=FindingKind.STYLE,
    severity=Severity.WARNING,
    explanation=(
        "The desk writes this word or name in another way: its spellings stand under [[style]] in .claimdesk.toml. "
        "Capitals are kept, possessive endings are read past, and a phrase under `allow` stays as it is."
    ),
    wrong="Protesters marched through Kiev.",
    right="Protesters marched through Kyiv.",
    is_safe_to_fix=True,
)
STY002 = RuleSpec(
    code="STY002",
    name="known person misspelt",
    kind=FindingKind.STYLE,
    severity=Severity.ERROR,
    explanation=(
        "A full name is one slip away from a person on the desk's list (known_people in .claimdesk.toml), and is not "
        "itself on it. It is found even where the article misspells the name throughout, and where the wrong surname "
        "then stands alone."
    ),
    wrong="Japan's foreign minister, Fumio Kushida, spoke.",
    right="Japan's foreign minister, Fumio Kishida, spoke.",
    is_safe_to_fix=True,
)


class HouseSpelling(Protocol):
    """One spelling of the house, and what it stands for."""

    @property
    def write(self) -> str: ...

    @property
    def instead_of(self) -> tuple[str, ...]: ...

    @property
    def allow(self) -> tuple[str, ...]: ...


def find_house_spellings(article: Article, spellings: Sequence[HouseSpelling]) -> list[Finding]:
    """STY001: each place where the article writes a word that the house writes otherwise."""
    return [finding for spelling in spellings for finding in _misspellings(article, spelling)]


def _misspellings(article: Article, spelling: HouseSpelling) -> Iterator[Finding]:
    wrong = _whole_words(spelling.instead_of)
    allowed = _whole_words(spelling.allow) if spelling.allow else None
    for sentence in article.evidence:
        kept = [match.span() for match in allowed.finditer(sentence.text)] if allowed else []
        for match in wrong.finditer(sentence.text):
            if not any(start <= match.start() and match.end() <= end for start, end in kept):
                written = _in_case_of(match.group(), spelling.write)
                yield STY001.finding(
                    f"The house writes “{written}”, not “{match.group()}”.",
                    passage(sentence, *match.span()),
                    confidence=1.0,
                    suggestion=written,
                )


def _whole_words(words: Iterable[str]) -> re.Pattern[str]:
    """The words as they are written, or in capitals, or with a capital; the longest that fits comes first."""
    forms = sorted({form for word in words for form in (word, word.upper(), word[:1].upper() + word[1:])}, key=len)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(form) for form in reversed(forms))})(?!\w)")


def _in_case_of(found: str, written: str) -> str:
    if found.isupper() and len(found) > 1:
        return written.upper()
    return written[:1].upper() + written[1:] if found[:1].isupper() else written


class _Slip(NamedTuple):
    """Where a known person's name stands with a slip, and the word that belongs there."""

    sentence: Sentence
    name: Name
    person: Name
    start: int
    end: int
    right: str


def find_misspelt_people(article: Article, known_people: Sequence[str]) -> list[Finding]:
    """STY002: full names one slip away from a known person's, and where the wrong surname stands again alone."""
    people = [name for person in known_people for name in find_names(person)[:1] if name.given]
    known = {fold(name.text) for name in people}
    named = [
        (sentence, name) for sentence in (article.evidence if people else ()) for name in find_names(sentence.text)
    ]
    slips = [
        slip
        for sentence, name in named
        if name.given and fold(name.text) not in known
        for slip in _slips(sentence, name, people)
    ]
    return [_finding(slip) for slip in (*slips, *_again_alone(slips, named))]


def _slips(sentence: Sentence, name: Name, people: Iterable[Name]) -> Iterator[_Slip]:
    for person in people:
        given, surname = person.given or "", person.surname
        start = name.end - len(name.surname)
        if fold(name.given or "") == fold(given) and compare_spelling(name.surname, surname) is Spelling.MISSPELT:
            yield _Slip(sentence, name, person, start, name.end, surname)
        elif fold(name.surname) == fold(surname) and compare_spelling(name.given or "", given) is Spelling.MISSPELT:
            yield _Slip(sentence, name, person, name.start, name.start + len(name.given or ""), given)


def _again_alone(slips: Sequence[_Slip], named: Sequence[tuple[Sentence, Name]]) -> Iterator[_Slip]:
    """A wrong surname without its given name is the same person's, unless the article has someone else who bears it."""
    wrong = {fold(slip.name.surname): slip for slip in slips if slip.end == slip.name.end}
    borne = {fold(n.surname) for _, n in named if n.given and not any(n is slip.name for slip in slips)}
    for sentence, name in named:
        slip = wrong.get(fold(name.surname))
        if slip and name.given is None and fold(name.surname) not in borne:
            yield slip._replace(sentence=sentence, name=name, start=name.end - len(name.surname), end=name.end)


def _finding(slip: _Slip) -> Finding:
    return STY002.finding(
        f"“{slip.name.text}” is nearly “{slip.person.text}”, whom the desk knows. Check which is right.",
        passage(slip.sentence, slip.start, slip.end),
        confidence=0.9,
        suggestion=slip.right.upper() if slip.sentence.text[slip.start : slip.end].isupper() else slip.right,
    )
