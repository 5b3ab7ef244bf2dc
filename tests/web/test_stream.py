"""Ask and check tell what they are at, and end in a result or a problem."""

import json
import threading
from typing import Any

import anyio
import pytest
from fastapi.testclient import TestClient

from service.desk import Desk
from service.domain.report import Report
from service.run import Cancellation, Run
from service.web import stream as streaming
from service.web.caller import Caller

STREAM = {"Accept": "text/event-stream, application/json;q=0.9"}


def events(text: str) -> list[tuple[str, dict[str, Any]]]:
    blocks = [block for block in text.split("\n\n") if block and not block.startswith(":")]
    fields = [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks]
    return [(each["event"], json.loads(each["data"])) for each in fields]


def test_a_check_tells_its_stages_its_parts_and_its_result(client: TestClient, story_id: str) -> None:
    claim = {"claim": "Kishida has met Putin seven times."}
    done = client.post("/v1/check", json=claim, headers=STREAM)
    assert done.headers["content-type"].startswith("text/event-stream")
    told = events(done.text)
    assert [data["stage"] for kind, data in told if kind == "stage"][:2] == ["decomposing", "searching"]
    assert [kind for kind, _ in told if kind in ("part", "result")] == ["part", "result"]
    plain = client.post("/v1/check", json=claim).json()
    assert {**told[-1][1], "timings_ms": {}} == {**plain, "timings_ms": {}}


def test_an_answer_s_sentences_come_before_its_result(client: TestClient, story_id: str) -> None:
    done = client.post("/v1/ask", json={"question": "How many times has Kishida met Putin?"}, headers=STREAM)
    told = events(done.text)
    (sentence,) = [data for kind, data in told if kind == "sentence"]
    assert sentence["text"] in str(told[-1][1]["answer"])


def test_a_problem_ends_the_stream_as_it_ends_a_request(client: TestClient) -> None:
    told = events(client.post("/v1/ask", json={"question": " ?! "}, headers=STREAM).text)
    assert [(kind, data["code"]) for kind, data in told] == [("problem", "empty_text")]


def test_a_fault_of_our_own_is_a_problem_too(client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a sentence of an article")

    monkeypatch.setattr(desk, "check", fail)
    told = events(client.post("/v1/check", json={"claim": "Abe met Putin."}, headers=STREAM).text)
    assert [(kind, data["code"]) for kind, data in told] == [("problem", "internal_error")]
    assert "article" not in json.dumps(told)


@pytest.mark.parametrize("accept", ["", "*/*", "application/json", "text/event-stream;q=0"])
def test_who_does_not_ask_for_events_gets_json(client: TestClient, accept: str) -> None:
    done = client.post("/v1/check", json={"claim": "Abe met Putin."}, headers={"Accept": accept})
    assert Report.model_validate(done.json()).claim == "Abe met Putin."


def test_who_hangs_up_ends_the_run(desk: Desk) -> None:
    begun, ended = threading.Event(), threading.Event()

    def work(run: Run) -> Report:
        begun.set()
        with run.cancellation.stopping(ended.set):
            ended.wait(20)
        run.cancellation.check()
        raise AssertionError("the run was not cancelled")

    async def hang_up() -> None:
        response = streaming.stream(Caller(desk, None, Cancellation()), work)
        async with anyio.create_task_group() as group:
            group.start_soon(_read, response.body_iterator)
            await anyio.to_thread.run_sync(begun.wait)
            group.cancel_scope.cancel()

    async def _read(chunks: object) -> None:
        async for _ in chunks:  # type: ignore[attr-defined]
            pass

    anyio.run(hang_up)
    assert ended.is_set()


def test_a_silent_stream_is_kept_open(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "KEEPALIVE_S", 0.01)
    heard = threading.Event()

    def work(run: Run) -> Report:
        assert heard.wait(20)
        return desk.check("Abe met Putin.", run=run)

    async def read() -> bytes:
        text = b""
        async for chunk in streaming.stream(Caller(desk, None, Cancellation()), work).body_iterator:
            heard.set()
            text += bytes(chunk)  # type: ignore[arg-type]
        return text

    text = anyio.run(read).decode()
    assert text.startswith(":")
    assert events(text)[-1][0] == "result"
