"""An article's repetitions become findings: words, sentences, paragraphs and captions that stand twice (DUP)."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from service.compare.words import words
from service.domain.article import Article, Section, Sentence
from service.domain.finding import Finding, FindingKind, FindingPassage, Severity
from service.review.rules.spec import RuleFamily, RuleSpec, excerpt, passage

DUP001 = RuleSpec(
    code="DUP001",
    name="repeated sentence",
    kind=FindingKind.DUPLICATE,
    severity=Severity.WARNING,
    explanation=(
        "A sentence of the body stands in it twice, word for word: it was probably moved and not taken away. Short "
        "sentences and questions are left alone, and so is what stands three times or more: a refrain, an interview or a "
        "list repeats itself on purpose."
    ),
    wrong="The port reopened at noon on Monday after a long strike.\nShips waited.\nThe port reopened at noon on Monday after a long strike.",
    right="The port reopened at noon on Monday after a long strike.\nShips waited.",
)
DUP002 = RuleSpec(
    code="DUP002",
    name="repeated paragraph",
    kind=FindingKind.DUPLICATE,
    severity=Severity.ERROR,
    explanation="A paragraph of two or more sentences stands in the body twice, word for word.",
    wrong=(
        "The port reopened at noon. Ships had waited for a week.\nThe mayor smiled.\n"
        "The port reopened at noon. Ships had waited for a week."
    ),
    right="The port reopened at noon. Ships had waited for a week.\nThe mayor smiled.",
)
DUP003 = RuleSpec(
    code="DUP003",
    name="repeated caption",
    kind=FindingKind.DUPLICATE,
    severity=Severity.WARNING,
    explanation=(
        "Two pictures of an article have the same caption. A page that prints a caption a second time right below it, "
        "for browsers without pictures, has one caption."
    ),
    wrong="A ship enters the port of Antwerp.\nThe port reopened.\nA ship enters the port of Antwerp.",
    right="A ship enters the port of Antwerp.\nThe port reopened.\nCranes stand idle.",
)
DUP004 = RuleSpec(
    code="DUP004",
    name="repeated word",
    kind=FindingKind.DUPLICATE,
    severity=Severity.ERROR,
    explanation=(
        "A small word stands twice in a row: “the the”. Words that may well stand twice, such as “had had” and "
        "“that that”, are left alone."
    ),
    wrong="The port reopened on the the first of May.",
    right="The port reopened on the first of May, and all that that brought was rain.",
    is_safe_to_fix=True,
)

# Shorter sentences are repeated on purpose, or say little: "He did not." `python -m eval review` shows what is left.
LEAST_WORDS = 6
# An interview, a recipe or a list of offers repeats a sentence three times, or many sentences; a slip does neither.
MOST_SLIPS = 3
# Two of them in a row are a slip in any sentence.
_NEVER_TWICE = "the|a|an|and|or|but|of|his|its|their|our|my|we|he|they|who|which"
# These can end one phrase and begin another: "the place he went to to rest".
_SELDOM_TWICE = "to|at|from|with|by|as"
_TWICE = re.compile(
    rf"\b(?:(?P<never>{_NEVER_TWICE})|(?P<seldom>{_SELDOM_TWICE}))(?P<gap>\s+)(?:(?P=never)|(?P=seldom))\b", re.I
)


def find_repetitions(article: Article) -> list[Finding]:
    """DUP001, DUP002, DUP003 and DUP004."""
    body = [sentence for sentence in article.evidence if sentence.section is Section.BODY]
    captions = [sentence for sentence in article.evidence if sentence.section is Section.CAPTION]
    paragraphs = [tuple(group) for _, group in groupby(body, key=lambda sentence: sentence.paragraph)]
    moved = _once_more([paragraph for paragraph in paragraphs if len(paragraph) > 1 and _is_long(paragraph)])
    told = {sentence.id for _, second in moved for sentence in second}
    single = [(s,) for s in body if s.id not in told and _is_long((s,)) and s.text.rstrip('"”’)').endswith((".", "!"))]
    return [
        *(_finding(DUP002, "paragraph", first[0], second[0]) for first, second in moved),
        *(_finding(DUP001, "sentence", first, second) for (first,), (second,) in _once_more(single)),
        *(_finding(DUP003, "caption", a, b) for (a,), (b,) in _once_more([(c,) for c in captions if _is_long((c,))])),
        *(finding for sentence in article.evidence for finding in _repeated_words(sentence)),
    ]


_Texts = tuple[Sentence, ...]


def _is_long(text: _Texts) -> bool:
    return sum(len(sentence.text.split()) for sentence in text) >= LEAST_WORDS


def _once_more(texts: Sequence[_Texts]) -> list[tuple[_Texts, _Texts]]:
    """The texts that stand twice, both places; none where so many do that the article is made that way."""
    places: dict[tuple[str, ...], list[_Texts]] = {}
    for text in texts:
        key = tuple(word.text.casefold() for sentence in text for word in words(sentence.text))
        places.setdefault(key, []).append(text)
    repeated = [found for found in places.values() if len(found) > 1]
    if len(repeated) > MOST_SLIPS:
        return []
    return [(found[0], found[1]) for found in repeated if len(found) == 2]


def _finding(spec: RuleSpec, what: str, first: Sentence, second: Sentence) -> Finding:
    return spec.finding(
        f"The {what} “{excerpt(second.text)}” stands in the article twice. Take one away.",
        _whole(second),
        _whole(first),
        confidence=0.9,
    )


def _whole(sentence: Sentence) -> FindingPassage:
    return passage(sentence, 0, len(sentence.text))


def _repeated_words(sentence: Sentence) -> Iterator[Finding]:
    for match in _TWICE.finditer(sentence.text):
        yield DUP004.finding(
            f"“{match.group()}”: the word stands twice.",
            passage(sentence, *match.span()),
            confidence=0.9 if match["never"] else 0.6,
            suggestion=match["never"] or match["seldom"],
            severity=Severity.ERROR if match["never"] else Severity.WARNING,
        )


REPETITIONS = RuleFamily(find=find_repetitions, specs=(DUP001, DUP002, DUP003, DUP004))
