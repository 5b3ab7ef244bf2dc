"""Money is reserved at its most before a call, and corrected to what was used after it."""

import json
import threading
import time
from datetime import UTC, datetime

import pytest

from eval.endpoint import Exchange, delta, end, serve
from service.domain.cost import Price
from service.errors import BadSettings
from service.run import Run
from tests.backends.llm.bench import GOOD, answer_well, draft, open_model
from tests.backends.llm.faults import OTHERS
from tests.ledgers import today

PRICE = Price(input=1.0, output=4.0)


def test_what_was_not_used_is_given_back() -> None:
    with serve(answer_well) as server, open_model(server.url, PRICE) as model:
        _, backend = draft(model, Run(key="k"))
        usage = backend.account().usage
        assert usage is not None
        assert usage.cost_usd == (usage.input_tokens + 4 * usage.output_tokens) / 1e6
        assert model.costs.spent(today(), "k") == round(usage.cost_usd * 1e6)
        first, second = model.costs.rows  # type: ignore[attr-defined]
        assert first.tokens_in > usage.input_tokens
        assert first.tokens_in + second.tokens_in == usage.input_tokens


def test_a_call_that_broke_off_stays_booked_at_its_most() -> None:
    with serve(lambda exchange: exchange.stream([], done=False)) as server, open_model(server.url, PRICE) as model:
        draft(model, Run(key="k"))
        (row,) = model.costs.rows  # type: ignore[attr-defined]
        assert model.costs.spent(today(), "k") == row.microusd > 0


def test_a_request_that_the_server_turned_away_costs_nothing() -> None:
    with serve(lambda exchange: exchange.error(500, "down")) as server, open_model(server.url, PRICE) as model:
        draft(model, Run(key="k"))
        assert model.costs.spent(today(), "k") == 0


def test_of_many_callers_at_once_none_passes_the_budget() -> None:
    release = threading.Event()
    release.set()

    def behave(exchange: Exchange) -> None:
        release.wait(5)
        exchange.say(json.dumps({"sentences": []}) + " " * exchange.asked.number)

    with serve(behave) as server, open_model(server.url, PRICE, idle_s=5.0) as model:
        draft(model, Run(key="probe"))
        most = model.costs.rows[0].microusd  # type: ignore[attr-defined]
        assert most is not None
        release.clear()
        model.answers.forget(datetime.now(UTC))
        budget = int(2.5 * most)
        runs = [threading.Thread(target=draft, args=(model, Run(key="k", budget_microusd=budget))) for _ in range(6)]
        before = len(server.asked)
        for run in runs:
            run.start()
        while len(server.asked) - before < 2:
            time.sleep(0.01)
        release.set()
        for run in runs:
            run.join(10)
        assert model.costs.spent(today(), "k") <= budget


def test_without_a_price_tokens_are_counted_and_money_is_not() -> None:
    with serve(answer_well) as server, open_model(server.url) as model:
        _, backend = draft(model)
        usage = backend.account().usage
        assert usage is not None
        assert usage.cost_usd is None
        assert usage.input_tokens == 100


def test_a_budget_needs_a_price() -> None:
    with serve(answer_well) as server, open_model(server.url, None, 100) as model:
        with pytest.raises(BadSettings):
            draft(model)
        assert not server.asked


@pytest.mark.parametrize("name", ["usage_negative", "usage_absurd"])
def test_a_count_that_cannot_be_is_none(name: str) -> None:
    with serve(OTHERS[name].behave(lambda _: GOOD)) as server, open_model(server.url, PRICE) as model:
        draft(model, Run(key="k"))
        (row,) = model.costs.rows  # type: ignore[attr-defined]
        assert model.costs.spent(today(), "k") == row.microusd > 0


def test_a_server_that_counts_no_tokens_is_booked_at_the_most() -> None:
    with serve(lambda e: e.stream([delta(GOOD), end("stop")])) as server, open_model(server.url, PRICE) as model:
        draft(model, Run(key="k"))
        (row,) = model.costs.rows  # type: ignore[attr-defined]
        assert model.costs.spent(today(), "k") == row.microusd
