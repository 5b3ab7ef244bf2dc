"""A person, place or organisation that an article names again becomes an error in one of the later mentions."""

import random
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import OSA

from eval.seeds.seed import Seed, places_for, replaced, with_paragraphs
from eval.seeds.slips import EDITS, accent, disguise, misspell

_FULL_NAME = re.compile(r"\b([A-Z][a-z]+) ([A-Z][a-z]{3,})\b")
_HONORIFICS = ("Mr", "Mrs", "Ms", "Dr", "Sir")
_CAPITALISED = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{4,}\b")  # within a sentence
_MIN_MENTIONS = 3
_CALENDAR = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|\w+mber|October|Christmas"
)


class People(NamedTuple):
    """Given names and surnames, capitalised, and surnames that differ from another of them in one letter."""

    given: tuple[str, ...]
    surnames: frozenset[str]
    near: tuple[tuple[str, str], ...]


def read_people(folder: Path) -> People:
    """The names of the nickname table, the surnames of the US census, and near pairs of romanised Japanese ones."""
    given = re.findall(r"[a-z]{3,}", (folder / "nicknames.csv").read_text(encoding="utf-8"))
    surnames = re.findall(r"[A-Za-z]{4,}", (folder / "us_census_surnames.txt").read_text(encoding="utf-8"))
    japanese = re.findall(r"[A-Z][a-z]{5,}", (folder / "japanese_surnames.txt").read_text(encoding="utf-8"))
    listed = frozenset(word.capitalize() for word in surnames)
    return People(
        given=tuple(sorted({word.capitalize() for word in given} - {"Has", "Nickname"})),
        surnames=listed,
        near=(*_near_pairs(japanese[::40]), *_near_pairs([w.capitalize() for w in surnames[:2_000]])),
    )


def _near_pairs(words: list[str]) -> list[tuple[str, str]]:
    words = sorted(set(words))
    return [
        (a, b) for i, a in enumerate(words) for b in words[i + 1 : i + 40] if OSA.distance(a, b, score_cutoff=1) == 1
    ]


class _Person(NamedTuple):
    """A full name, and where the article has the surname again, alone or behind an honorific or the given name."""

    given: str
    surname: str
    later: list[re.Match[str]]


def _people_of(text: str, people: People) -> list[_Person]:
    """The people that the article names twice, by their surname; one behind another capital may be a namesake's."""
    first = {
        m.group(2): m
        for m in reversed(list(_FULL_NAME.finditer(text)))
        if m.group(1) in people.given and m.group(2) in people.surnames
    }
    found = [
        _Person(
            m.group(1),
            surname,
            [
                later
                for later in re.finditer(rf"(?:\b([A-Z]\w*)\.? )?\b({surname})\b(?!-)", text)
                if later.start() >= m.end() and later.group(1) in (None, m.group(1), *_HONORIFICS)
            ],
        )
        for surname, m in sorted(first.items())
    ]
    return [person for person in found if person.later]


def seed_names(text: str, people: People, rng: random.Random) -> list[Seed]:
    """One seed of each kind that the article offers a place for."""
    seeds = [_slip_in_thing(text, people, rng)]
    named = _people_of(text, people)
    if named:
        person = rng.choice(named)
        make = (_slip_in_surname, _slip_in_given, _other_given, _swapped, _disguised, _accent_lost)
        seeds += [seed(text, person, people, rng) for seed in make]
    return [seed for seed in seeds if seed is not None]


def _slip_in_surname(text: str, person: _Person, _: People, rng: random.Random) -> Seed | None:
    mention, edit = rng.choice(person.later), rng.choice(EDITS)
    wrong = misspell(person.surname, edit, rng)
    return None if wrong in (None, person.surname) else replaced("NAM001", edit, text, mention.span(2), str(wrong))


def _slip_in_given(text: str, person: _Person, _: People, rng: random.Random) -> Seed | None:
    full = [m for m in person.later if m.group(1) == person.given]
    if not full or len(person.given) < 5:
        return None
    wrong = misspell(person.given, rng.choice(EDITS), rng)
    if wrong in (None, person.given):
        return None
    return replaced("NAM001", "given name", text, rng.choice(full).span(1), str(wrong))


def _slip_in_thing(text: str, people: People, rng: random.Random) -> Seed | None:
    """A slip in a place or an organisation: a capitalised word within sentences that is no one's name there."""
    persons = {word for m in _FULL_NAME.finditer(text) if m.group(1) in people.given for word in m.groups()}
    counted = Counter(m.group() for m in _CAPITALISED.finditer(text))
    things = sorted(
        word
        for word, n in counted.items()
        if n >= _MIN_MENTIONS and word not in persons and not _CALENDAR.fullmatch(word)
    )
    if not things:
        return None
    word = rng.choice(things)
    mention = rng.choice([m for m in _CAPITALISED.finditer(text) if m.group() == word][1:])
    wrong = misspell(word, rng.choice(EDITS), rng)
    return None if wrong in (None, word) else replaced("NAM001", "thing", text, mention.span(), str(wrong))


def _other_given(text: str, person: _Person, people: People, rng: random.Random) -> Seed | None:
    """Another given name, in place of the right one or of an honorific, or before a bare surname."""
    mention = rng.choice(person.later)
    others = [given for given in people.given if given[0] != person.given[0] and len(given) > 3]
    wrong = rng.choice(others)
    if mention.group(1) == person.given:
        return replaced("NAM002", "given name", text, mention.span(1), wrong)
    seed = replaced("NAM002", "bare surname", text, mention.span(), f"{wrong} {person.surname}")
    return seed.model_copy(update={"end": seed.start + len(wrong)})  # the surname is right


def _swapped(text: str, person: _Person, _: People, rng: random.Random) -> Seed | None:
    mention = rng.choice(person.later)
    return replaced("NAM003", "swapped", text, mention.span(), f"{person.surname} {person.given}")


def _disguised(text: str, person: _Person, _: People, rng: random.Random) -> Seed | None:
    wrong = disguise(person.surname, rng)
    return None if wrong is None else replaced("NAM004", "script", text, rng.choice(person.later).span(2), wrong)


def _accent_lost(text: str, person: _Person, _: People, rng: random.Random) -> Seed | None:
    """The article with an accent on every mention of the surname but one."""
    right = accent(person.surname, rng)
    if right is None:
        return None
    control = re.sub(rf"\b{person.surname}\b", right, text)
    mention = rng.choice(person.later)
    return replaced("NAM005", "accent", control, mention.span(2), person.surname)  # accents change no length


_PAIRS = (
    "{a} {x}, a lawyer, spoke first.||{b} {y}, a farmer, disagreed.||{x} said the plan was sound.||{y} said it was not.",
    "Colonel {a} {x} led the inquiry.||The report was written by {b} {y}.||Mr {y} declined to comment.||Mr {x} resigned.",
    "{a} {x} won the first race and {b} {y} the second.||{x} was the faster of the two.",
    "“It is over,” said {a} {x}.||“It has only begun,” said {b} {y}.||Ms {x} and Ms {y} are neighbours.",
)


def near_pair(text: str, people: People, rng: random.Random) -> str:
    """The article with two people of near surnames added, both presented: no error, and nothing to find."""
    x, y = rng.choice(people.near)
    a, b = rng.sample(people.given, 2)
    passages = rng.choice(_PAIRS).format(a=a, b=b, x=x, y=y).split("||")
    return with_paragraphs(text, zip(places_for(len(passages), text, rng), passages, strict=True))
