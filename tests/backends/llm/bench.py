"""A fake endpoint becomes a backend to test: one question, two passages, short deadlines."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import SecretStr

from eval.endpoint import Exchange
from service.backends.llm.backend import LlmBackend, for_run
from service.backends.llm.model import Model
from service.backends.llm.stream import Streamer
from service.backends.llm.wire import Endpoint
from service.backends.local.answerer import ExtractiveAnswerer
from service.backends.local.backend import LocalBackend
from service.backends.local.detector import RulesDetector
from service.backends.local.rewriter import rewrite
from service.backends.local.rules import RulesJudge
from service.check.decompose import decompose
from service.domain.cost import Price
from service.ports import DraftSentence
from service.run import Run
from tests.ledgers import MemoryAnswers, MemoryCosts
from tests.passages import make_passage

QUESTION = "How many times has Abe met Putin?"
PASSAGES = [
    make_passage("Abe has met Putin five times.", number=1),
    make_passage("Oil rose in Tokyo.", number=2),
    make_passage("Rain fell.", number=3),
]
KEY = "sk-0123456789-secret"
DRAFT = {"sentences": [{"text": "Abe and Putin have met five times.", "passages": ["p1"]}]}
GOOD = json.dumps(DRAFT)

LOCAL = LocalBackend(
    id="local: rules",
    judge=RulesJudge(),
    answerer=ExtractiveAnswerer(),
    detector=RulesDetector(),
    decompose=decompose,
    rewrite=rewrite,
)


@contextmanager
def open_model(
    url: str, price: Price | None = None, budget_microusd: int | None = None, **waits: Any
) -> Iterator[Model]:
    """The model at that address, with ledgers in memory. A test of waiting gives shorter waits: a busy machine needs these."""
    waits = {"connect_s": 5.0, "idle_s": 10.0, "deadline_s": 20.0, "most_tokens": 500} | waits
    streamer = Streamer(endpoint := Endpoint(base_url=url, api_key=SecretStr(KEY), model="fake", **waits))
    try:
        yield Model(endpoint, streamer, MemoryCosts(), MemoryAnswers(), price=price, budget_microusd=budget_microusd)
    finally:
        streamer.close()


def draft(model: Model, run: Run | None = None) -> tuple[list[DraftSentence], LlmBackend]:
    """What the answerer drafts, and the backend with its account."""
    backend = for_run(model, LOCAL, run or Run())
    return list(backend.answerer.draft(QUESTION, PASSAGES)), backend


def answer_well(exchange: Exchange) -> None:
    exchange.say(GOOD)
