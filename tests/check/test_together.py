"""A claim that needs two sentences finds both, and cites both."""

from collections.abc import Sequence

from service.check.chain import decide
from service.check.together import read_together
from service.check.windows import as_judgement
from service.domain.claim import AtomicClaim
from service.domain.verdict import Judgement, Label
from service.ports import Pair
from tests.passages import make_passage

CLAIM = "Kono was born in Osaka and died in Kyoto."
BORN = make_passage("Kono was born in Osaka.", number=1)
RAIN = make_passage("It rained.", number=2)
DIED = make_passage("Kono died in Kyoto.", number=5)


class WholeJudge:
    """Supports a claim when every place that it names is in the passage."""

    id = "whole"

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        return [
            as_judgement(0.9, 0.0) if {"Osaka", "Kyoto"} <= set(pair.passage.text.replace(".", "").split()) else as_judgement(0, 0)
            for pair in pairs
        ]  # fmt: skip


def test_the_fewest_passages_that_support_together_are_the_evidence_in_the_order_of_the_article() -> None:
    found = read_together(CLAIM, None, [DIED, RAIN, BORN], WholeJudge())
    assert [item.passage for item in found] == [BORN, DIED]


def test_a_claim_supported_by_two_sentences_together_is_supported_and_cites_both() -> None:
    part = AtomicClaim(text=CLAIM, start=0, end=len(CLAIM))
    decided = decide(part, None, [DIED, RAIN, BORN], WholeJudge())
    assert decided.verdict.label is Label.SUPPORTED
    assert decided.decisive == [BORN, DIED]


def test_sentences_of_different_articles_are_not_read_as_one() -> None:
    elsewhere = make_passage("Kono died in Kyoto.", number=5, article="b")
    assert read_together(CLAIM, None, [BORN, elsewhere], WholeJudge()) == ()


def test_a_joined_passage_is_cut_out_of_its_own_window() -> None:
    seen: list[Pair] = []

    class Recorder(WholeJudge):
        def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
            seen.extend(pairs)
            return super().judge(pairs)

    read_together(CLAIM, None, [DIED, BORN], Recorder())
    (pair,) = seen
    start, end = pair.passage.place
    assert pair.joined
    assert pair.passage.window[start:end] == pair.passage.text == "Kono was born in Osaka. Kono died in Kyoto."
