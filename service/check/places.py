"""A difference in a part of a claim becomes the same difference in the claim as it was written."""

from service.domain.claim import AtomicClaim, Difference


def place_in_claim(claim: str, part: AtomicClaim, difference: Difference) -> Difference:
    """The difference with its offsets in `claim`, though the part's text may hold a subject from elsewhere.

    Its words are looked for where the part came from, nearest to where they should be, and then anywhere before.
    Words that stand nowhere in the claim (a name that a pronoun stood for, in another form) mark the whole part, and
    have no correction that could be put there.
    """
    words = difference.claim_text
    from_end = part.end - (len(part.text) - difference.claim_start)
    inside = _occurrences(claim, words, part.start, part.end)
    anywhere = inside or _occurrences(claim, words, 0, len(claim))
    if anywhere:
        start = min(anywhere, key=lambda at: abs(at - from_end))
        return difference.model_copy(update={"claim_start": start, "claim_end": start + len(words)})
    whole = {"claim_text": claim[part.start : part.end], "claim_start": part.start, "claim_end": part.end}
    return difference.model_copy(update={**whole, "correction": None})


def _occurrences(claim: str, words: str, start: int, end: int) -> list[int]:
    found, at = [], claim.find(words, start, end)
    while at >= 0:
        found.append(at)
        at = claim.find(words, at + 1, end)
    return found
