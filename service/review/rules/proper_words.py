"""The names of an article become findings where one is misspelt: people (NAM001), places, things and days (NAM006)."""

import re
from collections import defaultdict
from collections.abc import Collection

from rapidfuzz.distance import OSA

from service.compare.known_names import (
    COMMON_WORDS,
    DEMONYMS,
    ORGANISATION_WORDS,
    is_given_name,
    is_known_word,
    is_place,
)
from service.compare.mentions import CALENDAR, Name, find_names, is_roll
from service.compare.spelling import Spelling, compare_spelling, fold, is_acronym, is_plural, near_spellings
from service.compare.titles import is_title_word
from service.compare.words import STOP_WORDS
from service.domain.article import Article, Sentence
from service.domain.base import Frozen
from service.domain.finding import Finding, FindingKind, FindingPassage, Severity
from service.review.rules.names import NAM001, find_name_variants
from service.review.rules.scripts import holds_odd_letter
from service.review.rules.spec import RuleFamily, RuleSpec, in_english, passage

NAM006 = RuleSpec(
    code="NAM006",
    name="misspelt place, organisation or day",
    kind=FindingKind.NAME,
    severity=Severity.WARNING,
    explanation=(
        "A capitalised word that no list knows stands once in the article, and is a slip of the hand away from one that "
        "the article has more often, or that is a known place, people, month or weekday and stands in it too. What is "
        "part of a person's name is left to NAM001."
    ),
    wrong="Oil prices fell in Japan. Traders in Japan blamed the weather. Exports from Jspan rose.",
    right="Oil prices fell in Japan. Traders in Japan blamed the weather. Exports from Japan rose.",
)

_CAPITALISED = re.compile(r"(?<![\w.'’-])[A-Z][a-z]+(?!\w|-\d)")
_SMALL = re.compile(r"\b[a-z]+\b")
MIN_LENGTH = 5  # of the right word; a listed one may have four letters
MIN_KNOWN = 6  # of one that is a word or a given name, to need but one mention
MIN_SENTENCE = 4  # words; "Ipswich v Bolton" and "C Thomson" are lines of a list
MIN_ALONE = 4  # mentions of a word by itself, until what is part of a longer name is a slip for it
MIN_MENTIONS = 2  # of the right word; a listed one needs but one


class _Written(Frozen):
    """A capitalised word where it stands."""

    sentence: Sentence
    start: int
    word: str

    def passage(self) -> FindingPassage:
        return passage(self.sentence, self.start, self.start + len(self.word))


def find_misspelt_names(article: Article) -> list[Finding]:
    """NAM001 for whatever has a bearer, then NAM006 for the words that it leaves."""
    variants = [f for f in find_name_variants(article) if not holds_odd_letter(_marked(article, f))]
    taken = {finding.passages[0].start for finding in variants}
    return variants + [f for f in find_misspelt_words(article) if f.passages[0].start not in taken]


def _marked(article: Article, finding: Finding) -> str:
    return article.text[finding.passages[0].start : finding.passages[0].end]


def find_misspelt_words(article: Article) -> list[Finding]:
    """NAM006: a word that stands once, against words that the article establishes."""
    written = _written(article)
    small = {word for sentence in article.evidence for word in _SMALL.findall(sentence.text)}
    findings = []
    spellings = list(written)
    for word, places in written.items():
        if len(places) > 1 or is_known_word(word) or word.lower() in small or _is_listed(word):
            continue
        if word.endswith("s") and (is_known_word(word[:-1]) or _is_listed(word[:-1])):
            continue
        rivals = [
            right
            for right in near_spellings(word, spellings)
            if _is_slip(word, written[right], _is_listed(right) or _makes_place(places[0], right))
            and (_stands_alone(written[right]) or not _is_of_person(places[0], right, small))
        ]
        if rivals:
            right = max(rivals, key=lambda rival: (_is_listed(rival), len(written[rival])))
            findings.append(_finding(places[0], written[right]))
    return findings


