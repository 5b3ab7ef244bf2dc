"""A model's stance counts within limits: it is labelled strictly, tempered by the local judge, and complete."""

import json

import pytest

from eval.endpoint import Exchange, serve
from service.backends.llm.backend import for_run
from service.backends.llm.judge import MODEL_RIGHT
from service.compare.differences import pair_with
from service.domain.claim import Statement
from service.domain.verdict import Judgement, Relation
from service.errors import LlmBadReply
from service.ports import Pair
from service.run import Run
from tests.backends.llm.bench import LOCAL, open_model
from tests.passages import make_passage

CLAIM = "Abe has met Putin five times."
TEXTS = ["Abe has met Putin five times.", "The two leaders got together on five occasions.", "Oil rose in Tokyo."]


def pairs(claim: str = CLAIM, texts: list[str] = TEXTS) -> list[Pair]:
    return [pair_with(Statement(text=claim), make_passage(text, number=n)) for n, text in enumerate(texts)]


def judge(reply: object, asked: list[Pair], run: Run | None = None) -> list[Judgement]:
    """What the judge makes of one scripted reply: JSON as it is, or the stances of p1, p2 and on."""
    if isinstance(reply, list):
        reply = {f"p{n}": {"rationale": "Because.", "stance": stance} for n, stance in enumerate(reply, start=1)}
    with serve(lambda exchange: exchange.say(json.dumps(reply))) as server, open_model(server.url) as model:
        backend = for_run(model, LOCAL, run or Run(llm_only=True))
        return backend.judge.judge(asked)


def test_each_pair_gets_the_stance_of_its_passage() -> None:
    judged = judge(["supports", "supports", "neutral"], pairs())
    assert [item.relation for item in judged] == ["supports", "supports", "neutral"]
    for item in judged:
        assert item.supports + item.refutes + item.neutral == pytest.approx(1)
        assert item.rationale == "Because."


def test_agreement_is_surer_than_a_stance_that_the_local_judge_does_not_share() -> None:
    agreed, alone, _ = judge(["supports", "supports", "neutral"], pairs())
    assert agreed.supports > MODEL_RIGHT > alone.supports
    assert (agreed.model, agreed.local) == (None, None)
    assert (alone.model, alone.local) == (Relation.SUPPORTS, Relation.NEUTRAL)


def test_contradiction_is_less_sure_than_silence() -> None:
    contradicted, silent, _ = judge(["refutes", "refutes", "neutral"], pairs())
    assert contradicted.relation is Relation.REFUTES
    assert contradicted.refutes < silent.refutes


def test_an_exact_difference_is_not_dismissed_by_a_model_that_sees_nothing() -> None:
    (judged,) = judge(["neutral"], pairs("Abe has met Putin seven times.", TEXTS[:1]))
    assert judged.relation is Relation.REFUTES
    assert (judged.model, judged.local) == (Relation.NEUTRAL, Relation.REFUTES)
    assert judged.refutes < 0.5


@pytest.mark.parametrize("label", ["SUPPORTS", " supports ", "Supports"])
def test_a_label_is_read_without_its_capitals_and_white_space(label: str) -> None:
    assert judge([label, "NEUTRAL", "neutral"], pairs())[0].relation is Relation.SUPPORTS


@pytest.mark.parametrize(
    "reply",
    [
        ["mostly_true", "neutral", "neutral"],
        ["supports", "neutral"],
        ["supports", "neutral", "neutral", "neutral"],
        {"verdict": "supports"},
        {},
    ],
)
def test_an_unknown_label_or_an_opinion_too_few_or_too_many_is_no_judgement(reply: object) -> None:
    with pytest.raises(LlmBadReply):
        judge(reply, pairs())


def test_where_the_model_fails_the_local_judgements_stand() -> None:
    judged = judge({}, pairs(), Run())
    assert judged == LOCAL.judge.judge(pairs())


def test_a_bad_reply_is_shown_to_the_model_once_with_its_error() -> None:
    def behave(exchange: Exchange) -> None:
        stance = "mostly_true" if exchange.asked.number == 1 else "supports"
        exchange.say(json.dumps({"p1": {"rationale": "x", "stance": stance}}))

    with serve(behave) as server, open_model(server.url) as model:
        (judged,) = for_run(model, LOCAL, Run()).judge.judge(pairs(texts=TEXTS[:1]))
        assert judged.relation is Relation.SUPPORTS
        assert "mostly_true" in server.asked[1].message("assistant")
        assert "p1.stance" in server.asked[1].message("user")


def test_a_window_that_is_too_small_leaves_the_rest_to_the_local_judge_and_says_so() -> None:
    def behave(exchange: Exchange) -> None:
        if '"p3"' in exchange.asked.message("user"):
            exchange.error(400, "context_length_exceeded")
        else:
            exchange.say(json.dumps({"p1": {"rationale": "x", "stance": "refutes"}}))

    with serve(behave) as server, open_model(server.url) as model:
        backend = for_run(model, LOCAL, Run())
        judged = backend.judge.judge(pairs())
        assert [item.relation for item in judged] == ["refutes", "neutral", "neutral"]
        assert judged[1:] == LOCAL.judge.judge(pairs())[1:]
        assert "2 of 3 passages" in backend.account().problems[0].message


def test_a_rationale_carries_no_link() -> None:
    (judged,) = judge(
        {"p1": {"rationale": "![x](http://evil.example/a.png) It says so.", "stance": "supports"}},
        pairs(texts=TEXTS[:1]),
    )
    assert judged.rationale == "[link removed] It says so."


def test_without_pairs_nothing_is_asked() -> None:
    assert judge({}, []) == []
