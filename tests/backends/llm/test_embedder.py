"""A remote embedding model gives unit vectors, or a typed error."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from pydantic import SecretStr

from eval.endpoint import Behaviour, Exchange, serve
from service.backends.llm.breaker import FAILURES
from service.backends.llm.embedder import Embeddings
from service.backends.llm.wire import Endpoint
from service.domain.cost import Price
from service.errors import (
    BadSettings,
    BudgetExceeded,
    Cancelled,
    ClaimdeskError,
    LlmBadReply,
    LlmMisconfigured,
    LlmUnavailable,
    WrongDimension,
)
from service.ports import Vectors
from service.run import Run
from tests.ledgers import MemoryCosts, today


def embed(rows: Callable[[str], list[float]], texts: list[str]) -> Vectors:
    def behave(exchange: Exchange) -> None:
        data = [
            {"object": "embedding", "index": n, "embedding": rows(text)}
            for n, text in enumerate(exchange.asked.body["input"])
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        exchange.reply(200, json.dumps({"object": "list", "model": "e", "data": data, "usage": usage}).encode())

    with serve(behave) as server, opened(server.url) as embeddings:
        return embeddings.on_account(Run()).embed(texts)


@contextmanager
def opened(url: str, price: Price | None = None, **waits: float) -> Iterator[Embeddings]:
    endpoint = Endpoint.model_validate({"base_url": url, "api_key": SecretStr("k"), "model": "e", **waits})
    embeddings = Embeddings(endpoint, MemoryCosts(), price)
    try:
        yield embeddings
    finally:
        embeddings.close()


def answer(exchange: Exchange) -> None:
    """A row for each text, and two tokens for each."""
    texts = exchange.asked.body["input"]
    data = [{"object": "embedding", "index": n, "embedding": [1.0, 0.0]} for n, _ in enumerate(texts)]
    used = {"prompt_tokens": 2 * len(texts), "total_tokens": 2 * len(texts)}
    exchange.reply(200, json.dumps({"object": "list", "model": "e", "data": data, "usage": used}).encode())


def test_rows_come_in_order_and_of_length_one() -> None:
    vectors = embed(lambda text: [float(len(text)), 1.0, 0.0], ["a", "bbb", ""])
    assert vectors.shape == (3, 3)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert vectors[1, 0] > vectors[0, 0]


def test_many_texts_are_sent_in_batches() -> None:
    assert embed(lambda _: [1.0, 0.0], ["x"] * 600).shape == (600, 2)


def test_no_text_gives_no_row() -> None:
    assert embed(lambda _: [1.0, 0.0], []).shape == (0, 2)


@pytest.mark.parametrize(
    ("rows", "error"),
    [(lambda text: [1.0] * len(text), WrongDimension), (lambda _: [0.0, 0.0], LlmBadReply)],
)
def test_vectors_that_cannot_be_compared_are_refused(
    rows: Callable[[str], list[float]], error: type[ClaimdeskError]
) -> None:
    with pytest.raises(error):
        embed(rows, ["a", "bb"])


PRICE = Price(input=3.0, output=0.0)


def test_tokens_and_money_are_booked_to_the_key_that_asks() -> None:
    with serve(answer) as server, opened(server.url, PRICE) as embeddings:
        embedder = embeddings.on_account(Run(key="k"))
        embedder.embed(["x"] * 300)
        usage = embedder.account().usage
        assert usage is not None
        assert (usage.calls, usage.input_tokens, usage.cost_usd, usage.prompts) == (2, 600, 0.0018, {})
        assert embeddings.costs.spent(today(), "k") == 1_800
        assert {row.task for row in embeddings.costs.rows} == {"embed"}  # type: ignore[attr-defined]


def test_a_budget_stops_an_embedding_before_it_is_passed() -> None:
    with serve(answer) as server, opened(server.url, PRICE) as embeddings:
        with pytest.raises(BudgetExceeded):
            embeddings.on_account(Run(key="k", budget_microusd=100)).embed(["x"])
        assert not server.asked
        assert embeddings.costs.spent(today(), "k") == 0


def test_a_budget_needs_a_price() -> None:
    with serve(answer) as server, opened(server.url) as embeddings, pytest.raises(BadSettings):
        embeddings.on_account(Run(budget_microusd=100))


def test_what_a_server_does_not_count_stays_booked_at_its_most() -> None:
    def behave(exchange: Exchange) -> None:
        data = [{"object": "embedding", "index": 0, "embedding": [1.0, 0.0]}]
        exchange.reply(200, json.dumps({"object": "list", "model": "e", "data": data, "usage": None}).encode())

    with serve(behave) as server, opened(server.url, PRICE) as embeddings:
        embeddings.on_account(Run(key="k")).embed(["x"])
        (row,) = embeddings.costs.rows  # type: ignore[attr-defined]
        assert embeddings.costs.spent(today(), "k") == row.microusd > 3


def drip(exchange: Exchange) -> None:
    exchange.reply(200, b"", Content_Type="application/json", Content_Length="1000")
    exchange.stream((b" " for _ in iter(lambda: time.sleep(0.1), 0)), done=False)


@pytest.mark.parametrize(
    ("behave", "error"),
    [
        (lambda exchange: exchange.error(401, "invalid_api_key"), LlmMisconfigured),
        (lambda exchange: exchange.error(404, "model_not_found"), LlmMisconfigured),
        (lambda exchange: exchange.error(429, "insufficient_quota"), LlmUnavailable),
        (lambda exchange: exchange.error(500, "down", Retry_After="0.01"), LlmUnavailable),
        (lambda exchange: exchange.reply(307, b"", Location="http://127.0.0.1:9/"), LlmMisconfigured),
        (lambda exchange: exchange.reply(200, b"<html>", Content_Type="text/html"), LlmBadReply),
        (lambda exchange: exchange.reply(200, b"{"), LlmBadReply),
        (lambda exchange: exchange.reply(200, b'{"data": []}'), LlmBadReply),
        (lambda exchange: exchange.reply(200, b'{"data": [{"embedding": "x"}]}'), LlmBadReply),
        (lambda exchange: exchange.reply(200, b'{"data": [{"embedding": ["a"]}]}'), LlmBadReply),
        (lambda exchange: exchange.reply(200, b'{"data": [{"embedding": 5}]}'), LlmBadReply),
    ],
)  # fmt: skip
def test_every_fault_of_the_server_is_an_error_of_ours(behave: Behaviour, error: type[ClaimdeskError]) -> None:
    with serve(behave) as server, opened(server.url) as embeddings:
        with pytest.raises(error) as caught:
            embeddings.on_account(Run()).embed(["a"])
        assert "sk-" not in str(caught.value)


def test_a_server_that_is_down_is_left_alone_for_a_while() -> None:
    def down(exchange: Exchange) -> None:
        exchange.error(402, "insufficient_quota")

    with serve(down) as server, opened(server.url) as embeddings:
        for _ in range(FAILURES + 1):
            with pytest.raises(LlmUnavailable) as caught:
                embeddings.on_account(Run()).embed(["a"])
        assert "left alone" in str(caught.value)
        assert len(server.asked) == FAILURES


def test_a_reply_that_drips_is_given_up_at_the_deadline() -> None:
    with serve(drip) as server, opened(server.url, deadline_s=1.0) as embeddings, pytest.raises(LlmUnavailable):
        embeddings.on_account(Run()).embed(["a"])


def hang(exchange: Exchange) -> None:
    exchange.wait_for_hang_up(10)


def test_a_caller_who_leaves_closes_the_call_at_once() -> None:
    run, caught = Run(), list[Cancelled]()

    def embed(embeddings: Embeddings) -> None:
        try:
            embeddings.on_account(run).embed(["a"])
        except Cancelled as error:
            caught.append(error)

    with serve(hang) as server, opened(server.url) as embeddings:
        thread = threading.Thread(target=embed, args=(embeddings,))
        thread.start()
        while not server.asked:
            time.sleep(0.01)
        run.cancellation.cancel()
        thread.join(5)  # the server would keep it for 10
        assert caught
        assert server.exchanges[0].hung_up.wait(5)
