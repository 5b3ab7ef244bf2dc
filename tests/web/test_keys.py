"""A request is its caller's: who has no key, the wrong scope or another desk gets nothing of this one."""

import pytest
from fastapi.testclient import TestClient

from service.desk import Desk
from service.domain.key import KeyScope
from tests.web.conftest import STORY, MakeKey

READ, CHECK, INGEST, ADMIN = KeyScope.READ, KeyScope.CHECK, KeyScope.INGEST, KeyScope.ADMIN


def test_without_any_key_set_up_the_local_user_needs_none(client: TestClient) -> None:
    assert client.get("/v1/articles").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},  # a name that was pointed at this machine: DNS rebinding
        {"Host": ""},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://localhost:1234"},
    ],
)
def test_a_page_of_another_site_is_not_the_local_user(client: TestClient, headers: dict[str, str]) -> None:
    done = client.post("/v1/articles", files={"file": ("a.txt", STORY)}, headers=headers)
    assert (done.status_code, done.json()["code"]) == (403, "foreign_origin")


@pytest.mark.parametrize("headers", [{"Host": "127.0.0.1:8765"}, {"Host": "[::1]"}, {"Origin": "http://localhost"}])
def test_this_machine_s_own_pages_are(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/v1/articles", headers=headers).status_code == 200


class TestWithKeys:
    def test_from_the_first_key_on_every_request_needs_one(self, client: TestClient, key: MakeKey) -> None:
        key(READ)
        done = client.get("/v1/articles")
        assert (done.status_code, done.json()["code"]) == (401, "key_required")
        assert done.headers["www-authenticate"].startswith("Bearer")
        assert client.get("/health/live").status_code == 200

    @pytest.mark.parametrize(
        "headers",
        [
            {"Authorization": "Bearer cdk_wrong"},
            {"X-API-Key": "cdk_wrong"},
            {"Authorization": "Bearer " + "x" * 5_000},
        ],
    )
    def test_a_wrong_key_is_told(self, client: TestClient, key: MakeKey, headers: dict[str, str]) -> None:
        key(READ)
        done = client.get("/v1/articles", headers=headers)
        assert (done.status_code, done.json()["code"]) == (401, "unknown_key")

    @pytest.mark.parametrize("header", ["Authorization", "X-API-Key"])
    def test_a_key_is_taken_from_either_field(self, client: TestClient, key: MakeKey, header: str) -> None:
        secret = key(READ)["Authorization"]
        value = secret if header == "Authorization" else secret.removeprefix("Bearer ")
        assert client.get("/v1/articles", headers={header: value}).status_code == 200

    def test_a_revoked_key_opens_nothing_from_the_next_request_on(
        self, client: TestClient, key: MakeKey, desk: Desk
    ) -> None:
        headers, _ = key(READ), key(ADMIN)
        assert client.get("/v1/articles", headers=headers).status_code == 200
        desk.books.keys.revoke(desk.books.keys.all_keys()[1].id)
        assert client.get("/v1/articles", headers=headers).status_code == 401

    @pytest.mark.parametrize(
        ("scope", "method", "path", "status"),
        [
            (READ, "GET", "/v1/articles", 200),
            (READ, "POST", "/v1/check", 403),
            (READ, "DELETE", "/v1/articles/x", 403),
            (CHECK, "GET", "/v1/articles", 403),
            (CHECK, "POST", "/v1/check", 200),
            (INGEST, "DELETE", "/v1/articles/x", 404),
            (ADMIN, "DELETE", "/v1/articles/x", 404),
            (ADMIN, "GET", "/v1/articles", 200),
        ],
    )
    def test_a_key_does_what_its_scopes_say(
        self, client: TestClient, key: MakeKey, scope: KeyScope, method: str, path: str, status: int
    ) -> None:
        body = {"claim": "Abe met Putin."} if method == "POST" else None
        assert client.request(method, path, json=body, headers=key(scope)).status_code == status


class TestTenants:
    def test_another_desk_s_article_does_not_exist(self, client: TestClient, story_id: str, key: MakeKey) -> None:
        """In every route that could show it: by id, in lists, in search, in answers and as evidence."""
        ours, theirs = key(ADMIN), key(ADMIN, desk_id="rival")
        assert client.get(f"/v1/articles/{story_id}", headers=ours).status_code == 200
        for path in ("", "/text", "/versions", "/sentences"):
            assert client.get(f"/v1/articles/{story_id}{path}", headers=theirs).status_code == 404
        assert client.delete(f"/v1/articles/{story_id}", headers=theirs).status_code == 404
        assert client.get("/v1/articles", headers=theirs).json()["articles"] == []
        assert client.get("/v1/search", params={"q": "Kishida"}, headers=theirs).json()["passages"] == []
        assert client.post("/v1/review", json={"article_id": story_id}, headers=theirs).status_code == 404
        claim = {"claim": "Kishida has met Putin five times."}
        assert client.post("/v1/check", json=claim, headers=theirs).json()["citations"] == []
        assert client.post("/v1/check", json=claim, headers=ours).json()["citations"] != []

    def test_what_one_desk_takes_in_is_its_own(self, client: TestClient, key: MakeKey) -> None:
        ours, theirs = key(ADMIN), key(ADMIN, desk_id="rival")
        client.post("/v1/articles", json={"text": STORY}, headers=theirs)
        assert client.get("/v1/articles", headers=ours).json()["articles"] == []
        assert len(client.get("/v1/articles", headers=theirs).json()["articles"]) == 1


class TestRates:
    def test_a_key_s_minute_runs_out_and_says_when_to_come_again(self, client: TestClient, key: MakeKey) -> None:
        headers, other = key(READ, rate=2), key(READ, rate=2)
        first = client.get("/v1/articles", headers=headers)
        assert (first.headers["ratelimit-limit"], first.headers["ratelimit-remaining"]) == ("2", "1")
        client.get("/v1/articles", headers=headers)
        third = client.get("/v1/articles", headers=headers)
        assert (third.status_code, third.json()["code"]) == (429, "rate_limited")
        assert 0 < int(third.headers["retry-after"]) <= 60
        assert client.get("/v1/articles", headers=other).status_code == 200
