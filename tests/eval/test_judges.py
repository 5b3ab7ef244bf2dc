"""A judge can be measured without its last layer and its exact tiers."""

import pytest

from eval.judges import ModelAlone, as_pair

NUMBER = as_pair("Oil rose by 7 percent on Monday.", "Oil rose by 5 percent on Monday.")


def test_the_model_alone_takes_the_likeliest_side_of_its_logits() -> None:
    (judged,) = ModelAlone().judge([NUMBER])
    shares = {"supports": judged.supports, "refutes": judged.refutes, "neutral": judged.neutral}
    assert sum(shares.values()) == pytest.approx(1)
    assert judged.relation.value == max(shares, key=lambda relation: shares[relation])


def test_the_exact_differences_say_nothing_to_it() -> None:
    assert NUMBER.differences
    shown, blind = ModelAlone().judge([NUMBER, NUMBER.model_copy(update={"differences": ()})])
    assert shown == blind
