"""What one desk keeps does not exist for another: in any route, list, search, export, event or figure."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.desk import Desk
from service.domain.key import KeyScope
from service.domain.webhook import Event
from tests.web.conftest import MakeKey

SECRET = "Vandenberghe"
STORY = f"Talks\n\nJohanna {SECRET} has met Putin five times."
REVIEW = {
    "@type": "ClaimReview",
    "claimReviewed": f"Johanna {SECRET} has met Putin five times.",
    "url": "https://checks.example/1",
    "author": {"@type": "Organization", "name": "Checks"},
    "reviewRating": {"@type": "Rating", "alternateName": "True"},
}
SHARED_NAMES = {"model", "number"}
"""Parts of a path that name nothing of a desk's own; any other must be in `ids`, so that its route is tried."""
MCP = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
OPEN_TO_ALL = ("/fact-checks/{claim_id}", "/health/live", "/health/ready")


@pytest.fixture
def ids(client: TestClient, desk: Desk, key: MakeKey) -> dict[str, str]:
    """One of everything at the main desk, by the name that the routes' paths have for it."""

    def send(path: str, body: dict[str, Any]) -> dict[str, Any]:
        return dict(client.post(path, json=body).json())

    article = send("/v1/articles", {"text": STORY, "url": "https://news.example/talks"})["articles"][0]["id"]
    desk.books.webhooks.subscribe("https://hooks.example/x", list(Event), "local")
    feed = desk.books.feeds.watch(f"https://news.example/{SECRET}.xml", "local").id
    claim = send("/v1/claims", {"text": f"{SECRET} met Putin.", "article_id": article})["id"]
    for step in ({"step": "decide", "label": "refuted", "note": "No."}, {"step": "publish"}):
        send(f"/v1/claims/{claim}/steps", step)
    assert client.post("/v1/fact-checks", json=REVIEW, headers={"Content-Type": "application/ld+json"}).is_success
    job = send("/v1/check/batch", {"claims": [{"text": f"{SECRET} met Putin."}]})["id"]
    talk = send("/v1/conversations", {"title": SECRET})["id"]
    send(f"/v1/conversations/{talk}/turns", {"kind": "question", "said": f"Who is {SECRET}?"})
    key(KeyScope.ADMIN)
    return {
        "article_id": article,
        "claim_id": claim,
        "feed_id": feed,
        "job_id": job,
        "conversation_id": talk,
        "webhook_id": desk.books.webhooks.webhooks()[0].id,
        "delivery_id": desk.books.webhooks.deliveries()[0].id,
        "key_id": desk.books.keys.all_keys()[0].id,
    }


def routes(client: TestClient) -> Iterator[tuple[str, str]]:
    described: dict[str, dict[str, Any]] = client.app.openapi()["paths"]  # type: ignore[attr-defined]
    for path, methods in described.items():
        yield from ((method.upper(), path) for method in methods if path not in OPEN_TO_ALL)


LISTS = (
    "/v1/articles", "/v1/feeds", "/v1/claims", "/v1/fact-checks", "/v1/jobs", "/v1/conversations", "/v1/webhooks",
    "/v1/webhooks/deliveries", "/v1/audit",
)  # fmt: skip

BODIES: dict[str, dict[str, object]] = {
    "/v1/ask": {"question": f"How many times has {SECRET} met Putin?"},
    "/v1/check": {"claim": f"Johanna {SECRET} has met Putin five times."},
    "/v1/review": {"text": f"Johanna {SECRET} has met Putin seven times.", "archive": True},
    "/v1/fact-checks/match": {"claim": f"Johanna {SECRET} has met Putin five times."},
    "/v1/conversations/{conversation_id}": {"title": "Mine"},
    "/v1/conversations/{conversation_id}/turns": {"kind": "question", "said": "Who?"},
    "/v1/claims/{claim_id}/steps": {"step": "reopen", "reason": "Mine."},
}


def test_no_route_opens_changes_or_lists_what_another_desk_has(
    client: TestClient, ids: dict[str, str], key: MakeKey
) -> None:
    ours, theirs = key(KeyScope.ADMIN), key(KeyScope.ADMIN, desk_id="rival")
    before = kept(client, ours)
    for method, path in routes(client):
        names = re.findall(r"\{(\w+)\}", path)
        assert set(names) <= ids.keys() | SHARED_NAMES, f"{path}: put one of it into the fixture `ids`"
        place = path.format(**{**dict.fromkeys(names, "1"), **ids})
        done = client.request(method, place, json=BODIES.get(path), params={"q": SECRET}, headers=theirs)
        if any(name in ids for name in names):
            assert done.status_code == 404, (method, path, done.status_code, done.text)
        elif method == "GET":
            assert SECRET not in done.text, (path, done.text)
        told = done.text.replace(place, "")
        assert names or not [each for each in ids.values() if each in told], (method, path, done.text)
    assert kept(client, ours) == before


def kept(client: TestClient, headers: dict[str, str]) -> dict[str, Any]:
    """Every list of the main desk, the audit log too: it would tell of any change."""
    listed = [path for method, path in routes(client) if method == "GET" and "{" not in path and path in LISTS]
    assert set(listed) == set(LISTS)
    return {path: client.get(path, headers=headers).json() for path in listed}


