"""A claim becomes the earlier fact-checks of the same claim (confirmed) and of like ones (suggested).

Nearness in meaning alone confirms nothing: "met five times" and "met seven times" have nearly the same vector. So a
match is confirmed only when no name, number, date or negation differs between the two claims, in either direction,
and both say the same content words in the same order. One changed word can make another claim ("Sweden *left* NATO"),
so what is told in other words is suggested for a person to look at, however near it is.
"""

import re
from datetime import date

from service.compare.alignment import align
from service.compare.differences import find_differences
from service.compare.number_finders import find_quantities
from service.compare.quantities import Quantity
from service.compare.words import content_words
from service.domain.claim import Statement
from service.domain.fact_check import FactCheckMatch, MatchTier
from service.ledgers import FactChecks
from service.ports import Embedder

_AGENT = re.compile(r"\bby (?!\W?\d)", re.IGNORECASE)  # "by the council", not "by 5 percent"

LONGEST_CLAIM = 2_000  # characters

CONFIRMED = 0.85
SUGGESTED = 0.70
"""Cosines. `python -m eval.tasks.claim_matching` (2026-11-24): at these, all of 30 tellings of one claim are at least
suggested and 9 confirmed; of 1,032 pairs that differ in one point, 1,000 of them from VitaminC, none is confirmed."""


def match(
    claim: str, said: date | None, fact_checks: FactChecks, embedder: Embedder, limit: int = 10
) -> list[FactCheckMatch]:
    """The stored fact-checks near the claim, confirmed ones first, then the nearest."""
    near = fact_checks.near(embedder.embed([claim]), embedder.id, limit, SUGGESTED)
    ours = Statement(text=claim, dated=said)
    matches = []
    for found, cosine in near:
        theirs = Statement(text=found.claim, dated=found.said)
        matches.append(
            FactCheckMatch(
                fact_check=found,
                tier=tier_of(ours, theirs, cosine),
                similarity=round(cosine, 3),
                differences=find_differences(ours, theirs),
            )
        )
    return sorted(matches, key=lambda found: (found.tier is not MatchTier.CONFIRMED, -found.similarity))


def tier_of(claim: Statement, other: Statement, cosine: float) -> MatchTier:
    """Whether two claims near each other are the same one."""
    same = (
        cosine >= CONFIRMED
        and _is_same_order(claim.text, other.text)
        and not find_differences(claim, other)
        and not find_differences(other, claim)
    )
    return MatchTier.CONFIRMED if same else MatchTier.SUGGESTED


def _is_same_order(claim: str, other: str) -> bool:
    """Whether two claims say the same, in the same order.

    A part may have moved from one end to the other ("On Monday, ..."), and a passive may turn it all round.
    """
    ours, theirs = _said(claim), _said(other)
    if sorted(ours) != sorted(theirs):
        return False
    if any(ours[at:] + ours[:at] == theirs for at in range(len(ours))):
        return True
    passives = [bool(_AGENT.search(text)) for text in (claim, other)]
    return passives[0] != passives[1] and not _is_swapped(claim, other) and not _is_swapped(other, claim)


def _said(text: str) -> list[str]:
    """What a claim says, in order: its content words' stems, and its numbers however they are written."""
    quantities = find_quantities(text)
    said = {quantity.start: _number(text, quantity) for quantity in quantities}
    for word in content_words(text):
        if not any(quantity.start <= word.start < quantity.end for quantity in quantities):
            said[word.start] = word.stem
    return [said[start] for start in sorted(said)]


def _number(text: str, quantity: Quantity) -> str:
    """A number with its unit, and whether something came to it or by it."""
    before = text[: quantity.start].split()[-1:]
    direction = before[0] if before and before[0] in ("to", "by", "from") else ""
    return f"{direction} {quantity.kind} {quantity.low} {quantity.high} {quantity.exact} {quantity.unit}"


def _is_swapped(claim: str, other: str) -> bool:
    return align(claim, other, 0, len(other)).swapped
