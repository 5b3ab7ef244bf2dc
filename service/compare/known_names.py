"""The word lists become look-ups: common words, given names and their short forms, places and their people."""

from collections import defaultdict
from typing import NamedTuple

from service.compare.lists import lines


def _read_given_names() -> dict[str, frozenset[int]]:
    """Each given name with the numbers of the lines that hold it."""
    groups: defaultdict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(lines("given_names.txt")):
        for name in line.casefold().split():
            groups[name].add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


class _Place(NamedTuple):
    line: int  # names on one line are names of one place
    kind: str  # countries, regions, states or cities


def _read_places() -> tuple[dict[str, _Place], dict[str, _Place]]:
    """Places by name, and by what their people are called."""
    places: dict[str, _Place] = {}
    people: dict[str, _Place] = {}
    kind = ""
    for number, line in enumerate(lines("places.txt")):
        if line.startswith("["):
            kind = line.strip("[]")
            continue
        names, _, demonyms = line.casefold().partition(":")
        place = _Place(number, kind)
        places.update((name.strip(), place) for name in names.split("="))
        people.update((word.strip(), place) for word in demonyms.split(",") if word.strip())
    return places, people


COMMON_WORDS = frozenset(word for line in lines("common_words.txt") for word in line.split())
"""Words that are more often written small: a capital at the start of a sentence says nothing about them."""

_GIVEN_NAMES = _read_given_names()
_PLACES, _PEOPLE = _read_places()
DEMONYMS = frozenset(_PEOPLE)
"""Words for the people of a place, and adjectives: Japanese, Briton."""

COMMON_SURNAMES = frozenset(word for line in lines("common_surnames.txt") for word in line.split())
"""Surnames that two people in one story may well share."""

ORGANISATION_WORDS = frozenset(
    """academy association award awards avenue bank bay beach bridge castle championship championships church college
    commission committee company conference
    congress co corp corporation council county court cup department district division entertainment federation festival foundation
    group hospital hotel house inc indies industries institute island islands lake league line ltd magazine ministry mountain museum
    palace park parliament party pictures plc prize records republic river school series society stadium station street
    studios theatre theater times tower trust union united university valley war""".split()  # noqa: SIM905
)
"""Words in the names of organisations, prizes and places; a name that holds one is no person's."""


def is_given_name(word: str) -> bool:
    return word.casefold() in _GIVEN_NAMES


def are_one_given_name(a: str, b: str) -> bool:
    """True for a given name and its short form or other spelling: Bill and William, Victor and Viktor."""
    return bool(_GIVEN_NAMES.get(a.casefold(), frozenset()) & _GIVEN_NAMES.get(b.casefold(), frozenset()))


def is_place(name: str) -> bool:
    """True for a country, a state or a large city, in any of its listed spellings."""
    return name.casefold() in _PLACES


def are_one_place(a: str, b: str) -> bool:
    """True for two listed names of one place: Kyiv and Kiev, UK and Britain."""
    place = _PLACES.get(a.casefold())
    return place is not None and place == _PLACES.get(b.casefold())


def are_rival_places(a: str, b: str) -> bool:
    """True for two places of one kind, such as two countries: what is in one is not in the other."""
    left, right = _PLACES.get(a.casefold()), _PLACES.get(b.casefold())
    return left is not None and right is not None and left.kind == right.kind and left.line != right.line


def place_key(word: str) -> str | None:
    """One key for all names of a listed place and of its people: Japan, Japanese. None for what is not listed."""
    place = _PLACES.get(word.casefold()) or _PEOPLE.get(word.casefold())
    return f"place {place.line}" if place is not None else None


def are_rival_countries(a: str, b: str) -> bool:
    """True where two words, each a place or its people, speak of two places: Japanese and Russia."""
    left, right = (_PLACES.get(w.casefold()) or _PEOPLE.get(w.casefold()) for w in (a, b))
    return left is not None and right is not None and left.line != right.line


def is_known_word(word: str) -> bool:
    """True for a word that any of the lists holds: it stands for itself, whatever it looks like."""
    key = word.casefold()
    return key in COMMON_WORDS or key in _GIVEN_NAMES or key in _PLACES or key in DEMONYMS
