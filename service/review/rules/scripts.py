"""The letters of an article's names become findings where a script or an accent changes half way (NAM004, NAM005)."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

from service.compare.mentions import find_names
from service.compare.spelling import LOOK_ALIKES, fold
from service.domain.article import Article, Sentence
from service.domain.finding import Finding, FindingKind, Severity
from service.review.rules.spec import RuleFamily, RuleSpec, passage

NAM004 = RuleSpec(
    code="NAM004",
    name="look-alike letter",
    kind=FindingKind.NAME,
    severity=Severity.ERROR,
    explanation=(
        "A word in Latin letters holds a letter of another script, or a digit, that looks like one of them. Readers do "
        "not see it, but search, spell checkers and screen readers do. Words wholly in another script stay silent."
    ),
    wrong="Tony Blair spoke. Then Mr Blа\u0456r left.",
    right="Tony Blair spoke. Then Mr Blair left.",
    is_safe_to_fix=True,
)
NAM005 = RuleSpec(
    code="NAM005",
    name="accent lost half way",
    kind=FindingKind.NAME,
    severity=Severity.WARNING,
    explanation=(
        "A name stands in the article with an accent and without it. The rarer spelling is marked; of two that are as "
        "frequent, the one without. Names in capitals stay silent: accents are often left out there."
    ),
    wrong="Nicolás Maduró spoke. Then Mr Maduro left.",
    right="Nicolás Maduro spoke. Then Mr Maduro left.",
)

_MIXED = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"[A-Za-z]+[01][A-Za-z]*")


def find_odd_letters(article: Article) -> list[Finding]:
    """NAM004 in any word, NAM005 in the words of names."""
    return [*_look_alikes(article), *_lost_accents(article)]


def _look_alikes(article: Article) -> Iterator[Finding]:
    written = {word for sentence in article.evidence for word in _MIXED.findall(sentence.text)}
    for sentence in article.evidence:
        for match in _MIXED.finditer(sentence.text):
            plain = match.group().translate(LOOK_ALIKES)
            if not is_disguised(match.group()) and not (_DIGITS.fullmatch(match.group()) and plain in written):
                continue  # "U2" and "3D" are written so
            odd = next(c for c, d in zip(match.group(), plain, strict=True) if c != d)
            kind = "a digit" if odd.isdigit() else f"the letter {unicodedata.name(odd).lower()}"
            yield NAM004.finding(
                f"“{match.group()}” holds {kind}; “{plain}” is meant.",
                passage(sentence, *match.span()),
                confidence=0.95,
                suggestion=plain,
            )


def holds_odd_letter(word: str) -> bool:
    """Whether NAM004 has a say on the word."""
    return is_disguised(word) or _DIGITS.fullmatch(word) is not None


def is_disguised(word: str) -> bool:
    """Whether a word mixes Latin letters with letters of other scripts that look like them."""
    plain = word.translate(LOOK_ALIKES)
    return not word.isascii() and plain.isascii() and plain.isalpha() and any(c.isascii() and c.isalpha() for c in word)


def _lost_accents(article: Article) -> Iterator[Finding]:
    """Words of names that are written with an accent and without; a given name, by the same bearer."""
    places: defaultdict[tuple[str, str], list[tuple[Sentence, int, str]]] = defaultdict(list)
    for sentence in article.evidence:
        for name in find_names(sentence.text):
            for match in _MIXED.finditer(name.text):
                word = unicodedata.normalize("NFC", match.group())
                if not word.isupper() and word[0].isupper() and len(word) > 2:
                    bearer = fold(name.surname) if match.end() <= len(name.given or "") else ""
                    places[fold(word), bearer].append((sentence, name.start + match.start(), match.group()))
    for found in places.values():
        spellings = Counter(unicodedata.normalize("NFC", word) for _, _, word in found)
        if len({word.casefold() for word in spellings}) < 2:
            continue
        usual = max(spellings, key=lambda word: (spellings[word], not word.isascii()))
        for sentence, start, word in found:
            if _differ_by_accents(unicodedata.normalize("NFC", word), usual):
                yield NAM005.finding(
                    f"“{word}” here, “{usual}” elsewhere. Check which is right.",
                    passage(sentence, start, start + len(word)),
                    passage(*next((s, b, b + len(w)) for s, b, w in found if unicodedata.normalize("NFC", w) == usual)),
                    confidence=0.7,
                    suggestion=usual,
                )


def _differ_by_accents(word: str, usual: str) -> bool:
    return word.casefold() != usual.casefold() and _bare(word) == _bare(usual)


def _bare(word: str) -> str:
    """The word without its combining marks."""
    return "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))


SCRIPTS = RuleFamily(find=find_odd_letters, specs=(NAM004, NAM005))