def _written(article: Article) -> dict[str, list[_Written]]:
    """Every capitalised word, lists of names and headlines in capitals left out."""
    written: defaultdict[str, list[_Written]] = defaultdict(list)
    for sentence in article.evidence:
        names = find_names(sentence.text)
        if is_roll(sentence.text, names) or len(sentence.text.split()) < MIN_SENTENCE:
            continue
        for match in _CAPITALISED.finditer(sentence.text):
            written[match.group()].append(_Written(sentence=sentence, start=match.start(), word=match.group()))
    return dict(written)


def _is_listed(word: str) -> bool:
    key = word.casefold()
    return is_place(word) or key in DEMONYMS or key in CALENDAR


def _is_slip(word: str, rights: list[_Written], is_listed: bool) -> bool:
    """Whether a word is a slip for one that the article writes so, and that a list may know, alone or within a place."""
    right = rights[0].word
    if word == right or is_acronym(right) or is_plural(word, right) or is_plural(right, word):
        return False
    if word.startswith(right) and word != right + right[-1]:
        return False  # Commissioner, Nighty: made from the other word
    if right.casefold() in STOP_WORDS or is_title_word(word) or fold(word) in ORGANISATION_WORDS:
        return False  # "the U.S. Would never", the Ministry of a Minister
    if is_listed:
        is_established = len(right) >= MIN_LENGTH - 1
    elif is_known_word(right) and len(right) >= MIN_KNOWN and OSA.distance(word, right, score_cutoff=1) == 1:
        is_established = True
    else:
        is_established = len(right) >= MIN_LENGTH and len(rights) >= MIN_MENTIONS
    return is_established and compare_spelling(word, right) is Spelling.MISSPELT


def _is_of_person(one: _Written, right: str, small: Collection[str]) -> bool:
    """Whether the word is part of a person's name: behind a title, or in a full name without a word for things.

    `right` is what it may be a slip for: a word for things makes the name one of a thing as well. `small` are the
    words that the article writes small.
    """
    name = _name_of(one)
    if name is None or is_title_word(right) or _makes_place(one, right):
        return False
    if name.title is not None or name.given is None:
        return name.title is not None
    others = [word for word in name.text.split() if one.word not in word]
    if any(_is_of_things(word) or word.isupper() or word.casefold() in small for word in others):
        return False
    is_surname = one.start + len(one.word) == name.end and _is_listed(right)  # Petr Cech, but the Grwek Federation
    return is_surname or not _is_of_things(right) or any(map(is_given_name, others))


def _stands_alone(rights: list[_Written]) -> bool:
    """Whether the article knows the word well, and as nobody's name: by itself each time, without a title."""
    names = [_name_of(one) for one in rights]
    return len(rights) >= MIN_ALONE and all(n is not None and n.given is None and n.title is None for n in names)


def _name_of(one: _Written) -> Name | None:
    end = one.start + len(one.word)
    return next((name for name in find_names(one.sentence.text) if name.start <= one.start and end <= name.end), None)


def _makes_place(one: _Written, right: str) -> bool:
    """Whether the word would make a known place of several words: "Rio de Janeir"."""
    name = _name_of(one)
    return name is not None and name.text != one.word and is_place(name.text.replace(one.word, right))


def _is_of_things(word: str) -> bool:
    key = fold(word)
    return key in ORGANISATION_WORDS or key in COMMON_WORDS or _is_listed(word)


def _finding(one: _Written, rights: list[_Written]) -> Finding:
    right = rights[0]
    times = f"{len(rights)} times" if len(rights) > 1 else "once"
    return NAM006.finding(
        f"“{one.word}” looks like a slip for “{right.word}”, which the article writes {times}.",
        one.passage(),
        right.passage(),
        confidence=0.8 if _is_listed(right.word) else 0.6,
        suggestion=right.word,
    )


NAMES = RuleFamily(find=in_english(find_misspelt_names), specs=(NAM001, NAM006))
