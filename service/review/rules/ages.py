"""The ages and birth years of a person become a finding where they do not agree (DAT003)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from service.compare.mentions import Name, find_names
from service.compare.spelling import fold
from service.domain.article import Article, Sentence
from service.domain.base import Frozen
from service.domain.finding import Finding, FindingKind, FindingPassage, Severity
from service.review.rules.spec import RuleFamily, RuleSpec, in_english, passage

DAT003 = RuleSpec(
    code="DAT003",
    name="age that does not fit",
    kind=FindingKind.DATE,
    severity=Severity.ERROR,
    explanation=(
        "The article gives one person two ages, or an age that does not fit the year of birth on the day of the "
        "article. A birthday in between, and ages of another time (“he was 19 when”), stay silent."
    ),
    wrong="Alan Marsh, 73, was held on Monday. The 69-year-old Marsh denies the charges.",
    right="Alan Marsh, 73, was held on Monday. The 73-year-old Marsh denies the charges.",
)

_AGE_AFTER = re.compile(
    r",\s(?:aged\s)?(?P<age>\d{1,3})(?=[,;.)]|\s(?:and|who)\b)|\s\((?:aged\s)?(?P<bracket>\d{1,3})\)"
)
_AGE_BEFORE = re.compile(r"\b(?P<age>\d{1,3})-year-old\s(?:[a-z-]+\s){0,2}$")
_THE_OLD = re.compile(
    r"The\s(?P<age>\d{1,3})-year-old\s(?:[a-z]+ed|was|is|has|had|will|said|says|told|won|did|left|who)\b"
)
_IS_AGED = re.compile(r"[^.;]{0,45}?\b(?:is|turns)\s(?P<age>\d{1,3})(?=[.,;]|\syears\sold|\sthis\syear|\son\b|$)")
_AT_AGE = re.compile(r"^(?:At|Aged)\s(?P<age>\d{1,3}),\s(?:the\s)?(?:[a-z-]+\s){0,2}$")
_BORN_AFTER = re.compile(r"[^.;]{0,40}?\bborn\s(?:[^.;\d]{0,40}?\s)?in\s(?:[A-Z][a-z]+\s)?(?P<year>(?:18|19|20)\d\d)\b")
_BORN_BEFORE = re.compile(
    r"^Born\s(?:[^.;\d]{0,40}?\s)?in\s(?:[A-Z][a-z]+\s)?(?P<year>(?:18|19|20)\d\d),\s[^.;]{0,30}$"
)
_HAS_DIED = re.compile(r",?\s(?:who\s)?has\sdied\s(?:[^.;\d]{0,30}?\s)?(?:aged|at\sthe\sage\sof)\s(?P<age>\d{1,3})\b")
_OTHER_TIME = re.compile(r"\b(?:when|then|died|dead|death|late|would have been|at the age|\d{4} film)\b")
OLDEST = 120  # years


class _Fact(Frozen):
    """An age or a year of birth that a sentence gives a person."""

    sentence: Sentence
    given: str | None
    start: int
    end: int
    number: int
    is_year: bool

    @property
    def words(self) -> str:
        return self.sentence.text[self.start : self.end]

    def passage(self) -> FindingPassage:
        return passage(self.sentence, self.start, self.end)


def find_wrong_ages(article: Article) -> list[Finding]:
    """DAT003, person by person; namesakes are told apart by their given names."""
    facts: defaultdict[str, list[_Fact]] = defaultdict(list)
    before: tuple[Name, ...] = ()  # in the sentence before
    for sentence in article.evidence:
        names = find_names(sentence.text)
        if re.search(r"\d", sentence.text):
            for name in names:
                facts[fold(name.surname)].extend(_facts(sentence, name))
            if len(before) == 1 and before[0].is_introduced and (match := _THE_OLD.match(sentence.text)):
                facts[fold(before[0].surname)].append(_fact(sentence, before[0], match, is_year=False))
        before = names
    return [finding for known in facts.values() for finding in _conflicts(known, article.published)]


def _facts(sentence: Sentence, name: Name) -> Iterator[_Fact]:
    text, end = sentence.text, name.end
    matches = [
        (_AGE_AFTER.match(text, end), False),
        (_AGE_BEFORE.search(text, 0, name.start), False),
        (_IS_AGED.match(text, end), False),
        (_AT_AGE.search(text, 0, name.start), False),
        (_BORN_AFTER.match(text, end), True),
        (_BORN_BEFORE.search(text, 0, name.start), True),
    ]
    if (died := _HAS_DIED.match(text, end)) is not None:
        yield _fact(sentence, name, died, is_year=False)
    for match, is_year in matches:
        if match is None or (not is_year and _OTHER_TIME.search(text)):
            continue
        fact = _fact(sentence, name, match, is_year)
        if is_year or fact.number < OLDEST:
            yield fact


def _fact(sentence: Sentence, name: Name, match: re.Match[str], is_year: bool) -> _Fact:
    group = next(g for g in ("year", "age", "bracket") if match.groupdict().get(g))
    start, end = match.span(group)
    number = int(match[group])
    return _Fact(sentence=sentence, given=name.given, start=start, end=end, number=number, is_year=is_year)


def _conflicts(facts: Sequence[_Fact], published: date | None) -> Iterator[Finding]:
    namesakes = len({fold(fact.given) for fact in facts if fact.given}) > 1
    for earlier, later in combinations(facts, 2):
        if namesakes and not (earlier.given and later.given):
            continue
        if earlier.given and later.given and fold(earlier.given) != fold(later.given):
            continue
        if earlier.is_year and later.is_year:
            continue
        if earlier.is_year or later.is_year:
            age, year = (later, earlier) if earlier.is_year else (earlier, later)
            if published is not None and age.number not in (
                published.year - year.number - 1,
                published.year - year.number,
            ):
                yield _finding(age, year, f"Born in {year.number}, one is not “{age.words}” in {published.year}.")
        elif abs(earlier.number - later.number) > 1:
            yield _finding(
                later, earlier, f"“{later.words}” here, but “{earlier.words}” elsewhere for one person's age."
            )


def _finding(wrong: _Fact, other: _Fact, message: str) -> Finding:
    return DAT003.finding(message, wrong.passage(), other.passage(), confidence=0.85)


AGES = RuleFamily(find=in_english(find_wrong_ages), specs=(DAT003,))
