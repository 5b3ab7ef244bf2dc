"""Two sentences become the numbers on which they cannot both be right."""

from collections.abc import Sequence

from service.compare.number_finders import find_quantities
from service.compare.quantities import Quantity, QuantityKind
from service.compare.reckon import is_reckoned
from service.compare.surroundings import nearby, overlap
from service.domain.claim import Difference, DifferenceKind

# Chosen on the tuning part of evidence_claims (python -m eval.tasks.differences). A least overlap of 0.2 catches
# 1.8 points more of the contradictions and raises 1.0 more of the neutral pairs; at a rival share of 0.6 both fall
# by 0.2 and 0.0.
_LEAST_OVERLAP = 0.3  # of the claim's words near the number, said near the other number
_LEAST_OVERLAP_UNNAMED = 0.5  # where nothing shows that both count the same thing
_RIVAL = 0.7  # a number that fits excuses the claim unless it is this much worse placed


def compare_numbers(claim: str, evidence: str) -> list[Difference]:
    """The claim's quantities whose values cannot hold if the evidence is right.

    Each is compared with the evidence's quantity of the same kind and unit, and of the same things, whose
    surroundings it shares most; a quantity of which the evidence says nothing gives no difference.
    """
    stated = find_quantities(evidence)
    if not stated:
        return []
    differences = []
    for quantity in find_quantities(claim):
        if is_reckoned(quantity, stated):
            continue
        rival = _contradicting(claim, quantity, evidence, stated)
        if rival is not None:
            differences.append(_difference(claim, quantity, evidence, rival))
    return differences


def _contradicting(claim: str, quantity: Quantity, evidence: str, stated: Sequence[Quantity]) -> Quantity | None:
    alike = [other for other in stated if is_comparable(quantity, other)]
    if not alike:
        return None
    here = nearby(claim, quantity.start, quantity.end)
    scores = [overlap(here, nearby(evidence, other.start, other.end)) for other in alike]
    best = max(scores)
    rival = alike[scores.index(best)]
    named = quantity.kind is not QuantityKind.COUNT or (quantity.nouns and rival.nouns)
    if best < (_LEAST_OVERLAP if named else _LEAST_OVERLAP_UNNAMED):
        return None
    near = (other for score, other in zip(scores, alike, strict=True) if score >= _RIVAL * best)
    return None if any(is_compatible(quantity, other) for other in near) else rival


def is_comparable(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities may be of the same thing, as far as kind, unit and counted words tell."""
    if a.kind is not b.kind or (a.unit != b.unit and a.kind is not QuantityKind.SCORE):
        return False
    if a.kind is QuantityKind.COUNT and (a.step < 1) != (b.step < 1):
        return False  # an average is no count
    if a.kind is QuantityKind.ORDINAL or (a.nouns and b.nouns):
        return bool(set(a.nouns) & set(b.nouns))
    return True


def is_compatible(a: Quantity, b: Quantity) -> bool:
    """Whether one value can satisfy both quantities, granting the rounding of their written digits."""
    if a.kind is QuantityKind.SCORE and a.unit != b.unit:
        return False
    if a.low == a.high and b.low == b.high:
        slack = max(a.step, b.step) / 2
        return abs(a.low - b.low) <= slack + 1e-9
    low, high = max(a.low, b.low), min(a.high, b.high)
    if low != high:
        return low < high
    return not any((q.low == low and q.low_open) or (q.high == high and q.high_open) for q in (a, b))


def _difference(claim: str, quantity: Quantity, evidence: str, other: Quantity) -> Difference:
    claim_text = claim[quantity.start : quantity.end]
    evidence_text = evidence[other.start : other.end]
    return Difference(
        kind=DifferenceKind.NUMBER,
        claim_text=claim_text,
        claim_start=quantity.start,
        claim_end=quantity.end,
        evidence_text=evidence_text,
        evidence_start=other.start,
        evidence_end=other.end,
        correction=_fitting(claim_text, quantity, evidence_text),
    )


def _fitting(claim_text: str, quantity: Quantity, evidence_text: str) -> str | None:
    """The evidence's words in the form that the claim's sentence needs, if that is plain."""
    if claim_text.lower() == "twice":
        return f"{evidence_text} times"
    if evidence_text.lower() == "twice":
        return "two"
    if quantity.kind is QuantityKind.MULTIPLE and claim_text[-2:] != evidence_text[-2:]:
        return None  # "doubled" for "three times"
    if quantity.kind is QuantityKind.MEASURE and ("-" in claim_text) != ("-" in evidence_text):
        return None  # "a 10-mile walk" for "walked 5 miles"
    return evidence_text