@pytest.mark.parametrize("path", ["/v1/review", "/v1/review/report"])
def test_an_id_in_a_body_opens_no_more_than_one_in_a_path(
    client: TestClient, ids: dict[str, str], key: MakeKey, path: str
) -> None:
    theirs = key(KeyScope.ADMIN, desk_id="rival")
    done = client.post(path, json={"article_id": ids["article_id"]}, headers=theirs)
    assert (done.status_code, done.json()["code"]) == (404, "article_not_found")


def test_no_mcp_tool_or_resource_shows_what_another_desk_has(
    client: TestClient, ids: dict[str, str], key: MakeKey
) -> None:
    """Each tool, and each way to name an article to it; a new tool must be given arguments here."""
    ours, theirs = key(KeyScope.ADMIN), key(KeyScope.ADMIN, desk_id="rival")

    def call(method: str, params: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
        message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        return dict(client.post("/mcp", json=message, headers={**headers, **MCP}).json())

    tools = {
        tool["name"]: tool["inputSchema"]["properties"] for tool in call("tools/list", {}, ours)["result"]["tools"]
    }
    said = {
        "ask": {"question": f"How many times has {SECRET} met Putin?"},
        "check_claim": {"claim": f"Johanna {SECRET} has met Putin five times."},
        "search_sentences": {"query": SECRET},
        "review_article": {"article_id": ids["article_id"]},
        "get_article": {"article_id": ids["article_id"]},
    }
    assert tools.keys() == said.keys()
    for name, arguments in said.items():
        shown, hidden = (
            call("tools/call", {"name": name, "arguments": arguments}, headers)["result"] for headers in (ours, theirs)
        )
        assert ids["article_id"] in str(shown), name
        assert ids["article_id"] not in str(hidden).replace(f"{ids['article_id']!r}", ""), (name, hidden)
        assert hidden["isError"] == ("article_id" in tools[name]), (name, hidden)
    assert ids["article_id"] in str(call("resources/list", {}, ours))
    assert call("resources/list", {}, theirs)["result"]["resources"] == []
    address = {"uri": f"claimdesk://articles/{ids['article_id']}"}
    assert SECRET in str(call("resources/read", address, ours)["result"])
    assert "result" not in call("resources/read", address, theirs)


def test_no_verb_rests_on_what_another_desk_has(client: TestClient, ids: dict[str, str], key: MakeKey) -> None:
    theirs = key(KeyScope.ADMIN, desk_id="rival")

    def send(path: str) -> dict[str, Any]:
        return dict(client.post(path, json=BODIES[path], headers=theirs).json())

    assert send("/v1/ask")["abstained"]
    assert send("/v1/check")["label"] == "not_enough_evidence"
    assert send("/v1/fact-checks/match")["matches"] == []
    assert send("/v1/review")["reports"] == [] or send("/v1/review")["reports"][0]["citations"] == []
    chat = {"model": "claimdesk", "messages": [{"role": "user", "content": f"How often has {SECRET} met Putin?"}]}
    assert client.post("/v1/chat/completions", json=chat, headers=theirs).json()["choices"][0]["message"][
        "annotations"
    ] == []  # fmt: skip


def test_an_idempotency_key_of_one_desk_gives_nothing_to_another(client: TestClient, key: MakeKey) -> None:
    ours, theirs = key(KeyScope.ADMIN), key(KeyScope.ADMIN, desk_id="rival")
    body = {"text": f"{SECRET} met Putin."}
    first, second = (
        client.post("/v1/claims", json=body, headers={**headers, "Idempotency-Key": "one"})
        for headers in (ours, theirs)
    )
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] != second.json()["id"]


def test_the_figures_of_the_whole_server_are_the_main_desk_s(client: TestClient, key: MakeKey) -> None:
    ours, theirs = key(KeyScope.READ), key(KeyScope.ADMIN, desk_id="rival")
    assert client.get("/v1/articles", headers=theirs).status_code == 200
    assert 'claimdesk_queue_depth{desk="rival"}' in client.get("/metrics", headers=ours).text
    done = client.get("/metrics", headers=theirs)
    assert (done.status_code, done.json()["code"]) == (403, "scope_missing")


def test_what_any_desk_publishes_has_its_address(client: TestClient, key: MakeKey) -> None:
    theirs = key(KeyScope.ADMIN, desk_id="rival")
    claim = client.post("/v1/claims", json={"text": "Abe met Putin."}, headers=theirs).json()["id"]
    assert client.get(f"/fact-checks/{claim}").status_code == 404
    for step in ({"step": "decide", "label": "refuted", "note": "No."}, {"step": "publish"}):
        client.post(f"/v1/claims/{claim}/steps", json=step, headers=theirs)
    done = client.get(f"/fact-checks/{claim}")
    assert (done.status_code, done.json()["claimReviewed"]) == (200, "Abe met Putin.")


def test_every_route_but_the_open_ones_needs_a_key_and_its_scope(client: TestClient, key: MakeKey) -> None:
    """A key that may only take articles in reads nothing, checks nothing, decides nothing and makes no key."""
    ingester = key(KeyScope.INGEST)
    for method, path in routes(client):
        place = re.sub(r"\{\w+\}", "x", path)
        assert client.request(method, place).status_code == 401, (method, path)
        done = client.request(method, place, headers=ingester, json=BODIES.get(path, {}))
        assert done.status_code != 200 or path == "/v1/articles", (method, path, done.text)
        if not (
            path.startswith(("/v1/articles", "/v1/fact-checks", "/v1/feeds", "/v1/jobs/ingest"))
            and method in ("POST", "DELETE")
        ):
            assert done.status_code in (403, 422), (method, path, done.status_code)
