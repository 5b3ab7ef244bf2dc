"""Keys, the audit log and webhooks are an administrator's, and each desk's own."""

from fastapi.testclient import TestClient

from service.domain.key import KeyScope
from tests.web.conftest import MakeKey


def test_a_key_s_secret_is_shown_once_and_works(client: TestClient) -> None:
    made = client.post("/v1/keys", json={"name": "desk", "scopes": ["admin"]}).json()
    headers = {"Authorization": f"Bearer {made['secret']}"}
    listed = client.get("/v1/keys", headers=headers)
    assert [each["name"] for each in listed.json()["keys"]] == ["desk"]
    assert made["secret"] not in listed.text


def test_a_desk_s_administrator_sees_and_revokes_only_its_keys(client: TestClient, key: MakeKey) -> None:
    ours, theirs = key(KeyScope.ADMIN), key(KeyScope.ADMIN, desk_id="rival")
    made = client.post("/v1/keys", json={"name": "x", "scopes": ["read"]}, headers=theirs).json()
    assert made["key"]["desk"] == "rival"
    assert made["key"]["id"] not in client.get("/v1/keys", headers=ours).text
    assert client.delete(f"/v1/keys/{made['key']['id']}", headers=ours).status_code == 404
    assert client.delete(f"/v1/keys/{made['key']['id']}", headers=theirs).json()["revoked"]
    assert client.get("/v1/articles", headers={"X-API-Key": made["secret"]}).status_code == 401


def test_the_audit_log_is_listed_and_proves_itself(client: TestClient, story_id: str) -> None:
    client.delete(f"/v1/articles/{story_id}")
    first = client.get("/v1/audit", params={"limit": 1}).json()
    rest = client.get("/v1/audit", params={"cursor": first["next"]}).json()
    assert [each["action"] for each in first["entries"] + rest["entries"]] == ["article.withdrawn", "article.stored"]
    proof = client.get("/v1/audit/verify").json()
    assert (proof["whole"], proof["head"]["action"]) == (True, "article.withdrawn")
    cut = client.get("/v1/audit/verify", params={"known_seq": 3, "known_hash": "0" * 64}).json()
    assert (cut["whole"], cut["faults"][0]["fault"]) == (False, "cut")


def test_a_webhook_is_subscribed_listed_and_ended(client: TestClient) -> None:
    body = {"url": "https://hooks.example/claims", "events": ["claim.published"]}
    made = client.post("/v1/webhooks", json=body)
    assert made.status_code == 201
    assert made.json()["secret"].startswith("whsec_")
    listed = client.get("/v1/webhooks")
    assert [each["url"] for each in listed.json()["webhooks"]] == [body["url"]]
    assert made.json()["secret"] not in listed.text
    assert client.delete(f"/v1/webhooks/{made.json()['webhook']['id']}").status_code == 204
    assert client.delete(f"/v1/webhooks/{made.json()['webhook']['id']}").status_code == 404
    assert client.get("/v1/webhooks/deliveries").json() == {"deliveries": [], "next": None}
    assert client.post("/v1/webhooks/deliveries/nobody/replay").status_code == 404
