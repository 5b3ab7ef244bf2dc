"""Two words become how their spellings relate: the same, two accepted spellings, a likely slip, or different."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from service.compare.known_names import are_one_given_name, are_one_place, is_known_word


class Spelling(StrEnum):
    SAME = "same"
    EQUIVALENT = "equivalent"  # accents, short forms, transliterations, a place's other name
    MISSPELT = "misspelt"  # one is probably a slip for the other
    DIFFERENT = "different"


# Letters of the Cyrillic and Greek scripts that look Latin, and digits that pass for letters inside a word.
LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕһѵԁ" + "АВЕКМНОРСТХІЈЅУ" + "οναρικτυχ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "01",
    "aeopcyxijshvd" + "ABEKMHOPCTXIJSY" + "ovapiktux" + "ABEZHIKMNOPTYX" + "ol",
)
_BARE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"})

# Spellings that differ only by the system that wrote another script, or an umlaut, in Latin letters. Doubled
# letters are left alone: a doubled letter is how people slip.
_SLAVIC = r"\w*(?:[eo](?:v|ff)a?|sk[iy]|skaya|enko|in|ik|uk)$"  # Gorbatchev, but not Fletcher
_TRANSLITERATIONS = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        ("^kh", "h"),
        ("ph", "f"),
        ("q", "k"),
        ("c(?![ehiy])", "k"),
        (rf"(?:tch|tsch|tsj)(?={_SLAVIC})|^(?:tch|tsch|tsj)", "ch"),
        (rf"sch(?={_SLAVIC}|$)|^sch", "sh"),
        ("w", "v"),
        ("ou", "u"),
        ("ae", "a"),
        ("oe", "o"),
        ("ue", "u"),
        ("ks", "x"),
        ("off$", "ov"),
        ("eff$", "ev"),
        ("(?<=^cent)re$|(?<=^theat)re$", "er"),
        ("(?<=[aeo])j$|iy$|(?<=[^n][nk])yy$|ii$|y", "i"),
    )
)

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACE_OF_KEY = {letter: (r, c + r / 2) for r, row in enumerate(_ROWS) for c, letter in enumerate(row)}
_VOWELS = frozenset("aeiou")
# What makes an adjective or a doctrine out of a name: Austria and Austrian, Buddhist and Buddhism.
_DERIVED = re.compile(r"(?:[aeiouy]?an|ian|ic|ish|ese|is[mt]s?)$")
MIN_LENGTH = 4  # of the longer word: "Lee" and "Les" are two names as often as a slip
MAX_SLIPS = 2
LONG = 8  # from here on, two slips in one word are still a slip


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """The word in small letters, without accents, apostrophes and hyphens."""
    letters = unicodedata.normalize("NFKD", word.casefold().translate(_BARE))
    return "".join(c for c in letters if not unicodedata.combining(c) and c not in "'’.-‑")


@lru_cache(maxsize=65_536)
def compare_spelling(a: str, b: str) -> Spelling:
    """How two words, without possessive endings, relate as spellings of one name.

    A slip is one edit (two in a long word) by Damerau-Levenshtein distance, where adjacent letters may
    swap; in a short word, or on the first letter, only the slips that hands make count: a neighbouring
    key, a wrong vowel, a doubled, dropped or swapped letter.
    """
    if a.casefold() == b.casefold():
        return Spelling.SAME
    left, right = fold(a), fold(b)
    if left == right or are_one_given_name(left, right) or are_one_place(a, b):
        return Spelling.EQUIVALENT
    if left.translate(LOOK_ALIKES) == right.translate(LOOK_ALIKES) or _are_swapped(left, right):
        return Spelling.MISSPELT
    if _transliterate(left) == _transliterate(right):
        return Spelling.EQUIVALENT
    return Spelling.MISSPELT if _is_slip(left, right) else Spelling.DIFFERENT


def near_spellings(word: str, others: Sequence[str]) -> list[str]:
    """The others that may be slips for the word, or the word for them: near enough for `compare_spelling` to be asked."""
    plain = [fold(other).translate(LOOK_ALIKES) for other in others]
    near = process.extract(
        fold(word).translate(LOOK_ALIKES), plain, scorer=OSA.distance, score_cutoff=MAX_SLIPS, limit=None
    )
    return [others[i] for _, _, i in sorted(near, key=lambda found: found[2])]


@lru_cache(maxsize=65_536)
def _transliterate(word: str) -> str:
    for pattern, letters in _TRANSLITERATIONS:
        word = pattern.sub(letters, word)
    return word


def _are_swapped(a: str, b: str) -> bool:
    """True where two letters side by side change places, whatever system wrote them: Roddick and Roddikc."""
    return sorted(a) == sorted(b) and OSA.distance(a, b, score_cutoff=1) == 1


def _is_slip(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    if len(long) < MIN_LENGTH or len(long) - len(short) > MAX_SLIPS or _are_two_words(short, long):
        return False
    distance = OSA.distance(a, b, score_cutoff=MAX_SLIPS)
    if distance == 1:
        return (len(short) > MIN_LENGTH and a[0] == b[0]) or _is_hand_slip(short, long)
    return distance == MAX_SLIPS and len(short) >= LONG and a[0] == b[0]


def _are_two_words(short: str, long: str) -> bool:
    """True where both are words in their own right, or one is derived from the other."""
    if is_known_word(short) and is_known_word(long):
        return True
    trunk = _DERIVED.sub("", long)
    bases = (short.rstrip("aeiouy"), short.rstrip("s"), short if short.endswith("an") else _DERIVED.sub("", short))
    return trunk != long and trunk in bases


def is_acronym(word: str) -> bool:
    """True for a few capitals, or capitals with digits: U.S. and U.K., IA-1 and IIA-1 are chosen, not spelt."""
    return word.isupper() and (len(word.replace(".", "")) <= 5 or any(c.isdigit() for c in word))


def is_plural(word: str, name: str) -> bool:
    """True for the family or the kind that a name gives: the Bushes, the Blairs, Congressmen."""
    plural, base = fold(word), fold(name)
    if plural.endswith("men"):
        return base == f"{plural[:-2]}an"
    return plural == base + "es" or (plural == base + "s" and not base.endswith("s"))


def _is_hand_slip(short: str, long: str) -> bool:
    """True for a dropped, doubled or swapped letter, a neighbouring key or a wrong vowel; one edit apart."""
    if len(short) < len(long):
        return True
    wrong = [(x, y) for x, y in zip(short, long, strict=True) if x != y]
    if len(wrong) == 2:
        return True  # one edit and two letters: they are swapped
    x, y = wrong[0]
    return {x, y} <= _VOWELS or _are_neighbours(x, y)


def _are_neighbours(x: str, y: str) -> bool:
    """True for letters whose keys touch on a QWERTY keyboard."""
    if x not in _PLACE_OF_KEY or y not in _PLACE_OF_KEY:
        return False
    (row, column), (other_row, other_column) = _PLACE_OF_KEY[x], _PLACE_OF_KEY[y]
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1
