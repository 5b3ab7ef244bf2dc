"""The API on the llm backend: wrong settings are 502 and not ready, a broken model is a degraded answer."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from eval.endpoint import Behaviour, Exchange, serve
from eval.fake_models import sensible
from service.desks import Desks
from service.domain.key import KeyScope
from service.record.books import open_books
from service.settings import Settings
from service.web.app import create_app
from tests.desks import make_llm_desk
from tests.fakes import HashEmbedder
from tests.ledgers import today
from tests.web.conftest import STORY

KEY = "sk-0123456789-secret"
QUESTION = {"question": "How many times has Kishida met Putin?"}


@contextmanager
def client_of(behaviour: Behaviour, folder: Path, **further: object) -> Iterator[TestClient]:
    with serve(behaviour) as server:
        settings = Settings(
            data_dir=folder, threads=1, backend="llm", llm_model="fake", openai_base_url=server.url,
            openai_api_key=SecretStr(KEY), workers=0, _env_file=None, **further,  # type: ignore[arg-type]
        )  # fmt: skip
        desks = Desks(settings, lambda _: make_llm_desk(settings))
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
    assert (refused.status_code, refused.json()["code"]) == (422, "no_remote_model")
    assert "CLAIMDESK_BACKEND=llm" in refused.json()["detail"]


def embed_or_answer(exchange: Exchange) -> None:
    """A sensible model that embeds as well, at three tokens a text."""
    if not exchange.asked.path.endswith("/embeddings"):
        sensible(exchange)
        return
    texts = exchange.asked.body["input"]
    rows = [
        {"object": "embedding", "index": n, "embedding": row.tolist()}
        for n, row in enumerate(HashEmbedder().embed(texts))
    ]
    used = {"prompt_tokens": 3 * len(texts), "total_tokens": 3 * len(texts)}
    exchange.reply(200, json.dumps({"object": "list", "model": "e", "data": rows, "usage": used}).encode())


def _figures(client: TestClient, folder: Path) -> list[str]:
    """The lines of /metrics, by a key of the record in the folder."""
    books = open_books(f"sqlite:///{folder / 'record.sqlite3'}")
    secret = books.keys.create("prometheus", [KeyScope.READ]).secret
    books.record.close()
    return client.get("/metrics", headers={"Authorization": f"Bearer {secret}"}).text.splitlines()


def test_embeddings_of_a_remote_model_are_on_the_bill_of_the_result_the_key_and_the_day(tmp_path: Path) -> None:
    prices = {"fake": {"input": 1.0, "output": 1.0}, "e": {"input": 2.0, "output": 0.0}}
    with client_of(embed_or_answer, tmp_path, llm_embedding_model="e", llm_prices=prices) as client:
        made = client.post("/v1/keys", json={"name": "desk", "scopes": ["check"], "daily_budget_microusd": 1_000_000})
        headers = {"Authorization": f"Bearer {made.json()['secret']}"}
        usage = client.post("/v1/ask", json=QUESTION, headers=headers).json()["usage"]
        assert (usage["model"], usage["calls"]) == ("fake, e", 2)
        embedded, answered = 3, usage["input_tokens"] - 3 + usage["output_tokens"]
        assert usage["cost_usd"] == pytest.approx((2 * embedded + answered) / 1e6)
        # Whoever takes an article in pays for it too, so the server's figure is more than the answer's.
        (shown,) = [line for line in _figures(client, tmp_path) if line.startswith("claimdesk_cost_today_usd{")]
        assert float(shown.split()[-1]) > usage["cost_usd"]
        books = open_books(f"sqlite:///{tmp_path / 'record.sqlite3'}")
        lines = {(line.key_id == "local", line.task): line for line in books.costs.lines(today(), today())}
        books.record.close()
        assert lines[True, "embed"].tokens_in > 3  # the article was taken in by the local user
        assert (lines[False, "embed"].tokens_in, lines[False, "embed"].microusd) == (3, 6)
        assert lines[False, "answer"].microusd == answered


def test_a_search_without_its_embedding_goes_by_words_and_says_so_unless_the_model_alone_is_wanted(
    tmp_path: Path,
) -> None:
    prices = {"fake": {"input": 1.0, "output": 1.0}, "e": {"input": 2.0, "output": 0.0}}
    with client_of(embed_or_answer, tmp_path, llm_embedding_model="e", llm_prices=prices) as client:
        made = client.post("/v1/keys", json={"name": "poor", "scopes": ["check"], "daily_budget_microusd": 5})
        headers = {"Authorization": f"Bearer {made.json()['secret']}"}
        answer = client.post("/v1/ask", json=QUESTION, headers=headers).json()
        assert "five times" in answer["answer"]
        assert answer["degraded"]
        assert "Only words were searched" in answer["problems"][0]["message"]
        refused = client.post("/v1/ask", json=QUESTION | {"llm_only": True}, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (429, "budget_exceeded")


def test_a_key_whose_money_is_spent_is_answered_by_the_local_models_and_told(tmp_path: Path) -> None:
    prices = {"fake": {"input": 1.0, "output": 1.0}}
    with client_of(sensible, tmp_path, llm_prices=prices) as client:
        made = client.post("/v1/keys", json={"name": "poor", "scopes": ["check"], "daily_budget_microusd": 0})
        headers = {"Authorization": f"Bearer {made.json()['secret']}"}
        answer = client.post("/v1/ask", json=QUESTION, headers=headers).json()
        assert (answer["degraded"], answer["problems"][0]["code"]) == (True, "budget_exceeded")
        refused = client.post("/v1/ask", json=QUESTION | {"llm_only": True}, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (429, "budget_exceeded")


def test_an_account_without_quota_is_a_figure_to_be_alerted_by(tmp_path: Path) -> None:
    with client_of(partial(_refuse, 402, "insufficient_quota"), tmp_path) as client:
        assert 'claimdesk_model_failing{desk="main"} 0.0' in client.get("/metrics").text
        assert client.post("/v1/ask", json=QUESTION).json()["problems"][0]["code"] == "llm_unavailable"
        assert 'claimdesk_model_failing{desk="main"} 1.0' in client.get("/metrics").text


def _refuse(status: int, code: str, exchange: Exchange) -> None:
    exchange.error(status, code, f"bad key {exchange.asked.headers['authorization']}")
