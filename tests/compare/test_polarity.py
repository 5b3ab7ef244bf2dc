"""Polarity: which predicates of a claim the evidence denies, or affirms where the claim denies them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.compare.polarity import compare_polarity
from service.domain.claim import DifferenceKind

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "polarity.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['claim']} | {case['evidence']}"[:90])
def test_a_predicate_is_a_difference_only_where_one_side_denies_it(case: dict[str, object]) -> None:
    claim, evidence = str(case["claim"]), str(case["evidence"])
    found = compare_polarity(claim, evidence)
    assert [[d.claim_text, d.evidence_text, d.correction] for d in found] == case["differences"]
    for difference in found:
        assert difference.kind is DifferenceKind.POLARITY
        assert claim[difference.claim_start : difference.claim_end] == difference.claim_text
        assert evidence[difference.evidence_start : difference.evidence_end] == difference.evidence_text


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["claim"]))
def test_a_sentence_never_contradicts_itself(case: dict[str, object]) -> None:
    for side in ("claim", "evidence"):
        assert compare_polarity(str(case[side]), str(case[side])) == []


@given(
    st.lists(
        st.sampled_from(
            [
                "The",
                "mayor",
                "did",
                "not",
                "never",
                "deny",
                "sign",
                "without",
                "no",
                "lack",
                "refuse",
                "to",
                "the",
                "treaty",
                ",",
                "but",
            ]
        )
    )
)
def test_any_order_of_negations_is_read_without_error(words: list[str]) -> None:
    text = " ".join(words)
    assert compare_polarity(text, text) == []
