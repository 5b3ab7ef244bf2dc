"""A compound claim becomes claims that can be judged alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.check.decompose import decompose
from service.compare.words import content_words


def texts(claim: str) -> list[str]:
    return [part.text for part in decompose(claim)]


@pytest.mark.parametrize(
    "claim, parts",
    [
        ("Abe met Putin in Sochi and signed a treaty.", ["Abe met Putin in Sochi", "Abe signed a treaty."]),
        ("He was born in Ohio in 1923 and died in Rome.", ["He was born in Ohio in 1923", "He died in Rome."]),
        ("In 2001, the firm sold its mills and bought a bank.", ["In 2001, the firm sold its mills", "the firm bought a bank."]),
        ("Oil rose by 5%, and gold fell by 2%.", ["Oil rose by 5%, and gold fell by 2%."]),
        ("Oil rose by 5%, and the price of gold fell.", ["Oil rose by 5%", "the price of gold fell."]),
        ("Fumio Kishida met Putin; he praised the talks.", ["Fumio Kishida met Putin", "Fumio Kishida praised the talks."]),
        ("Fumio Kishida resigned. His party lost the vote.", ["Fumio Kishida resigned.", "Fumio Kishida's party lost the vote."]),
    ],
)  # fmt: skip
def test_joined_clauses_and_predicates_are_cut_and_keep_their_subject(claim: str, parts: list[str]) -> None:
    assert texts(claim) == parts


@pytest.mark.parametrize(
    "claim",
    [
        "Abe and Putin met in Sochi.",
        "He was born and raised in Ohio.",
        "He was elected in 1990 and praised for it.",
        "Abe said that Putin lied and left the room.",
        "The firm that bought the mill and closed it failed.",
        '"We met and signed a treaty," Abe said.',
        "In 2017, Shout! Factory released a film.",
        "He lives in Camden with his wife, and their dog, a terrier named Archie.",
        "She taught women and men of all ages.",
        "The company bought and sold shares.",
    ],
)
def test_what_a_cut_would_change_stays_whole(claim: str) -> None:
    assert texts(claim) == [claim]


def test_a_company_is_no_he() -> None:
    assert texts("Royal Dutch Shell rose; he sold his shares.")[1] == "he sold his shares."


CLAIMS = st.lists(
    st.sampled_from(
        ["Abe", "Putin", "the firm", "met", "sold", "was", "born", "and", ", and", ";", ".", "he", "5%", "in", "Sochi"]
    ),
    min_size=1,
    max_size=14,
).map(" ".join)


@given(CLAIMS)
def test_no_word_of_a_claim_is_lost_and_spans_are_its_own(claim: str) -> None:
    parts = decompose(claim)
    spans = [claim[part.start : part.end] for part in parts]
    assert [word.stem for span in spans for word in content_words(span)] == [word.stem for word in content_words(claim)]
    assert all(part.text.strip() for part in parts)
