"""Differences found in a part are shown where they stand in the claim."""

from service.check.decompose import decompose
from service.check.places import place_in_claim
from service.domain.claim import AtomicClaim, Difference, DifferenceKind

CLAIM = "Kushida met Putin in 2014 and signed 4 treaties in 2014."


def difference(part: AtomicClaim, words: str, correction: str) -> Difference:
    start = part.text.index(words)
    return Difference(
        kind=DifferenceKind.NUMBER, claim_text=words, claim_start=start, claim_end=start + len(words),
        evidence_text=correction, evidence_start=0, evidence_end=1, correction=correction,
    )  # fmt: skip


def test_a_number_of_the_second_part_is_marked_in_that_part() -> None:
    second = decompose(CLAIM)[1]
    placed = place_in_claim(CLAIM, second, difference(second, "2014", "2015"))
    assert placed.claim_start == CLAIM.rindex("2014")


def test_a_shared_subject_is_marked_where_it_was_written() -> None:
    second = decompose(CLAIM)[1]
    assert second.text.startswith("Kushida signed")
    placed = place_in_claim(CLAIM, second, difference(second, "Kushida", "Kishida"))
    assert (placed.claim_start, placed.claim_end, placed.correction) == (0, len("Kushida"), "Kishida")


def test_words_that_the_claim_does_not_have_mark_the_part_and_mend_nothing() -> None:
    part = AtomicClaim(text="Fumio Kushida left", start=0, end=7)
    placed = place_in_claim("He left", part, difference(part, "Fumio Kushida", "Fumio Kishida"))
    assert (placed.claim_text, placed.claim_start, placed.claim_end, placed.correction) == ("He left", 0, 7, None)
