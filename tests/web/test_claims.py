"""A claim goes from the queue to a published verdict over HTTP, and every step of it can be proved."""

import pytest
from fastapi.testclient import TestClient

from service.domain.key import KeyScope
from tests.web.conftest import MakeKey

CLAIM = {"text": "Kishida has met Putin seven times.", "claimant": "A guest", "source_url": "https://talk.example/1"}


@pytest.fixture
def claim_id(client: TestClient, story_id: str) -> str:
    done = client.post("/v1/claims", json=CLAIM)
    assert (done.status_code, done.json()["state"], done.json()["origin"]) == (201, "queued", "api")
    return str(done.json()["id"])


def step(client: TestClient, claim_id: str, **body: object) -> dict[str, object]:
    done = client.post(f"/v1/claims/{claim_id}/steps", json=body)
    return {"status": done.status_code, **done.json()}


def test_a_claim_is_checked_decided_and_published(client: TestClient, claim_id: str) -> None:
    assert step(client, claim_id, step="assign", to="ana")["state"] == "assigned"
    checked = client.post(f"/v1/claims/{claim_id}/check").json()
    assert (checked["state"], checked["machine_label"]) == ("checked", "refuted")
    decided = step(client, claim_id, step="decide", label="conflicting_evidence", note="Two counts exist.")
    assert (decided["state"], decided["machine_label"]) == ("decided", "refuted")  # a person's word replaces nothing
    assert step(client, claim_id, step="publish")["state"] == "published"
    file = client.get(f"/v1/claims/{claim_id}").json()
    assert file["steps"] == ["reopen", "note"]
    assert file["verdicts"][0]["report"]["corrected_claim"] == "Kishida has met Putin five times."
    assert file["decisions"][0]["note"] == "Two counts exist."
    assert len(file["history"]) == 5
    assert client.get("/v1/audit/verify").json()["whole"] is True


def test_a_step_out_of_turn_is_a_conflict_that_says_what_is_possible(client: TestClient, claim_id: str) -> None:
    done = step(client, claim_id, step="publish")
    assert (done["status"], done["code"]) == (409, "wrong_step")
    assert "assign" in str(done["detail"])


def test_nobody_can_write_the_machine_s_report(client: TestClient, claim_id: str) -> None:
    assert step(client, claim_id, step="check", report={})["status"] == 422


def test_the_queue_is_listed_in_pages_and_by_state(client: TestClient, claim_id: str) -> None:
    second = client.post("/v1/claims", json=CLAIM).json()["id"]
    step(client, claim_id, step="dismiss", reason="A joke.")
    first = client.get("/v1/claims", params={"limit": 1}).json()
    rest = client.get("/v1/claims", params={"limit": 1, "cursor": first["next"]}).json()
    assert [each["id"] for each in first["claims"] + rest["claims"]] == [second, claim_id]
    assert rest["next"] is None
    queued = client.get("/v1/claims", params={"state": "queued"}).json()["claims"]
    assert [each["id"] for each in queued] == [second]


def test_an_unknown_claim_is_not_found(client: TestClient) -> None:
    assert client.get("/v1/claims/nobody").json()["code"] == "claim_not_found"
    assert client.post("/v1/claims/nobody/check").status_code == 404
    assert step(client, "nobody", step="publish")["status"] == 404


def test_working_on_claims_is_a_scope_of_its_own(client: TestClient, claim_id: str, key: MakeKey) -> None:
    reader, reviewer, rival = key(KeyScope.READ), key(KeyScope.REVIEW), key(KeyScope.ADMIN, desk_id="rival")
    path, body = f"/v1/claims/{claim_id}/steps", {"step": "assign", "to": "ana"}
    assert client.post(path, json=body, headers=reader).status_code == 403
    assert client.post(path, json=body, headers=reviewer).status_code == 200
    assert client.post(path, json=body, headers=rival).status_code == 404
    assert client.get("/v1/claims", headers=rival).json()["claims"] == []
