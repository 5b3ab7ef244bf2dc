"""A measurement of a remote model fails rather than fill in, and takes up again without asking twice."""

import pytest

from eval.endpoint import Exchange, serve
from eval.fake_models import sensible
from eval.judges import as_pair
from eval.remote import RemoteJudge
from service.backends.local.rules import RulesJudge
from service.domain.verdict import Relation
from service.errors import LlmUnavailable
from tests.backends.llm.bench import open_model

PAIRS = [
    as_pair("Abe has met Putin five times.", "Abe has met Putin five times."),
    as_pair("Abe has met Putin seven times.", "Abe has met Putin five times."),
    as_pair("Abe has met Obama.", "Oil rose."),
]


def test_each_claim_is_judged_and_a_second_run_asks_for_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with serve(sensible) as server, open_model(server.url) as model:
        judged = RemoteJudge(model, RulesJudge()).judge(PAIRS)
        assert [item.relation for item in judged] == [Relation.SUPPORTS, Relation.REFUTES, Relation.NEUTRAL]
        assert len(server.asked) == 3
        assert RemoteJudge(model, RulesJudge()).judge(PAIRS) == judged
        assert len(server.asked) == 3
    first, second = capsys.readouterr().err.splitlines()
    assert "0 of them remembered" in first
    assert "3 of them remembered" in second


def test_a_stopped_run_goes_on_where_it_was() -> None:
    def behave(exchange: Exchange) -> None:
        (sensible if exchange.asked.number != 2 else lambda e: e.error(402, "insufficient_quota"))(exchange)

    with serve(behave) as server, open_model(server.url) as model:
        with pytest.raises(LlmUnavailable):
            RemoteJudge(model, RulesJudge()).judge(PAIRS)
        model.breaker.succeed()  # somebody paid
        assert len(RemoteJudge(model, RulesJudge()).judge(PAIRS)) == 3
        assert len(server.asked) == 4  # the first claim was not asked again
