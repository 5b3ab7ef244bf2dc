"""Two mentions of names become how they relate: one bearer, one misspelt, or two bearers."""

from enum import StrEnum

from service.compare.known_names import are_one_place, is_place
from service.compare.mentions import Name
from service.compare.spelling import Spelling, compare_spelling, fold


class NameMatch(StrEnum):
    """How two mentions relate, judged by their words alone."""

    SAME = "same"
    COMPATIBLE = "compatible"  # surname for full name, initials, short forms, accents, transliterations
    VARIANT = "variant"  # one is probably a misspelling of the other
    DIFFERENT_GIVEN = "different_given"  # one surname, two given names
    DIFFERENT = "different"

    @property
    def may_be_one(self) -> bool:
        return self in (NameMatch.SAME, NameMatch.COMPATIBLE)


_FROM_SPELLING = {
    Spelling.SAME: NameMatch.COMPATIBLE,
    Spelling.EQUIVALENT: NameMatch.COMPATIBLE,
    Spelling.MISSPELT: NameMatch.VARIANT,
    Spelling.DIFFERENT: NameMatch.DIFFERENT,
}


def same_name(a: Name, b: Name) -> NameMatch:
    """How two mentions relate; symmetric."""
    if a.text.casefold() == b.text.casefold():
        return NameMatch.SAME
    if are_one_place(a.text, b.text) or _holds_words(a.text, b.text):
        return NameMatch.COMPATIBLE
    if is_place(a.text) and is_place(b.text):
        return NameMatch.DIFFERENT
    if a.given is not None and b.given is not None:
        return _match_full(a.given, a.surname, b.given, b.surname)
    if a.given is None and b.given is None:
        return _FROM_SPELLING[compare_spelling(a.surname, b.surname)]
    full, short = (a, b) if a.given is not None else (b, a)
    return _match_short(full, short.surname)


def _holds_words(a: str, b: str) -> bool:
    """True where every word of the shorter name stands in the longer: "Bush" and "George W. Bush"."""
    left, right = {fold(w) for w in a.split()}, {fold(w) for w in b.split()}
    return left <= right or right <= left


def _match_short(full: Name, word: str) -> NameMatch:
    """A name of one word against a full one: it can be the surname, or the given name."""
    spelling = compare_spelling(full.surname, word)
    if spelling is Spelling.DIFFERENT:
        spelling = compare_spelling((full.given or "").split()[0], word)
    return _FROM_SPELLING[spelling]


def _match_full(given_a: str, surname_a: str, given_b: str, surname_b: str) -> NameMatch:
    surname, given = compare_spelling(surname_a, surname_b), _compare_given(given_a, given_b)
    if surname is Spelling.DIFFERENT or (surname is Spelling.MISSPELT and given is Spelling.DIFFERENT):
        return NameMatch.DIFFERENT
    if given is Spelling.DIFFERENT:
        return NameMatch.DIFFERENT_GIVEN
    if Spelling.MISSPELT in (surname, given):
        return NameMatch.VARIANT
    return NameMatch.COMPATIBLE


def _compare_given(a: str, b: str) -> Spelling:
    """Given names agree if they share one, or one begins another: "George W.", "G.", "GW"; "Zac", "Zachary"."""
    words_a, words_b = a.replace(".", "").split(), b.replace(".", "").split()
    if {fold(w) for w in words_a} & {fold(w) for w in words_b}:
        return Spelling.EQUIVALENT
    short, long = sorted((words_a[0], words_b[0]), key=len)
    if fold(long).startswith(fold(short)) or (len(short) <= 3 and short.isupper() and long[0] == short[0]):
        return Spelling.EQUIVALENT
    return compare_spelling(short, long)
