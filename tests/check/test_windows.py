"""Long evidence becomes short readings, and their judgements one."""

from hypothesis import given
from hypothesis import strategies as st

from service.check.windows import as_judgement, find_nearest, plan_readings, pool
from service.domain.verdict import Relation

FILLER = [f"Filler {word} stands here." for word in ("a", "b", "c", "d", "e", "f", "g", "h")]


def test_short_evidence_is_read_once_and_whole() -> None:
    (reading,) = plan_readings("Abe met Putin.", FILLER[:3])
    assert reading.text(FILLER) == " ".join(FILLER[:3])


def test_the_sentence_that_shares_rare_words_with_the_claim_comes_first() -> None:
    assert find_nearest("Filler Abe met Putin.", [*FILLER, "Putin met Abe."], 3)[0] == len(FILLER)


def test_a_second_place_comes_before_the_first_in_other_words() -> None:
    sentences = ["Kono, born in Osaka, was born poor in Osaka.", "Born in Osaka was Kono.", "Kono died.", *FILLER]
    assert find_nearest("Kono was born in Osaka and died.", sentences, 2) == [0, 2]


def test_two_places_that_a_claim_needs_are_read_together() -> None:
    sentences = ["Kono was born in Osaka.", *FILLER, "Kono died in Kyoto."]
    readings = plan_readings("Kono was born in Osaka and died in Kyoto.", sentences)
    assert any({0, len(sentences) - 1} <= set(reading.sentences) for reading in readings)


def test_no_reading_is_planned_twice() -> None:
    readings = plan_readings("Filler b stands here.", FILLER)
    assert len(readings) == len(set(readings))


def test_one_supporting_reading_outweighs_silence() -> None:
    assert pool([as_judgement(0.0, 0.0)] * 9 + [as_judgement(0.8, 0.1)]).relation is Relation.SUPPORTS


@given(st.lists(st.tuples(st.floats(0, 0.5), st.floats(0, 0.5)), min_size=1, max_size=5))
def test_probabilities_sum_to_one(readings: list[tuple[float, float]]) -> None:
    pooled = pool([as_judgement(*reading) for reading in readings])
    assert abs(pooled.supports + pooled.refutes + pooled.neutral - 1) < 1e-9
    assert min(pooled.supports, pooled.refutes, pooled.neutral) >= 0
