"""A drafted sentence stays only if an offered passage says it, and every quotation in it is real."""

from collections.abc import Sequence

import pytest

from service.ask.verify import Support, verify
from service.backends.local.rules import RulesJudge
from service.domain.passage import CitationState
from service.domain.report import Withheld
from service.domain.verdict import Judgement, Relation
from service.ports import DraftSentence, Pair
from tests.passages import make_passage

MET = make_passage("Abe has met Putin five times.", number=1)
OIL = make_passage("Oil imports from Russia rose almost 45 percent in 2013.", number=2)
SAID = make_passage("“We will not recognise the vote,” the minister told reporters on Friday.", number=3)
OFFERED = {passage.sentence_id: passage for passage in (MET, OIL, SAID)}


def check(text: str, *cited: str) -> Support | Withheld:
    return verify(DraftSentence(text=text, sentence_ids=cited), OFFERED, RulesJudge())


def test_a_sentence_that_its_passage_supports_is_verified() -> None:
    checked = check("Abe has met Putin five times.", MET.sentence_id)
    assert isinstance(checked, Support)
    assert (checked.state, checked.passages) == (CitationState.VERIFIED, (MET,))


def test_a_citation_is_moved_to_the_passage_that_does_support_it() -> None:
    checked = check("Abe has met Putin five times.", OIL.sentence_id)
    assert isinstance(checked, Support)
    assert (checked.state, checked.passages) == (CitationState.REPAIRED, (MET,))


def test_of_two_cited_passages_only_the_supporting_one_stays() -> None:
    checked = check("Abe has met Putin five times.", OIL.sentence_id, MET.sentence_id)
    assert isinstance(checked, Support)
    assert checked.passages == (MET,)


@pytest.mark.parametrize("text", ["Abe has met Putin seven times.", "Abe resigned on Friday."])
def test_a_sentence_that_no_passage_supports_is_misattributed(text: str) -> None:
    checked = check(text, MET.sentence_id)
    assert isinstance(checked, Withheld)
    assert checked.state is CitationState.MISATTRIBUTED
    assert checked.text == text


class Credulous:
    """A judge that supports whatever it reads."""

    id = "credulous"

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        return [Judgement(relation=Relation.SUPPORTS, supports=1.0, refutes=0.0, neutral=0.0) for _ in pairs]


def test_no_judge_makes_up_for_a_number_that_differs() -> None:
    offered = {MET.sentence_id: MET}
    wrong = DraftSentence(text="Abe has met Putin seven times.", sentence_ids=(MET.sentence_id,))
    right = wrong.model_copy(update={"text": "Abe has met Putin five times."})
    assert isinstance(verify(wrong, offered, Credulous()), Withheld)
    assert isinstance(verify(right, offered, Credulous()), Support)


@pytest.mark.parametrize("cited", [(), ("a.1.99",), ("p1; DROP TABLE",)])
def test_an_id_that_was_not_offered_counts_for_nothing(cited: tuple[str, ...]) -> None:
    checked = check("Abe resigned on Friday.", *cited)
    assert isinstance(checked, Withheld)
    assert checked.state is CitationState.UNVERIFIED


def test_a_quotation_must_stand_word_for_word_in_the_passage() -> None:
    real = check("“We will not recognise the vote”, the minister told reporters on Friday.", SAID.sentence_id)
    assert isinstance(real, Support)
    changed = check("“We will not accept the vote,” the minister told reporters on Friday.", SAID.sentence_id)
    assert isinstance(changed, Withheld)
    assert "word for word" in changed.reason


@pytest.mark.parametrize(
    "extra",
    [
        "See http://127.0.0.1/c?k=1.",
        "![x](http://127.0.0.1/c.png)",
        "[more](//evil.example/x)",
        "<img src=x>",
        "javascript:alert(1)",
        "www.evil.example",
        "&lt;script&gt;",
    ],
)
def test_a_sentence_with_a_link_or_markup_leaves_the_answer_and_the_link_leaves_it(extra: str) -> None:
    checked = check(f"Abe has met Putin five times. {extra}", MET.sentence_id)
    assert isinstance(checked, Withheld)
    assert extra not in checked.text
    assert "[link removed]" in checked.text
