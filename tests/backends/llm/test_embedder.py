"""A remote embedding model gives unit vectors, or a typed error."""

import json
from collections.abc import Callable

import numpy as np
import pytest
from pydantic import SecretStr

from eval.endpoint import Exchange, serve
from service.backends.llm.embedder import LlmEmbedder
from service.backends.llm.wire import Endpoint
from service.errors import ClaimdeskError, LlmBadReply, LlmMisconfigured, WrongDimension
from service.ports import Vectors


def embed(rows: Callable[[str], list[float]], texts: list[str]) -> Vectors:
    def behave(exchange: Exchange) -> None:
        data = [
            {"object": "embedding", "index": n, "embedding": rows(text)}
            for n, text in enumerate(exchange.asked.body["input"])
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        exchange.reply(200, json.dumps({"object": "list", "model": "e", "data": data, "usage": usage}).encode())

    with serve(behave) as server:
        return LlmEmbedder(Endpoint(base_url=server.url, api_key=SecretStr("k"), model="e")).embed(texts)


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


def test_a_refused_key_is_a_setting_to_mend() -> None:
    with serve(lambda exchange: exchange.error(401, "invalid_api_key")) as server, pytest.raises(LlmMisconfigured):
        LlmEmbedder(Endpoint(base_url=server.url, api_key=SecretStr("k"), model="e")).embed(["a"])
