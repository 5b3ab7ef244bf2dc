"""A judge on a real llama.cpp server (dev extra): the wire, the schema and the cancellation; whole verbs are in
tests/web/test_llama.py."""

import threading
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from service.backends.llm.backend import LlmBackend, for_run
from service.backends.llm.model import Model
from service.backends.llm.stream import Streamer
from service.backends.llm.wire import Endpoint
from service.errors import Cancelled
from service.run import Run
from tests.backends.llm.bench import LOCAL
from tests.backends.llm.llama import running, wait_until
from tests.backends.llm.test_judge import pairs
from tests.ledgers import MemoryAnswers, MemoryCosts
from tests.passages import make_passage

PASSAGE = make_passage("Abe has met Putin five times.")


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    with running() as url:
        endpoint = Endpoint(
            base_url=url, api_key=SecretStr("none"), model="smollm2", idle_s=60, deadline_s=60, most_tokens=160
        )
        streamer = Streamer(endpoint)
        yield Model(endpoint, streamer, MemoryCosts(), MemoryAnswers())
        streamer.close()


def used(backend: LlmBackend) -> int:
    """Replies of the real server that had the form which was asked for."""
    usage = backend.account().usage
    assert usage is not None
    assert usage.input_tokens > 100
    return usage.calls


def test_a_judgement_has_the_schema_s_form(model: Model) -> None:
    backend = for_run(model, LOCAL, Run(llm_only=True))
    (judged,) = backend.judge.judge(pairs(texts=["Abe has met Putin five times."]))
    assert judged.supports + judged.refutes + judged.neutral == pytest.approx(1)
    assert judged.rationale
    assert used(backend) == 1


def test_a_caller_who_leaves_stops_the_server_s_work(model: Model) -> None:
    run, caught = Run(), list[Cancelled]()

    def ask() -> None:
        try:
            for_run(model, LOCAL, run).answerer.draft("What is known of Abe and Putin, at length?", [PASSAGE])
        except Cancelled as error:
            caught.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    wait_until(model.endpoint.base_url, busy=True)
    run.cancellation.cancel()
    thread.join(10)
    assert caught
    wait_until(model.endpoint.base_url, busy=False)
