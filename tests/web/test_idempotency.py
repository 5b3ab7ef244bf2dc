"""The same POST with the same Idempotency-Key is done once, and answered the same."""

import pytest
from fastapi.testclient import TestClient

from service.desk import Desk
from service.domain.key import KeyScope
from service.errors import RecordLocked
from service.web.app import ROUTERS
from service.web.routing import Route
from tests.web.conftest import STORY, MakeKey

KEY = {"Idempotency-Key": "7f3c"}


def test_the_same_request_is_answered_the_same_and_done_once(client: TestClient) -> None:
    first = client.post("/v1/articles", json={"text": STORY}, headers=KEY)
    again = client.post("/v1/articles", json={"text": STORY}, headers=KEY)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["content-type"] == first.headers["content-type"]
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json()["articles"][0]["status"] == "added"  # done anew, it would be "unchanged"


def test_a_form_is_the_same_though_its_boundary_is_another(client: TestClient) -> None:
    first = client.post("/v1/articles", files={"file": ("a.txt", STORY)}, headers=KEY)
    again = client.post("/v1/articles", files={"file": ("a.txt", STORY)}, headers=KEY)
    assert again.content == first.content


def test_another_body_or_path_under_the_same_key_is_refused(client: TestClient) -> None:
    client.post("/v1/check", json={"claim": "Abe met Putin."}, headers=KEY)
    for path, body in (("/v1/check", {"claim": "Abe met Obama."}), ("/v1/ask", {"claim": "Abe met Putin."})):
        done = client.post(path, json=body, headers=KEY)
        assert (done.status_code, done.json()["code"]) == (422, "request_mismatch")


def test_a_key_belongs_to_its_caller(client: TestClient, key: MakeKey) -> None:
    for headers in (key(KeyScope.CHECK), key(KeyScope.CHECK)):
        done = client.post("/v1/check", json={"claim": "Abe met Putin."}, headers={**KEY, **headers})
        assert "idempotency-replayed" not in done.headers


def test_a_request_that_failed_may_be_sent_again(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise RecordLocked("Another process has held the record for too long.")

    with monkeypatch.context() as patched:
        patched.setattr(desk.record, "add", locked)
        assert client.post("/v1/articles", json={"text": STORY}, headers=KEY).status_code == 503
    assert client.post("/v1/articles", json={"text": STORY}, headers=KEY).status_code == 201


@pytest.mark.parametrize("value", ["", "x" * 256])
def test_a_key_that_is_none_is_a_problem(client: TestClient, value: str) -> None:
    done = client.post("/v1/check", json={"claim": "Abe met Putin."}, headers={"Idempotency-Key": value})
    assert (done.status_code, done.json()["code"]) == (422, "bad_idempotency_key")


def test_a_secret_is_kept_nowhere_and_not_shown_again(client: TestClient, desk: Desk) -> None:
    body = {"url": "https://hooks.example/claims", "events": ["claim.published"]}
    secret = client.post("/v1/webhooks", json=body, headers=KEY).json()["secret"]
    again = client.post("/v1/webhooks", json=body, headers=KEY)
    assert (again.status_code, again.json()["code"]) == (409, "secret_shown_once")
    assert secret not in again.text
    assert len(client.get("/v1/webhooks").json()["webhooks"]) == 1


def test_a_stream_is_not_kept(client: TestClient) -> None:
    headers = {**KEY, "Accept": "text/event-stream"}
    for _ in range(2):
        done = client.post("/v1/check", json={"claim": "Abe met Putin."}, headers=headers)
        assert "event: result" in done.text


def test_every_post_says_so_in_its_description(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]
    for path, operation in ((path, methods["post"]) for path, methods in described.items() if "post" in methods):
        named = [each["name"] for each in operation.get("parameters", []) if each["in"] == "header"]
        assert (named, "409" in operation["responses"]) == (["Idempotency-Key"], True), path


def test_every_route_that_takes_a_post_keeps_its_answer() -> None:
    posts = [route for router in ROUTERS for route in router.routes if "POST" in getattr(route, "methods", ())]
    assert len(posts) > 20
    assert [route for route in posts if not isinstance(route, Route)] == []
