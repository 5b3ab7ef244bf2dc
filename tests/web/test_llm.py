"""The API on the llm backend: wrong settings are 502 and not ready, a broken model is a degraded answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from eval.endpoint import Behaviour, Exchange, serve
from eval.fake_models import sensible
from service.backends.local.answerer import ExtractiveAnswerer
from service.backends.local.rules import RulesJudge
from service.desk import Desk
from service.desks import Desks
from service.record.books import open_books
from service.settings import Settings
from service.web.app import create_app
from service.wiring import Parts, open_model
from tests.fakes import HashEmbedder
from tests.index.fake import MemoryIndex
from tests.web.conftest import STORY

KEY = "sk-0123456789-secret"
QUESTION = {"question": "How many times has Kishida met Putin?"}


@contextmanager
def client_of(behaviour: Behaviour, folder: Path) -> Iterator[TestClient]:
    with serve(behaviour) as server:
        settings = Settings(
            data_dir=folder, threads=1, backend="llm", llm_model="fake", openai_base_url=server.url,
            openai_api_key=SecretStr(KEY), workers=0, _env_file=None,
        )  # fmt: skip
        parts = Parts(
            books=lambda: open_books(settings.record_url),
            index=MemoryIndex,
            embedder=HashEmbedder,
            judge=RulesJudge,
            answerer=ExtractiveAnswerer,
            model=partial(open_model, settings),
        )
        desks = Desks(settings, lambda _: Desk(settings, parts))
        with TestClient(create_app(desks), base_url="http://localhost", raise_server_exceptions=False) as client:
            sent = client.post("/v1/articles", json={"text": STORY, "title": "Ministers meet in Kyiv"})
            assert sent.is_success, sent.text
            yield client
        desks.close()


def test_an_answer_of_the_model_tells_what_it_used(tmp_path: Path) -> None:
    with client_of(sensible, tmp_path) as client:
        answer = client.post("/v1/ask", json=QUESTION).json()
        assert "five times" in answer["answer"]
        assert answer["usage"]["calls"] == 1
        assert not answer["degraded"]
        assert client.get("/health/ready").status_code == 200


def test_a_wrong_key_or_model_is_a_bad_gateway_and_not_ready(tmp_path: Path) -> None:
    for status, code in ((401, "invalid_api_key"), (404, "model_not_found")):
        with client_of(partial(_refuse, status, code), tmp_path / code) as client:
            refused = client.post("/v1/ask", json=QUESTION)
            assert (refused.status_code, refused.json()["code"]) == (502, "llm_misconfigured")
            assert KEY not in refused.text
            ready = client.get("/health/ready")
            assert ready.status_code == 503
            assert client.get("/health/live").status_code == 200


def test_a_model_that_is_down_leaves_an_answer_that_says_so(tmp_path: Path) -> None:
    with client_of(partial(_refuse, 500, "down"), tmp_path) as client:
        answer = client.post("/v1/ask", json=QUESTION)
        assert answer.status_code == 200
        assert answer.json()["degraded"]
        assert answer.json()["problems"][0]["code"] == "llm_unavailable"
        assert client.get("/health/ready").status_code == 200


ASKED: dict[str, dict[str, object]] = {
    "/v1/ask": {**QUESTION},
    "/v1/check": {"claim": "Kishida has met Putin seven times."},
    "/v1/chat/completions": {"model": "claimdesk", "messages": [{"role": "user", "content": "Who met Putin?"}]},
}


@pytest.mark.parametrize("path", ASKED)
def test_who_asks_for_the_model_alone_gets_its_failure_and_when_to_come_again(path: str, tmp_path: Path) -> None:
    with client_of(partial(_refuse, 503, "busy"), tmp_path) as client:
        refused = client.post(path, json=ASKED[path] | {"llm_only": True})
        assert (refused.status_code, refused.json()["code"]) == (503, "llm_unavailable")
        assert int(refused.headers["Retry-After"]) > 0
        assert client.post(path, json=ASKED[path]).status_code == 200


def test_a_turn_of_a_conversation_that_only_the_model_may_answer_is_not_kept_when_it_fails(tmp_path: Path) -> None:
    with client_of(partial(_refuse, 503, "busy"), tmp_path) as client:
        kept = client.post("/v1/conversations", json={"title": "Talks"}).json()["id"]
        turn = {"kind": "question", "said": QUESTION["question"]}
        assert client.post(f"/v1/conversations/{kept}/turns", json=turn | {"llm_only": True}).status_code == 503
        assert client.get(f"/v1/conversations/{kept}").json()["turns"] == []
        assert client.post(f"/v1/conversations/{kept}/turns", json=turn).status_code == 200


@pytest.mark.parametrize("path", ASKED)
def test_a_desk_without_a_remote_model_says_so_to_who_wants_nothing_else(path: str, client: TestClient) -> None:
    refused = client.post(path, json=ASKED[path] | {"llm_only": True})
    assert (refused.status_code, refused.json()["code"]) == (503, "llm_unavailable")
    assert "CLAIMDESK_BACKEND=llm" in refused.json()["detail"]


def _refuse(status: int, code: str, exchange: Exchange) -> None:
    exchange.error(status, code, f"bad key {exchange.asked.headers['authorization']}")
