"""A claim of who someone or what something is, laid beside a sentence, tells whether the sentence says it of the same."""

import re
from collections.abc import Sequence

from service.compare.doers import subject_words
from service.compare.known_names import DEMONYMS
from service.compare.mentions import find_names
from service.compare.order import Match
from service.compare.verbs import is_finite
from service.compare.words import Word, words

# "Lavagna is the minister", "Lavagna is Argentina's minister": what follows says who someone is, and nobody acts.
_COPULA = re.compile(
    r"""\b(?:is|are|was|were|remains?|remained|became|becomes?)\s
        (?:(?:now|still|also|currently|once|then|already)\s)*
        (?:(?:the|an?|one\sof)\b | [A-Z][\w.-]*['’]s?\s)""",
    re.VERBOSE,
)
_OWNED = re.compile(r"[\w.-]+['’]s?(?![\w])")
_OF = re.compile(r"\bof (?:[A-Z][\w.'’-]* )*$")
_CLAUSE = re.compile(r"\b(?:than|who|whom|which|that|and|but|after|before|because|when)\b")
# Words that may stand inside one phrase: "Kirchner, who is now the president of Argentina".
_PHRASE = frozenset("the a an of in at as is are was were been be has had now who also still".split())  # noqa: SIM905
_STANDS_FOR = frozenset("he she it they".split())  # noqa: SIM905
_IS = frozenset("is are was were remains remained became becomes".split())  # noqa: SIM905
_PAUSE = re.compile(r"[,;:.()]")
_TURNS = frozenset("of for to with by from in on at against about over who whom which that than as".split())  # noqa: SIM905


def find_copula(claim: str) -> int | None:
    """The offset of the verb of "X is the minister of Y", where nobody acts and the order says nothing; else None."""
    found = _COPULA.search(claim)
    return found.start() if found and not _CLAUSE.search(claim) else None


def is_same_one(claim: str, copula: int, sentence: str, at: int, said: Sequence[Match]) -> bool:
    """Whether the sentence says the claim's words of the claim's subject, in one phrase or by an "is" of its own.

    `copula` is the claim's, `at` the sentence's offset in the text that `said` has its places in.
    """
    spots = [{other.start - at for other in match.others} for match in said]
    if any(
        all(_is_owner(sentence, spot) for spot in each) and not _is_owner(claim, match.word.start)
        for match, each in zip(said, spots, strict=True)
    ):
        return False
    return _is_in_one_phrase(claim, sentence, spots) or _is_said_with_is(copula, sentence, said, spots)


def _is_said_with_is(copula: int, sentence: str, said: Sequence[Match], spots: Sequence[set[int]]) -> bool:
    """True for "Maná is a Mexican rock band" beside the claim that it is a rock band.

    Before the first word that says the claim's, nothing turns to another ("an ally of the minister"); behind it, no
    other name comes, and no comma.
    """
    subject = set().union(*(each for match, each in zip(said, spots, strict=True) if match.word.start < copula))
    rest = [each for match, each in zip(said, spots, strict=True) if match.word.start > copula]
    all_words = words(sentence)
    for place, word in enumerate(all_words):
        if word.text not in _IS or not rest:
            continue
        who = subject_words(sentence, all_words, place)
        if who is not None and {all_words[each].start for each in who} & subject:
            return _complements(sentence, all_words[place + 1 :], rest)
    return False


def _complements(sentence: str, behind: Sequence[Word], rest: Sequence[set[int]]) -> bool:
    wanted = set().union(*rest)
    run: set[int] = set()
    before = behind[0].start if behind else 0
    for word in behind:
        if run and _PAUSE.search(sentence, before, word.start):
            return False
        if word.start in wanted:
            run.add(word.start)
            if all(each & run for each in rest):
                return True
        elif _is_new_name(word) if run else _turns_away(word):
            return False
        before = word.end
    return False


def _is_new_name(word: Word) -> bool:
    return word.text[0].isupper() and word.text.lower() not in DEMONYMS


def _turns_away(word: Word) -> bool:
    """Whether what follows is said of another: "an ally OF the minister". A participle may stand: "a developed country"."""
    low = word.text.lower()
    return low in _TURNS or (word.text.islower() and is_finite(word.text) and not low.endswith("ed"))


def _is_in_one_phrase(claim: str, sentence: str, spots: Sequence[set[int]]) -> bool:
    """True when one run of words, with no other content between them, says all that is said.

    "Argentina's economy minister, Roberto Lavagna, said" does of him; "Lavagna met the minister" does not. A pronoun in
    the run stands for what is said next door.
    """
    own = {word.text.lower() for word in words(claim)}
    matched = set().union(*spots)
    for name in find_names(sentence):  # "Bob" in "Bob Jones" is no other content
        inside = {word.start for word in words(sentence) if name.start <= word.start < name.end}
        matched |= inside if inside & matched else set()
    run: set[int] = set()
    pronoun = False
    for word in words(sentence):
        text = word.text.lower()
        if word.start in matched or text in own or text in _PHRASE or text in _STANDS_FOR:
            run.add(word.start)
            pronoun = pronoun or text in _STANDS_FOR
            if all(each & run or (pronoun and not any(0 <= spot < len(sentence) for spot in each)) for each in spots):
                return True
        else:
            run, pronoun = set(), False
    return False


def _is_owner(text: str, at: int) -> bool:
    """True for the word at that offset in "Smith's", "of Smith" and "of John Smith"."""
    return bool(_OWNED.match(text, at)) or bool(_OF.search(text[:at]))
