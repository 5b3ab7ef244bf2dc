"""Stances and differences become a label by one rule."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.check.weigh import Evidence, combine, weigh
from service.domain.claim import Difference, DifferenceKind
from service.domain.verdict import Judgement, Label, Relation
from tests.passages import make_passage

DIFFERENCE = Difference(
    kind=DifferenceKind.NUMBER, claim_text="7", claim_start=0, claim_end=1,
    evidence_text="5", evidence_start=0, evidence_end=1, correction="5",
)  # fmt: skip


def evidence(relation: Relation, strength: float = 0.9, differs: bool = False) -> Evidence:
    supports = strength if relation is Relation.SUPPORTS else 0.0
    refutes = strength - supports
    return Evidence(
        passage=make_passage("It rose."),
        judgement=Judgement(relation=relation, supports=supports, refutes=refutes, neutral=1 - strength),
        differences=(DIFFERENCE,) if differs else (),
    )


def test_silence_is_not_falsity() -> None:
    assert weigh([]).label is Label.NOT_ENOUGH
    assert weigh([evidence(Relation.NEUTRAL, 0.1)]).label is Label.NOT_ENOUGH


def test_a_difference_is_never_overruled_back_to_support() -> None:
    verdict = weigh([evidence(Relation.SUPPORTS, 0.99, differs=True)])
    assert verdict.label is Label.REFUTED


def test_a_difference_in_a_passage_that_does_not_bear_on_the_claim_decides_nothing() -> None:
    assert weigh([evidence(Relation.NEUTRAL, 0.2, differs=True)]).label is Label.NOT_ENOUGH


def test_many_supports_do_not_settle_what_one_source_disputes() -> None:
    verdict = weigh([*[evidence(Relation.SUPPORTS)] * 5, evidence(Relation.REFUTES)])
    assert verdict.label is Label.CONFLICTING
    assert len(verdict.decisive) == 6


@given(st.lists(st.tuples(st.sampled_from(Relation), st.floats(0, 1), st.booleans()), max_size=6))
def test_a_decisive_label_always_has_evidence_to_cite(items: list[tuple[Relation, float, bool]]) -> None:
    verdict = weigh([evidence(*item) for item in items])
    assert bool(verdict.decisive) == (verdict.label is not Label.NOT_ENOUGH)
    assert 0 <= verdict.confidence <= 1


@pytest.mark.parametrize("first, second", list(product(Label, Label)))
def test_a_claim_is_supported_only_if_every_part_is(first: Label, second: Label) -> None:
    verdicts = [weigh([]).model_copy(update={"label": label}) for label in (first, second)]
    label, _ = combine(verdicts)
    assert (label is Label.SUPPORTED) == (first is second is Label.SUPPORTED)
    if Label.REFUTED in (first, second):
        assert label is Label.REFUTED
