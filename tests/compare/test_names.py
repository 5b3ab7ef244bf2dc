"""Names in sentences, as the cases in tests/cases/names_*.jsonl state them."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.compare.name_match import NameMatch
from service.compare.names import compare_names, find_names, same_name
from service.compare.spelling import Spelling, compare_spelling

CASES = Path(__file__).parents[1] / "cases"
PIECES = "Fumio Kishida Kushida Mr. President of van der the \"said U.S. Japan's O'Sullivan, J. May É岸 'x’s - \n"
WORDS = st.sampled_from(PIECES.split(" "))


def read_cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", read_cases("names_found.jsonl"), ids=lambda case: case["text"][:40])
def test_finds_names_with_their_parts(case: dict[str, Any]) -> None:
    found = find_names(case["text"])
    assert [[n.title, n.given, n.surname] for n in found] == case["names"]


@pytest.mark.parametrize("case", read_cases("names_matches.jsonl"), ids=lambda case: f"{case['a']}/{case['b']}")
def test_same_name_says_how_two_mentions_relate(case: dict[str, Any]) -> None:
    (a,), (b,) = find_names(f"He saw {case['a']}."), find_names(f"He saw {case['b']}.")
    assert same_name(a, b) is NameMatch(case["match"])
    assert same_name(b, a) is NameMatch(case["match"])


@pytest.mark.parametrize("case", read_cases("names_differences.jsonl"), ids=lambda case: case["why"])
def test_compare_names_raises_only_what_the_evidence_writes_otherwise(case: dict[str, Any]) -> None:
    found = compare_names(case["claim"], case["evidence"])
    assert [[d.kind, d.claim_text, d.correction] for d in found] == case["differences"]


@pytest.mark.parametrize("case", read_cases("names_differences.jsonl"), ids=lambda case: case["why"])
def test_a_sentence_does_not_differ_from_itself(case: dict[str, Any]) -> None:
    assert compare_names(case["claim"], case["claim"]) == []


@given(st.lists(WORDS, max_size=12).map(" ".join), st.lists(WORDS, max_size=12).map(" ".join))
def test_every_span_can_be_cut_out_again(claim: str, evidence: str) -> None:
    for name in find_names(claim):
        assert claim[name.start : name.end] == name.text
        assert name.text.endswith(name.surname)
    for d in compare_names(claim, evidence):
        assert claim[d.claim_start : d.claim_end] == d.claim_text
        assert evidence[d.evidence_start : d.evidence_end] == d.evidence_text


@given(st.text(max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    assert all(text[n.start : n.end] == n.text for n in find_names(text))


@given(st.text(max_size=12), st.text(max_size=12))
def test_spelling_is_symmetric(a: str, b: str) -> None:
    assert compare_spelling(a, b) is compare_spelling(b, a)
    assert compare_spelling(a, a) is Spelling.SAME
