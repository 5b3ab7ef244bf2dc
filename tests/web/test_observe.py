"""Requests can be followed and counted, without their text."""

import json
import logging

import pytest
from fastapi.testclient import TestClient

from service.desk import Desk
from service.domain.key import KeyScope
from service.web.logs import configure_logs
from tests.web.conftest import MakeKey


def test_every_answer_has_a_request_id(client: TestClient) -> None:
    first, second = client.get("/health/live"), client.get("/nowhere")
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    assert client.get("/health/live", headers={"X-Request-ID": "a-1"}).headers["x-request-id"] == "a-1"
    forged = client.get("/health/live", headers={"X-Request-ID": "a b{}"})
    assert forged.headers["x-request-id"] != "a b{}"


def test_figures_count_requests_results_and_stages(client: TestClient, story_id: str) -> None:
    client.post("/v1/check", json={"claim": "Kishida has met Putin seven times."})
    client.post("/v1/ask", json={"question": "Who is Zorblax?"})
    client.request("BREW", "/v1/ask")
    client.get("/nowhere/secret-name")
    figures = client.get("/metrics").text
    assert 'claimdesk_results_total{outcome="refuted",verb="check"} 1.0' in figures
    assert 'claimdesk_results_total{outcome="abstained",verb="ask"} 1.0' in figures
    assert 'claimdesk_requests_total{method="POST",route="/v1/check",status="200"} 1.0' in figures
    assert 'claimdesk_stage_seconds_count{stage="find",verb="check"} 1.0' in figures
    assert 'claimdesk_index_lag{desk="main"} 0.0' in figures
    assert 'claimdesk_queue_depth{desk="main"} 0.0' in figures
    assert "secret-name" not in figures
    assert "BREW" not in figures


def test_figures_need_a_key_where_there_are_keys(client: TestClient, key: MakeKey) -> None:
    headers = key(KeyScope.READ)
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers=headers).status_code == 200


def test_the_log_tells_of_requests_and_faults_and_of_no_text(
    client: TestClient, desk: Desk, key: MakeKey, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a sentence of an article")

    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    headers = key(KeyScope.ADMIN)
    try:
        configure_logs()
        client.get("/v1/search", params={"q": "Kishida"}, headers=headers)
        monkeypatch.setattr(desk.record, "list_articles", fail)
        client.get("/v1/articles", headers=headers)
        try:
            fail()
        except ZeroDivisionError:
            logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    finally:
        root.handlers, root.level = handlers, level
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    requests = [(line["route"], line["status"]) for line in lines if line["event"] == "request"]
    assert requests == [("/v1/search", 200), ("/v1/articles", 500)]
    assert all(line["request_id"] for line in lines if line["event"] == "request")
    assert lines[-1]["error"] == "ZeroDivisionError"
    assert lines[-1]["at"]
    everything = json.dumps(lines)
    assert "sentence of an article" not in everything
    assert "Kishida" not in everything
    assert headers["Authorization"].removeprefix("Bearer ") not in everything
