"""Two dated sentences become every exact difference between them, one a span of the claim."""

from service.compare.dates import compare_dates
from service.compare.names import compare_names
from service.compare.numbers import compare_numbers
from service.compare.polarity import compare_polarity
from service.domain.claim import Difference, Statement
from service.domain.passage import Passage
from service.ports import Pair


def find_differences(claim: Statement, evidence: Statement) -> tuple[Difference, ...]:
    """The differences in the order of the claim's words.

    Where two families mark overlapping words of the claim, the first listed here keeps them: a date reads
    as a number too, and a name stands inside the clause that a negation covers.
    """
    found = [
        *compare_dates(claim, evidence),
        *compare_numbers(claim.text, evidence.text),
        *compare_names(claim.text, evidence.text),
        *compare_polarity(claim.text, evidence.text),
    ]
    kept: list[Difference] = []
    for difference in found:
        if all(difference.claim_end <= k.claim_start or k.claim_end <= difference.claim_start for k in kept):
            kept.append(difference)
    return tuple(sorted(kept, key=lambda difference: difference.claim_start))


def pair_with(claim: Statement, passage: Passage, *, joined: bool = False) -> Pair:
    """What a judge is shown: the claim, the passage, and their exact differences, each dated by its own day."""
    differences = find_differences(claim, Statement(text=passage.text, dated=passage.published))
    return Pair(claim=claim.text, passage=passage, differences=differences, joined=joined)


def correct(claim: str, differences: tuple[Difference, ...]) -> str | None:
    """The claim with every difference mended; None when there is none, or one that words cannot mend."""
    if not differences or any(difference.correction is None for difference in differences):
        return None
    for difference in sorted(differences, key=lambda d: -d.claim_start):
        claim = claim[: difference.claim_start] + str(difference.correction) + claim[difference.claim_end :]
    return claim
