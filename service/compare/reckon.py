"""What a claim reckons from the evidence's own figures is no difference: 3 men and 4 women are 7 people."""

import re
from collections.abc import Collection, Sequence
from itertools import permutations

from service.compare.number_finders import find_quantities
from service.compare.number_grammar import VALUE
from service.compare.quantities import Quantity, QuantityKind, number

_NEAR = 0.005  # how far a share may be off, as a part of its whole: a third of 900 is written "33%" too
_SHIFT = re.compile(
    rf"\b(?P<count>{VALUE}|an?)\s(?P<unit>year|decade)s?\s(?P<way>later|after|earlier|before)\b"
    r"|\bthe\s(?P<beside>following|next|previous)\syear\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_AGE = re.compile(r"\b(?:aged?|age\sof|at)\s(?P<age>[1-9]\d?)\b", re.IGNORECASE)


def reckons(claim: str, evidence: str) -> bool:
    """Whether a number or a year of the claim is not in the evidence, and follows from what is."""
    stated = find_quantities(evidence)
    for quantity in find_quantities(claim):
        written = any(q.kind is quantity.kind and q.low <= quantity.low <= q.high for q in stated)
        if not written and is_reckoned(quantity, stated):
            return True
    there, ours = ({int(year) for year in _YEAR.findall(text)} for text in (evidence, claim))
    return bool((ours - there) & reckoned_years(evidence, there))


def is_reckoned(claimed: Quantity, stated: Sequence[Quantity]) -> bool:
    """Whether the claimed value is the sum or the difference of two that are stated, or a stated share of one."""
    if claimed.low != claimed.high:
        return False
    exact = [quantity for quantity in stated if quantity.low == quantity.high]
    wholes = [q for q in exact if q.kind is claimed.kind and q.unit == claimed.unit]
    if any(claimed.low in (one.low + other.low, one.low - other.low) for one, other in permutations(wholes, 2)):
        return True
    shares = [q.low / 100 for q in exact if q.kind is QuantityKind.PERCENT]
    return any(abs(claimed.low - share * whole.low) <= _NEAR * whole.low for share in shares for whole in wholes)


def reckoned_years(text: str, years: Collection[int]) -> frozenset[int]:
    """The years that a text names without writing them, counted from those it writes: "a year later", "aged 41"."""
    shifts = [_shift(match) for match in _SHIFT.finditer(text)]
    for match in _AGE.finditer(text):
        shifts += [int(match["age"]), int(match["age"]) + 1]  # before or after that year's birthday
    return frozenset(year + shift for year in years for shift in shifts)


def _shift(match: re.Match[str]) -> int:
    if match["beside"]:
        return -1 if match["beside"].lower() == "previous" else 1
    count = 1 if match["count"].lower() in ("a", "an") else round(number(match["count"])[0])
    years = count * (10 if match["unit"].lower() == "decade" else 1)
    return years if match["way"].lower() in ("later", "after") else -years
