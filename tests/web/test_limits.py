"""A request that is too large, too deep or too slow ends in a problem, and holds up nobody else."""

import threading
import time
from collections.abc import Iterator

import httpx2
import pytest
from fastapi.testclient import TestClient

from service.desk import Desk
from service.desks import Desks
from service.retrieve.search import Found
from service.run import Run
from service.settings import Settings
from service.web.app import create_app
from service.web.routing import MOST_JSON_BYTES
from tests.desks import make_desk
from tests.web.server import serve


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_is_refused_before_it_is_read_whole(client: TestClient, declared: bool) -> None:
    sent = 0

    def chunks() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(100):
            sent += 100_000
            yield b"x" * 100_000

    headers = {"Content-Type": "application/json"} | ({"Content-Length": "10000000"} if declared else {})
    done = client.post("/v1/articles", content=chunks(), headers=headers)
    assert (done.status_code, done.json()["code"]) == (413, "body_too_large")


def test_json_has_a_smaller_limit_than_files(client: TestClient) -> None:
    body = b'{"text": "' + b"x" * MOST_JSON_BYTES + b'"}'
    done = client.post("/v1/articles", content=body, headers={"Content-Type": "application/json"})
    assert (done.status_code, done.json()["code"]) == (413, "body_too_large")


def test_questions_have_a_smaller_limit_than_articles(client: TestClient) -> None:
    done = client.post("/v1/ask", content=b"x" * (MOST_JSON_BYTES + 1), headers={"Content-Type": "application/json"})
    assert (done.status_code, done.json()["code"]) == (413, "body_too_large")


@pytest.mark.parametrize(("levels", "status"), [(33, 400), (500, 400), (50_000, 400), (5, 422)])
def test_a_body_may_nest_only_so_deep(client: TestClient, levels: int, status: int) -> None:
    body = b'{"question":' + b"[" * levels + b"]" * levels + b"}"
    done = client.post("/v1/ask", content=body, headers={"Content-Type": "application/json"})
    assert done.status_code == status
    assert done.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/check/batch", b'{"claims": [' + b",".join([b"[]"] * 40_000) + b"]}"),
        ("/v1/articles", b"{" + b",".join(b'"a%d":1' % number for number in range(40_000)) + b"}"),
        ("/v1/review", b'{"text": ' + b"[{" * 101_000),
    ],
)
def test_a_body_may_hold_only_so_many_values(client: TestClient, path: str, body: bytes) -> None:
    """To say what is wrong with each of a million would take a minute, in which nobody else is answered."""
    done = client.post(path, content=body, headers={"Content-Type": "application/json"})
    assert (done.status_code, done.json()["code"]) == (400, "malformed_request")
    assert "more values" in done.json()["detail"]


def test_the_largest_batch_is_taken(client: TestClient) -> None:
    claims = [{"text": f"Claim {number} is [true], {{so}} to say.", "as_of": "2024-01-01"} for number in range(1_000)]
    assert client.post("/v1/check/batch", json={"claims": claims}).status_code == 202


def test_a_slow_request_is_answered_for_and_health_does_not_wait(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = settings.model_copy(update={"request_timeout_s": 0.2})
    begun, release = threading.Event(), threading.Event()

    def slow(*_: object, **__: object) -> Found:
        begun.set()
        release.wait(20)
        return Found(passages=(), degraded=False)

    desks = Desks(quick, lambda desk_id: make_desk(quick, desk_id))
    monkeypatch.setattr(Desk, "search", slow)
    with TestClient(create_app(desks), base_url="http://localhost") as client:
        answers: list[int] = []
        ask = threading.Thread(target=lambda: answers.append(client.get("/v1/search", params={"q": "x"}).status_code))
        ask.start()
        assert begun.wait(10)
        began = time.monotonic()
        assert client.get("/health/live").status_code == 200
        assert time.monotonic() - began < 5  # the slow one would take 20
        time.sleep(0.3)  # longer than it may take
        release.set()
        ask.join()
    assert answers == [504]


def test_a_request_that_the_server_s_end_cuts_off_is_a_problem_too(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, answers = threading.Event(), []

    def work(_: Desk, __: object, ___: str, ____: object, *, run: Run) -> None:
        begun.set()
        while True:
            time.sleep(0.01)
            run.cancellation.check()

    monkeypatch.setattr(Desk, "chat", work)
    desks = Desks(settings, lambda desk_id: make_desk(settings, desk_id))
    with serve(desks, drain_s=1) as url:
        ask = threading.Thread(target=lambda: answers.append(httpx2.post(f"{url}/v1/ask", json={"question": "Who?"})))
        ask.start()
        assert begun.wait(10)
    ask.join()
    assert (answers[0].status_code, answers[0].json()["code"]) == (503, "cancelled")


@pytest.mark.parametrize(
    ("seconds", "question", "status", "code"), [(60, "broken", 500, "internal_error"), (0.5, "slow", 504, "too_slow")]
)
def test_what_ends_outside_its_route_is_in_openai_s_form_too(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, seconds: float, question: str, status: int, code: str
) -> None:
    def work(_: Desk, __: object, asked: str, *, run: Run) -> None:
        while asked == "slow":
            time.sleep(0.01)
            run.cancellation.check()
        raise RuntimeError(asked)

    monkeypatch.setattr(Desk, "chat", work)
    limited = settings.model_copy(update={"request_timeout_s": seconds})
    app = create_app(Desks(limited, lambda desk_id: make_desk(limited, desk_id)))
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        body = {"model": "claimdesk", "messages": [{"role": "user", "content": question}]}
        done = client.post("/v1/chat/completions", json=body)
    assert (done.status_code, done.json()["code"]) == (status, code)
    assert (done.json()["error"]["type"], done.json()["error"]["code"]) == ("server_error", code)
