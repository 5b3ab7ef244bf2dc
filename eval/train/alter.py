"""A sentence becomes one that says something else: another number, date, name, place, their exchange, or the opposite."""

import random
import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from service.compare.known_names import COMMON_WORDS

_NUMBER = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])")
_NUMBER_WORDS = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty fifty".split()  # noqa: SIM905
_CYCLES: tuple[Sequence[str], ...] = (
    _NUMBER_WORDS,
    "first second third fourth fifth sixth seventh".split(),  # noqa: SIM905
    "January February March April May June July August September October November December".split(),  # noqa: SIM905
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),  # noqa: SIM905
    "northern southern eastern western".split(),  # noqa: SIM905
    "north south east west".split(),  # noqa: SIM905
    "American British French German Italian Canadian Australian Indian Russian Chinese Japanese Spanish".split(),  # noqa: SIM905
    "red blue green black white yellow".split(),  # noqa: SIM905
    "million billion thousand".split(),  # noqa: SIM905
    "hours days weeks months years decades".split(),  # noqa: SIM905
)
_OPPOSITES = """more less|over under|above below|before after|increased decreased|rose fell|increase decrease|gained lost
won lost|accepted rejected|approved rejected|supported opposed|began ended|started stopped|opened closed|first last
all none|always never|many few|most few|highest lowest|largest smallest|best worst|better worse|early late|earlier later
old new|young old|father mother|son daughter|brother sister|husband wife|his her|male female|man woman|men women|king queen
bought sold|arrived left|joined left|allowed banned|guilty innocent|included excluded|positive negative|public private
success failure|successful unsuccessful|possible impossible|legal illegal|major minor|majority minority|maximum minimum
high low|higher lower|long short|longer shorter|large small|larger smaller|strong weak|rich poor|same different|with without
alive dead|born died|upper lower|left right|inside outside|former current|domestic foreign|urban rural|actor director
singer actor|film book|novel film|album single|city village|football basketball|writer painter|president senator
imposed lifted|entered left|praised condemned|defended criticised|raised cut|hired dismissed|convicted acquitted
jailed freed|arrested released|passed rejected|created abolished|launched cancelled|strengthened weakened|widened narrowed
improved worsened|confirmed denied|admitted denied|beat lost-to|victory defeat|winner loser|profit loss|surplus deficit
grew shrank|soared plunged|jumped fell|climbed fell|doubled halved|expanded contracted|resumed suspended|stronger weaker
continued stopped|survived died|attended boycotted|lent borrowed|succeeded failed|richer poorer|older younger|faster slower
teacher doctor|river lake|island peninsula|professional amateur|modern ancient|at-least at-most|true false"""
_SWAPS: dict[str, list[str]] = {}
for _pair in _OPPOSITES.replace("\n", "|").split("|"):
    _left, _right = _pair.split()
    _SWAPS.setdefault(_left, []).append(_right)
    _SWAPS.setdefault(_right, []).append(_left)
for _cycle in _CYCLES:
    for _word in _cycle:
        _SWAPS.setdefault(_word, []).extend(other for other in _cycle if other != _word)
_WORD = re.compile(r"[A-Za-z]+")
_BE = re.compile(r"\b(is|was|are|were|has|have|had|will|can|could|would|did|does)\b(?! not| never|n't)")
_WHOLE_NAME = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*")
_YEAR = re.compile(r"1\d{3}|20\d\d")
_LISTED = re.compile(r"\b(?:and|or|between|to)\b|[,;/&–-]")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'’.-]+(?: (?:(?:of|de|van|von) )?[A-Z][\w'’.-]+)*")


def alter(text: str, names: Sequence[str], rng: random.Random) -> str | None:
    """The text with one thing changed that makes it false where it was true; None when it offers nothing.

    `names` are names of other sentences, one of which takes the place of a name (never of the first word,
    which is as a rule what the sentence is about).
    """
    ways: list[Callable[[], str | None]] = [
        lambda: _alter_number(text, rng),
        lambda: _alter_number(text, rng),
        lambda: _alter_word(text, rng),
        lambda: _alter_name(text, names, rng),
        lambda: _exchange(text, rng),
        lambda: _deny(text, rng),
    ]
    rng.shuffle(ways)
    return next((changed for way in ways if (changed := way()) and changed != text), None)


def names_of(text: str) -> list[str]:
    return [match.group() for match in _NAME.finditer(text)]


def _put(text: str, match: re.Match[str], word: str) -> str:
    return text[: match.start()] + word + text[match.end() :]


def _alter_number(text: str, rng: random.Random) -> str | None:
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        return None
    match = rng.choice(numbers)
    return _put(text, match, _other_number(match.group(), rng))


def _other_number(written: str, rng: random.Random) -> str:
    if "." in written:
        return f"{max(0.1, float(written.replace(',', '')) * rng.choice((0.6, 0.8, 1.1, 1.3, 2))):.{len(written.split('.')[1])}f}"
    value = int(written.replace(",", "") or 0)
    if len(written) == 4 and 1000 < value < 2100:
        return str(value + rng.choice((-20, -10, -5, -3, -2, -1, 1, 2, 3, 5, 10)))
    if value < 10:
        return str(rng.choice([other for other in range(1, 13) if other != value]))
    factor = rng.choice((0.5, 0.7, 0.9, 0.95, 1.05, 1.1, 1.3, 1.5, 2, 10))
    changed = round(value * factor) if round(value * factor) != value else value + 1
    return f"{changed:,}" if "," in written else str(changed)


def _alter_word(text: str, rng: random.Random) -> str | None:
    words = [match for match in _WORD.finditer(text) if match.group() in _SWAPS or match.group().lower() in _SWAPS]
    if not words:
        return None
    match = rng.choice(words)
    written = match.group()
    other = rng.choice(_SWAPS.get(written) or _SWAPS[written.lower()]).replace("-", " ")
    return _put(text, match, other.capitalize() if written[0].isupper() else other)


def _alter_name(text: str, names: Sequence[str], rng: random.Random) -> str | None:
    own = list(_NAME.finditer(text))
    others = [name for name in names if name not in text]
    if not own or not others:
        return None
    return _put(text, rng.choice(own), rng.choice(others))


def _exchange(text: str, rng: random.Random) -> str | None:
    """Two names, years or numbers in each other's place; those of a list or a range would say the same."""
    names = [m for m in _WHOLE_NAME.finditer(text) if m.start() or m.group().lower() not in COMMON_WORDS]
    numbers = list(_NUMBER.finditer(text))
    years = [match for match in numbers if _YEAR.fullmatch(match.group())]
    values = rng.choice((names, years, [match for match in numbers if match not in years]))
    pairs = [(one, other) for one, other in pairwise(values) if not _LISTED.search(text, one.end(), other.start())]
    if not pairs:
        return None
    one, other = rng.choice(pairs)
    return text[: one.start()] + other.group() + text[one.end() : other.start()] + one.group() + text[other.end() :]


def _deny(text: str, rng: random.Random) -> str | None:
    verbs = list(_BE.finditer(text))
    if verbs:
        match = rng.choice(verbs[:2])
        return _put(text, match, f"{match.group()} {rng.choice(('not', 'not', 'never'))}")
    denied = re.search(r"\b(?:not|never) ", text)
    return _put(text, denied, "") if denied else None
