"""Two quantities of an article become how they conflict, where its words make them one thing."""

import re
from collections.abc import Sequence
from enum import Enum
from math import isfinite

from rapidfuzz.distance import OSA

from service.compare.number_finders import find_quantities
from service.compare.numbers import is_comparable, is_compatible
from service.compare.quantities import QuantityKind
from service.compare.surroundings import overlap
from service.domain.article import Section
from service.review.rules.stated import Stated

# The overlap of the surroundings, of the better and the worse placed number, from which on two numbers are of one thing.
# Chosen on the tuning half, and silent on the clean articles of bbc_dev (python -m eval.tasks.review --split dev).
LEAST_OVERLAP = (0.55, 0.35)
LEAST_OVERLAP_OF_SLIPS = (0.35, 0.25)  # where the digits differ as a slip of the hand makes them differ
LEAST_OVERLAP_OF_KNOWN = (0.4, 0.25)  # where the later sentence takes its number as told ("the 540 workers")
LEAST_OVERLAP_OF_GROUPS = (0.35, 0.25)  # where it takes them as told in a word for them all ("the crowd of 5,000")
LEAST_OVERLAP_OF_ORPHANS = (0.25, 0.15)  # where a headline's number is nowhere in the text under it
# The same digits in another order, or with another scale, are hardly ever two numbers: of the clean articles of bbc_dev
# one has such a pair that shares this much, and means the same by both.
LEAST_OVERLAP_OF_SWAPPED = (0.25, 0.0)
LEAST_OVERLAP_OF_SCALES = (0.2, 0.1)  # where one digit is all that is the same: $3bn of roads and $3m of paths
PART = 4  # times as large: a hand that slips adds a zero, or changes a digit
ROWS = 5  # values of one thing that an article tells of; one with more lists them
MIN_DIGITS = 2  # of the shorter number: 3 and 4 are two numbers as often as a slip
_SCALES = (1_000, 1_000_000)
_YEAR_OR_MONTH = re.compile(r"\d{4}|[A-Z][a-z]+(?<!day)")


class Conflict(Enum):
    """How two quantities that seem to be one differ. What is `is_slip` needs no further sign of an error."""

    VALUES = "two values"
    SLIP = "a digit"
    SWAPPED = "the order of the digits"
    SCALE = "millions and billions"
    UNIT = "the unit"

    @property
    def is_slip(self) -> bool:
        return self is not Conflict.VALUES


def find_conflict(earlier: Stated, later: Stated, stated: Sequence[Stated]) -> Conflict | None:
    """How the two conflict, or None where they agree, are of two things, or the article sets them apart.

    `stated` are the article's quantities of their kind and unit.
    """
    conflict = _conflict(earlier, later, stated)
    return None if conflict is None or _is_excused(conflict, earlier, later, stated) else conflict


def _conflict(a: Stated, b: Stated, stated: Sequence[Stated]) -> Conflict | None:
    if a.digits and a.digits == b.digits:
        return _other_scale_or_unit(a, b)
    if not is_comparable(a.quantity, b.quantity) or is_compatible(a.quantity, b.quantity):
        return None
    if is_swapped(a, b) and _agree(a, b, LEAST_OVERLAP_OF_SWAPPED):
        return Conflict.SWAPPED
    if _is_bounded(a) or _is_bounded(b):
        return None
    if is_slip(a.digits, b.digits) and _agree(a, b, LEAST_OVERLAP if _ends_change(a, b) else LEAST_OVERLAP_OF_SLIPS):
        return Conflict.SLIP
    if _agree(a, b, LEAST_OVERLAP) or (_is_orphan(a, stated) and _agree(a, b, LEAST_OVERLAP_OF_ORPHANS)):
        return Conflict.VALUES
    if not b.is_definite or _count(b, stated) > 1:
        return None
    if a.group and a.group == b.group and _agree(a, b, LEAST_OVERLAP_OF_GROUPS):
        return Conflict.VALUES
    are_alike = set(a.quantity.nouns) == set(b.quantity.nouns)
    return Conflict.VALUES if are_alike and _agree(a, b, LEAST_OVERLAP_OF_KNOWN) else None


def _other_scale_or_unit(a: Stated, b: Stated) -> Conflict | None:
    low, high = sorted((a.value, b.value))
    if low <= 0 or low == high or (a.quantity.nouns and b.quantity.nouns and not is_comparable(a.quantity, b.quantity)):
        return None
    if a.quantity.kind is QuantityKind.MEASURE:
        return Conflict.UNIT if _agree(a, b, LEAST_OVERLAP_OF_SLIPS) else None
    scale = round(high / low)
    if scale not in _SCALES:
        return None
    if bool(a.quantity.nouns) != bool(b.quantity.nouns):
        return Conflict.SCALE if _agree(a, b, LEAST_OVERLAP_OF_SLIPS) else None  # 1.5bn, and 1.5m deals
    is_told = (len(a.significant) > 1 and scale == _SCALES[0]) or _agree(a, b, LEAST_OVERLAP_OF_SCALES)
    return Conflict.SCALE if is_told else None


