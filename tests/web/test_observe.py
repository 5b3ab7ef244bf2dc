"""Requests can be followed and counted, without their text."""

import json
import logging

import httpx2
import pytest
from fastapi.testclient import TestClient

from service.desk import Desk
from service.desks import Desks
from service.domain.key import KeyScope
from service.errors import BadSettings
from service.settings import Settings
from service.web.app import create_app
from service.web.logs import configure_logs
from service.web.metrics import Metrics
from tests.desks import make_desk
from tests.reports import make_report
from tests.web.conftest import MakeKey

MCP = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
"""What an MCP client sends beside a call."""


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


def test_figures_count_what_jobs_reviews_and_mcp_clients_are_told(settings: Settings) -> None:
    claim = "Kishida has met Putin seven times."
    busy = settings.model_copy(update={"workers": 1})
    desks = Desks(busy, lambda desk_id: make_desk(busy, desk_id))
    with TestClient(create_app(desks), base_url="http://localhost") as client:
        client.post("/v1/articles", json={"text": "Talks\n\nKishida has met Putin five times."})
        job = client.post("/v1/check/batch", json={"claims": [{"text": claim}, {"text": "!?"}]}).json()
        events = client.get(f"/v1/jobs/{job['id']}/events").text
        assert '"state":"done"' in events
        figures = client.get("/metrics").text
        assert 'claimdesk_results_total{outcome="refuted",verb="check"} 1.0' in figures
        assert 'claimdesk_stage_seconds_count{stage="find",verb="check"} 1.0' in figures

        for tool, arguments in (("check_claim", {"claim": claim}), ("ask", {"question": "Who is Zorblax?"})):
            call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
            assert not client.post("/mcp", json=call, headers=MCP).json()["result"]["isError"]
        client.post("/v1/review", json={"text": f"Putin\n\n{claim}", "archive": True})
        figures = client.get("/metrics").text
    assert 'claimdesk_results_total{outcome="refuted",verb="check"} 2.0' in figures
    assert 'claimdesk_stage_seconds_count{stage="find",verb="check"} 2.0' in figures
    assert 'claimdesk_results_total{outcome="abstained",verb="ask"} 1.0' in figures
    assert 'claimdesk_results_total{outcome="refuted",verb="review"} 1.0' in figures


def test_a_worker_shows_its_figures_at_an_address_of_its_own() -> None:
    metrics = Metrics()
    metrics.count_report("check", make_report("Abe met Putin."))
    with metrics.shown("127.0.0.1", 0) as address:
        assert 'verb="check"} 1.0' in httpx2.get(address).text
        port = int(address.split(":")[2].partition("/")[0])
        with pytest.raises(BadSettings, match="Choose another port"), metrics.shown("127.0.0.1", port):
            pass
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(address)


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
