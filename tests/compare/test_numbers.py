"""Numbers: what is found in a sentence, and which numbers of a claim the evidence rules out."""

import itertools
import json
from math import inf
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service.compare.number_finders import find_quantities
from service.compare.numbers import compare_numbers, is_compatible
from service.compare.quantities import Quantity, QuantityKind, number
from service.domain.claim import DifferenceKind

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "numbers.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['claim']} | {case['evidence']}"[:90])
def test_a_number_is_a_difference_only_where_both_cannot_hold(case: dict[str, object]) -> None:
    found = compare_numbers(str(case["claim"]), str(case["evidence"]))
    assert [[d.claim_text, d.evidence_text, d.correction] for d in found] == case["differences"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["claim"]))
def test_spans_cut_the_words_out_of_both_sentences(case: dict[str, object]) -> None:
    claim, evidence = str(case["claim"]), str(case["evidence"])
    for difference in compare_numbers(claim, evidence):
        assert difference.kind is DifferenceKind.NUMBER
        assert claim[difference.claim_start : difference.claim_end] == difference.claim_text
        assert evidence[difference.evidence_start : difference.evidence_end] == difference.evidence_text


@pytest.mark.parametrize(
    ("text", "written", "kind", "low", "high", "unit"),
    [
        ("17,000 people", "17,000", QuantityKind.COUNT, 17_000, 17_000, ""),
        ("53 879 people", "53 879", QuantityKind.COUNT, 53_879, 53_879, ""),
        ("one hundred and five people", "one hundred and five", QuantityKind.COUNT, 105, 105, ""),
        ("two dozen people", "two dozen", QuantityKind.COUNT, 24, 24, ""),
        ("half a million people", "half a million", QuantityKind.COUNT, 500_000, 500_000, ""),
        ("three and a half million people", "three and a half million", QuantityKind.COUNT, 3.5e6, 3.5e6, ""),
        ("1.2m people", "1.2m", QuantityKind.COUNT, 1.2e6, 1.2e6, ""),
        ("it cost $3.5bn", "$3.5bn", QuantityKind.MONEY, 3.5e9, 3.5e9, "USD"),
        ("it cost $3-5 billion", "$3-5 billion", QuantityKind.MONEY, 3e9, 5e9, "USD"),
        ("it cost Rs 5 lakh", "Rs 5 lakh", QuantityKind.MONEY, 5e5, 5e5, "INR"),
        ("rose 45%", "45%", QuantityKind.PERCENT, 45, 45, ""),
        ("rose at least 45 per cent", "at least 45 per cent", QuantityKind.PERCENT, 45, inf, ""),
        ("two-thirds of it", "two-thirds", QuantityKind.PERCENT, pytest.approx(66.67, abs=0.01), None, ""),
        ("10-15 miles away", "10-15 miles", QuantityKind.MEASURE, 16_093.44, 24_140.16, "length"),
        ("more than a decade", "more than a decade", QuantityKind.MEASURE, 120, inf, "months"),
        ("1.83 m tall", "1.83 m", QuantityKind.MEASURE, 1.83, 1.83, "length"),
        ("a 45-year-old man", "45-year-old", QuantityKind.MEASURE, 540, 540, "age"),
        ("twice as many", "twice as", QuantityKind.MULTIPLE, 2, 2, ""),
        ("the 21st governor", "21st", QuantityKind.ORDINAL, 21, 21, ""),
        ("hundreds of people", "hundreds", QuantityKind.COUNT, 100, inf, ""),
        ("rated 4.9/10", "4.9/10", QuantityKind.RATING, 4.9, 4.9, "10"),
    ],
)
def test_a_number_expression_is_read_whole(
    text: str, written: str, kind: QuantityKind, low: float, high: float | None, unit: str
) -> None:
    (quantity,) = find_quantities(text)
    assert text[quantity.start : quantity.end] == written
    assert (quantity.kind, quantity.low, quantity.unit) == (kind, low, unit)
    assert high is None or quantity.high == high


@pytest.mark.parametrize(
    "text",
    [
        "The G7 met at No. 10 over COVID-19.",
        "In 2013 and the 1980s, on 4 March 2014 and March 5",
        "Call 555-123-4567 at 8:30 or 5 p.m.",
        "One of them knew that no one came.",
        "Toy Story 2 was liked.",
        "He returned to power 15 months ago.",
        "The Big Four agreed.",
        "the World War II pilot of a B-52",
        "5G masts, 4G phones, and a 4K television in 3D",
        "F1, the G7 and the G20 on the M25 and the A1",
        "open 24/7 since 9/11, at a 50/50 chance",
        "COVID 19, a 401(k), the P5+1 and the Group of 20",
        "A Boeing 747-8 and an iPhone 15",
        "Apollo 11 landed.",
    ],
)
def test_numbers_that_name_or_date_are_no_quantities(text: str) -> None:
    assert find_quantities(text) == ()


def test_about_reaches_both_ways_and_almost_only_down() -> None:
    about, almost, exact = (
        find_quantities(f"rose {lead}{value} percent")[0] for lead, value in (("about ", 45), ("almost ", 45), ("", 47))
    )
    assert is_compatible(about, exact)
    assert not is_compatible(almost, exact)
    assert not about.exact
    assert exact.exact


@given(st.integers(min_value=0, max_value=999_999_999), st.integers(min_value=0, max_value=999_999_999))
def test_compatibility_is_symmetric_and_every_number_fits_itself(a: int, b: int) -> None:
    first, second = _count(a), _count(b)
    assert is_compatible(first, first)
    assert is_compatible(first, second) == is_compatible(second, first)


@given(st.integers(min_value=1, max_value=999_999_999))
def test_digits_with_separators_keep_their_value(value: int) -> None:
    assert number(f"{value:,}")[0] == value


@given(st.text(alphabet=st.sampled_from("0123456789 .,-/%$kmbn thousandxy"), max_size=40))
def test_any_text_is_read_without_error_and_without_overlaps(text: str) -> None:
    found = find_quantities(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@example(["one", "thousand", "a", "hundred"])
@given(
    st.lists(st.sampled_from("a half one two twenty -five hundred thousand million dozen and to of 3 times".split()))  # noqa: SIM905
)
def test_any_order_of_number_words_is_read_without_error(words: list[str]) -> None:
    find_quantities(" ".join(words))


def test_a_run_of_digits_too_long_for_a_number_is_left_alone() -> None:
    assert find_quantities("0" * 400 + " and " + "9" * 400) == ()


def _count(value: int) -> Quantity:
    exact, step = number(f"{value:,}")
    return Quantity(kind=QuantityKind.COUNT, low=exact, high=exact, step=step, start=0, end=1)
