"""The rules detector: facts before opinions, with reasons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.backends.local.detector import RulesDetector

FACT = "The central bank raised its rate to 5.25% in March 2014, the highest since 2008."


@pytest.mark.parametrize(
    "weaker, reason",
    [
        ("Did the central bank raise its rate to 5.25%?", "asks"),
        ("The central bank will probably raise its rate to 5.25% next year.", "speaks of what may come"),
        ("The central bank should have raised its rate, a great mistake.", "gives an opinion"),
        ("He was delighted and proud of the award.", "tells a feeling"),
        ('"We did what we could," he said.', "speaks for its speaker"),
        ("They refused.", "is too short to say much"),
    ],
)
def test_what_cannot_be_looked_up_ranks_below_a_fact_and_says_why(weaker: str, reason: str) -> None:
    fact, other = RulesDetector().rate([FACT, weaker])
    assert fact.score > 0.5 > other.score
    assert reason in other.reasons


def test_a_fact_is_worth_checking_for_its_figure_and_its_event() -> None:
    (rating,) = RulesDetector().rate([FACT])
    assert {"gives a figure", "reports something that happened"} <= set(rating.reasons)


@given(st.text(max_size=80))
def test_any_text_has_a_score_between_0_and_1(text: str) -> None:
    (rating,) = RulesDetector().rate([text])
    assert 0 <= rating.score <= 1


def test_no_sentence_gives_no_rating() -> None:
    assert RulesDetector().rate([]) == []
