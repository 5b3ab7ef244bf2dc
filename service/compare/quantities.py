"""A written number becomes a quantity: the values it allows, what it counts, where it stands."""

import re
from enum import StrEnum
from math import inf
from typing import NamedTuple

from text_to_num import text2num

from service.compare.number_grammar import AGED, BOUNDS, SCALE_END, SCALED, SCALES, SIGNS, UNITS
from service.domain.base import Frozen

ROUNDING = 0.05  # trailing zeros hide no more than this share of a number: "500" may stand for 512, not for 540
ABOUT = 0.1  # how far "about 45" reaches each way, and "nearly 45" down, as a share of the number


class QuantityKind(StrEnum):
    """What a number is a number of; quantities of different kinds are never compared."""

    PERCENT = "percent"  # and fractions of a whole, in percent
    MONEY = "money"  # unit: the currency
    COUNT = "count"  # of things: see `nouns`
    MEASURE = "measure"  # unit: what it measures; the value is in that dimension's base unit
    MULTIPLE = "multiple"  # doubled, three times as many
    ORDINAL = "ordinal"  # of things: see `nouns`
    RATING = "rating"  # 4.9/10; unit: the top of the scale
    SCORE = "score"  # 3-2; the value is the greater number, unit: the smaller


class Quantity(Frozen):
    """A number as written in `text[start:end]`: any value from `low` to `high`, each end open or closed.

    `step` is what one unit in the last written digit is worth: half of it may be hidden by rounding.
    """

    kind: QuantityKind
    low: float
    high: float
    low_open: bool = False
    high_open: bool = False
    exact: bool = True  # False: "about", "nearly", "hundreds of"
    step: float = 0.0
    unit: str = ""
    nouns: tuple[str, ...] = ()  # stems of what is counted, in order
    start: int
    end: int


def number(written: str) -> tuple[float, float]:
    """The value of a written number and the worth of one unit in its last significant digit."""
    plain = re.sub(r"^an?\b", "one", written.strip().lower())
    try:
        value = float(text2num(plain, "en"))
    except ValueError:
        return _scaled_number(plain)
    return value, _step(plain if plain[0].isdigit() else f"{value:.0f}")


def _scaled_number(plain: str) -> tuple[float, float]:
    match = SCALED.fullmatch(re.sub(r"\s+", " ", plain))
    assert match is not None  # noqa: S101 - every part is optional
    body, scale = match["body"], SCALES[match["scale"]] if match["scale"] else 1.0
    if body[0].isdigit():
        value, step = float(re.sub(r"[, \u00a0]", "", body)), _step(body)
    elif body.startswith("half"):
        value, step = 0.5, 0.1
    else:
        value = _worded(body)
        step = _step(f"{value:.0f}")
    if match["half"]:
        value, step = value + 0.5, 0.5
    return value * scale, step * scale


def _worded(body: str) -> float:
    """The value of number words; of words that make no number together ("one thousand a hundred"), as far as they do."""
    words = body.split()
    for count in range(len(words), 0, -1):
        try:
            return float(text2num(" ".join(words[:count]), "en"))
        except ValueError:
            continue
    raise ValueError(f"{body!r} begins with no number word")


def _step(digits: str) -> float:
    """What one unit in the last digit is worth, as far as rounding may hide it.

    Trailing zeros may be rounding from 100 up, within ROUNDING of the number; those of 20 or 90 are counted.
    """
    if "." in digits:
        return 10.0 ** -len(digits.partition(".")[2])
    bare = re.sub(r"\D", "", digits)
    if len(bare) < 3:
        return 1.0
    return min(10.0 ** (len(bare) - len(bare.rstrip("0"))), 2 * ROUNDING * float(bare))


class Values(NamedTuple):
    """The values of a quantity, as its fields of the same names."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False
    exact: bool = True


def values_of(low: float, high: float, mark: str | None) -> Values:
    """The values that a number, or a range, allows once the words beside it are read."""
    bound = BOUNDS[re.sub(r"\s+", " ", mark.lower())] if mark else ""
    if bound.startswith(">"):
        return Values(low, inf, low_open=bound == ">")
    if bound.startswith("<"):
        return Values(-inf, high, high_open=bound == "<")
    if bound == "~<":
        return Values(low * (1 - ABOUT), high, exact=False)
    if bound == "~":
        return Values(low * (1 - ABOUT), high * (1 + ABOUT), exact=False)
    return Values(low, high)


def range_of(first: str, second: str) -> tuple[float, float, float]:
    """Both ends of "3-5 billion" (the scale is said once) and the coarser step."""
    scale = SCALE_END.search(second)
    if scale and not SCALE_END.search(first):
        first += scale.group()
    (low, step), (high, high_step) = number(first), number(second)
    return low, high, max(step, high_step)


def unit_of(text: str, match: re.Match[str]) -> tuple[QuantityKind, str, float]:
    """What a plain number measures: its kind, its unit and the worth of that unit."""
    if match["sign"]:
        worth = SCALES["m"] if match["unit"] == "m" else 1.0  # "$458 m" is no length
        return QuantityKind.MONEY, SIGNS[match["sign"].strip().lower()], worth
    if match["old"] or AGED.search(text, 0, match.start()):
        return QuantityKind.MEASURE, "age", UNITS[(match["unit"] or "year").lower()][2]
    if match["unit"]:
        kind, unit, worth = UNITS[re.sub(r"\s+", " ", match["unit"].lower())]
        return QuantityKind(kind), unit, worth
    return QuantityKind.COUNT, "", 1.0


def quantity_of(
    match: re.Match[str],
    kind: QuantityKind,
    values: Values,
    step: float,
    unit: str = "",
    nouns: tuple[str, ...] = (),
) -> Quantity:
    return Quantity(
        kind=kind, **values._asdict(), step=step, unit=unit, nouns=nouns, start=match.start(), end=match.end()
    )