def is_swapped(a: Stated, b: Stated) -> bool:
    """Whether two numbers of as many digits have the same ones, in another order: 8.2 and 2.8."""
    if len(a.digits) != len(b.digits) or len(a.significant) < 2 or len(b.significant) < 2:
        return False
    wrong = [(x, y) for x, y in zip(a.digits, b.digits, strict=True) if x != y]
    return len(wrong) == 2 and set(wrong[0]) == set(wrong[1])


def is_slip(a: str, b: str) -> bool:
    """Whether two written numbers differ as a hand slips: one digit, two swapped, one more or one less."""
    left, right = (re.sub(r"\D", "", digits) for digits in (a, b))
    return min(len(left), len(right)) >= MIN_DIGITS and OSA.distance(left, right, score_cutoff=1) <= 1


def _ends_change(a: Stated, b: Stated) -> bool:
    """Whether one is where a change begins or ends: what it is of stands before the change, and is seldom near."""
    return bool(a.end_of_change or b.end_of_change)


def _is_bounded(one: Stated) -> bool:
    return one.quantity.low != one.quantity.high


def _agree(a: Stated, b: Stated, least: tuple[float, float]) -> bool:
    worse, better = _overlaps(a, b)
    return better >= least[0] and worse >= least[1]


def _overlaps(a: Stated, b: Stated) -> tuple[float, float]:
    worse, better = sorted((overlap(a.surroundings, b.surroundings), overlap(b.surroundings, a.surroundings)))
    return worse, better


def _is_orphan(one: Stated, stated: Sequence[Stated]) -> bool:
    """Whether a headline's number is nowhere in the text under it."""
    return one.sentence.section is Section.HEADLINE and _count(one, stated) == 1


def _is_excused(conflict: Conflict, a: Stated, b: Stated, stated: Sequence[Stated]) -> bool:
    """Whether the article sets the two numbers apart."""
    if _are_of_two_times(conflict, a, b) or {a.end_of_change, b.end_of_change} == {"from", "to"}:
        return True
    if conflict in (Conflict.VALUES, Conflict.SLIP) and a.scope != b.scope:
        return True
    if conflict is Conflict.SWAPPED and a.is_another != b.is_another:
        return True
    if conflict is Conflict.VALUES and _may_be_part(a, b):
        return True
    if conflict is Conflict.VALUES and a.sources and b.sources and not a.sources & b.sources:
        return True  # organisers said 20,000, and the police 12,000
    if _are_rows(a, b, stated) or _are_parallel(a, b):
        return True
    beside = [s for s in stated if s is not a and s is not b and s.sentence.id in (a.sentence.id, b.sentence.id)]
    for other in beside:
        opposite = (b if other.sentence.id == a.sentence.id else a).quantity
        if is_compatible(other.quantity, opposite):
            return True  # the two values stand side by side
        if not conflict.is_slip and is_comparable(other.quantity, opposite):
            return True  # of several numbers there is no telling which one is the same
    return min(_count(a, stated), _count(b, stated)) > 1


def _may_be_part(a: Stated, b: Stated) -> bool:
    """Whether one is so much smaller that it may be a part of the other: 540 of the 4,500 people who work there."""
    low, high = sorted((abs(a.value), abs(b.value)))
    return a.quantity.kind is QuantityKind.COUNT and high > PART * low and not is_slip(a.digits, b.digits)


def _are_rows(a: Stated, b: Stated, stated: Sequence[Stated]) -> bool:
    """Whether the article counts the same things over and over, with other values each time."""
    nouns = a.quantity.nouns
    return (
        bool(nouns) and nouns == b.quantity.nouns and len({s.value for s in stated if s.quantity.nouns == nouns}) > ROWS
    )


def _are_parallel(a: Stated, b: Stated) -> bool:
    """Whether the two sentences differ in another number as well, and agree in none: they tell of two things."""
    beside = [
        is_compatible(one, other)
        for one in find_quantities(a.sentence.text)
        for other in find_quantities(b.sentence.text)
        if one != a.quantity and other != b.quantity and is_comparable(one, other)
    ]
    return bool(beside) and not any(beside)


def _are_of_two_times(conflict: Conflict, a: Stated, b: Stated) -> bool:
    """Whether the two sentences name other times; a weekday does not tell swapped digits apart, nor anything scales."""
    if conflict is Conflict.SCALE:
        return False
    times = [one.times for one in (a, b)]
    if conflict is Conflict.SWAPPED:
        times = [frozenset(filter(_YEAR_OR_MONTH.fullmatch, its)) for its in times]
    return bool(times[0] and times[1] and not times[0] & times[1])


def _count(one: Stated, stated: Sequence[Stated]) -> int:
    """How often the article gives the value: "more than 100" gives none, and would fit most."""
    return sum(
        is_compatible(one.quantity, s.quantity)
        for s in stated
        if s is one or isfinite(s.quantity.high - s.quantity.low)
    )
