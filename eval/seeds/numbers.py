"""A number that an article states twice, converts, or gives a change for becomes an error in one of its places."""

import random
import re
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from eval.seeds.seed import Seed, replaced

# This reads numbers by itself: an error that only service/compare could place would flatter the rules.
_NUMBER = re.compile(
    r"(?<![\w.,])(?P<sign>[$£€])?(?P<digits>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<scale>(?(sign)(?:m|bn)|(?!))| million| billion)?"
    r"(?P<unit>%|[ -](?:miles?|km|tonnes?|metres?|years?|months?|weeks?|days?|hours?|minutes?|acres?|people|jobs|points"
    r"|votes|seats|homes|cars|films|passengers|shares|workers|staff))?(?![\w,.]\d|\w)"
)
_SENTENCE = re.compile(r"[^\n]+?(?:[.?!][\"']?(?=\s)|(?=\n)|$)")
_WORD = re.compile(r"\b[A-Za-z][a-z]{2,}\b")
_FUNCTION = frozenset(
    """the and for with from that than this these those their its his her was were are has have had been will would could
    can more most over about after before said says which who when while into out also but not all any one two some
    first last year years new per cent there they""".split()  # noqa: SIM905 - words read best as words
)
_OTHER_SCALE = {"m": "bn", "bn": "m", " million": " billion", " billion": " million"}
_OTHER_UNIT = {"mile": "kilometre", "miles": "kilometres", "km": "miles", "tonne": "kilogram", "tonnes": "kilograms",
               "metre": "mile", "metres": "miles", "year": "month", "years": "months", "month": "year",
               "months": "years", "week": "month", "weeks": "months", "day": "week", "days": "weeks",
               "hour": "minute", "hours": "minutes", "minute": "hour", "minutes": "hours", "acre": "mile",
               "acres": "hectares"}  # fmt: skip
_CONVERTED = re.compile(r"[$£€][\d.,]+(?P<a>m|bn) \([$£€][\d.,]+(?P<b>m|bn)\)")
_CHANGED = re.compile(
    r"\b(?P<verb>rose|fell|increased|dropped|climbed|slipped|jumped|up|down)\b(?: (?:by )?[\d.]+%)?"
    r"(?: to [$£€]?(?P<new>[\d.,]+\d)(?P<new_unit>%|m|bn)?[^.;\d]{0,12}? from [$£€]?(?P<old>[\d.,]+\d)(?P<old_unit>%|m|bn)?"
    r"|[^.;\d]{0,30} from [$£€]?(?P<old2>[\d.,]+\d)(?P<old2_unit>%|m|bn)?(?: in \d{4})? to [$£€]?(?P<new2>[\d.,]+\d)(?P<new2_unit>%|m|bn)?)"
)
_OPPOSITE = {"rose": "fell", "fell": "rose", "increased": "dropped", "dropped": "increased", "climbed": "slipped",
             "slipped": "climbed", "jumped": "dropped", "up": "down", "down": "up"}  # fmt: skip
_SHARED = 2  # words near two equal numbers that are the same, from which on a reader takes the numbers for one
_NEAR = 40  # characters on either side


class _Stated(NamedTuple):
    match: re.Match[str]
    start: int  # of its sentence
    words: frozenset[str]

    @property
    def value(self) -> tuple[str, ...]:
        m = self.match
        return m["sign"] or "", m["digits"], (m["scale"] or "").strip()[:1], (m["unit"] or "").strip(" -").rstrip("s")


def seed_numbers(text: str, rng: random.Random) -> list[Seed]:
    """One seed of each kind that the article's own words offer a place for."""
    seeds = [*_restated(text, rng), *_other_scale(text, rng), *_other_direction(text, rng)]
    return [seed for seed in seeds if seed.right != seed.text[seed.start : seed.end]]


def _restated(text: str, rng: random.Random) -> Iterable[Seed]:
    """The later of two equal numbers, in two sentences that share words, with other digits, scale or unit."""
    stated = list(_stated(text))
    pairs = [
        (a, b)
        for a, b in combinations(stated, 2)
        if a.start != b.start and a.value == b.value and len(a.words & b.words) >= _SHARED
    ]
    if not pairs:
        return
    match = rng.choice(pairs)[1].match
    yield replaced("NUM001", "restated", text, match.span("digits"), _other_digits(match["digits"], rng))
    if match["scale"]:
        yield replaced("NUM005", "restated", text, match.span("scale"), _OTHER_SCALE[match["scale"]])
    unit = (match["unit"] or "")[1:]
    if unit in _OTHER_UNIT:
        yield replaced("NUM006", "restated", text, (match.end() - len(unit), match.end()), _OTHER_UNIT[unit])


def _stated(text: str) -> Iterable[_Stated]:
    """The numbers that tell: with a sign, a scale or a unit, of two digits and more, or large."""
    for sentence in _SENTENCE.finditer(text):
        for match in _NUMBER.finditer(text, *sentence.span()):
            digits = match["digits"].replace(",", "")
            marked = match["sign"] or match["scale"] or match["unit"]
            if len(digits) >= (2 if marked else 5):
                near = text[max(sentence.start(), match.start() - _NEAR) : min(sentence.end(), match.end() + _NEAR)]
                words = {word.lower() for word in _WORD.findall(near)} - _FUNCTION
                yield _Stated(match, sentence.start(), frozenset(words))


def _other_digits(digits: str, rng: random.Random) -> str:
    """One digit changed, two swapped, or one dropped: as a hand does."""
    places = [i for i, c in enumerate(digits) if c.isdigit()]
    i = rng.choice(places)
    how = rng.choice(("change", "swap", "drop")) if len(places) > 2 else "change"
    if how == "swap" and i + 1 < len(digits) and digits[i + 1].isdigit() and digits[i + 1] not in ("0", digits[i]):
        return digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
    if how == "drop" and "," not in digits and "." not in digits:
        left = digits[:i] + digits[i + 1 :]
        return digits[:-1] if left.startswith("0") else left
    return digits[:i] + str((int(digits[i]) + rng.randint(1, 8)) % 9 + 1) + digits[i + 1 :]


def _other_scale(text: str, rng: random.Random) -> Iterable[Seed]:
    """Millions for billions on one side of a conversion: $102.6bn (£53.51m)."""
    found = list(_CONVERTED.finditer(text))
    if found:
        match, side = rng.choice(found), rng.choice("ab")
        yield replaced("NUM005", "converted", text, match.span(side), _OTHER_SCALE[match[side]])


def _other_direction(text: str, rng: random.Random) -> Iterable[Seed]:
    """A fall told as a rise, or a rise as a fall."""
    found = [
        m for m in _CHANGED.finditer(text) if (m["new_unit"] or m["new2_unit"]) == (m["old_unit"] or m["old2_unit"])
    ]
    if found:
        match = rng.choice(found)
        yield replaced("NUM004", "direction", text, match.span("verb"), _OPPOSITE[match["verb"]])
