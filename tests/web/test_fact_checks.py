"""Earlier fact-checks are taken in and matched; what the desk published has an address that anyone can open."""

import json
from collections.abc import Mapping

import pytest
from fastapi.testclient import TestClient

from service.domain.key import KeyScope
from tests.web.conftest import MakeKey

REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checks.example/1",
    "claimReviewed": "Kishida has met Putin five times.",
    "reviewRating": {"@type": "Rating", "alternateName": "True"},
}
LD = {"Content-Type": "application/ld+json"}


def take_in(client: TestClient, *reviews: Mapping[str, object]) -> dict[str, object]:
    done = client.post("/v1/fact-checks", content=json.dumps(reviews), headers=LD)
    assert done.status_code == 200, done.text
    result: dict[str, object] = done.json()
    return result


def test_a_review_is_taken_in_once_and_what_cannot_be_used_is_told(client: TestClient) -> None:
    first = take_in(client, REVIEW, {"@type": "ClaimReview", "url": "https://checks.example/2"})
    assert (first["added"], first["known"], len(first["failed"])) == (1, 0, 1)  # type: ignore[arg-type]
    again = client.post("/v1/fact-checks", files={"file": ("reviews.json", json.dumps(REVIEW))}).json()
    assert (again["added"], again["known"]) == (0, 1)
    assert [each["rating"] for each in client.get("/v1/fact-checks").json()["fact_checks"]] == ["True"]


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        ("{", LD, 422, "unreadable_file"),
        ("{}", LD, 422, "unreadable_file"),
        ("[" * 5_000, LD, 422, "unreadable_file"),
        ('{"url": "http://127.0.0.1:80/"}', {"Content-Type": "application/json"}, 422, "fetch_refused"),
        ("x", {"Content-Type": "text/plain"}, 415, "unsupported_type"),
    ],
)
def test_what_holds_no_review_is_a_problem(
    client: TestClient, body: str, headers: dict[str, str], status: int, code: str
) -> None:
    done = client.post("/v1/fact-checks", content=body, headers=headers)
    assert (done.status_code, done.json()["code"]) == (status, code)


def test_only_the_same_claim_is_confirmed(client: TestClient) -> None:
    take_in(client, REVIEW)
    tiers = {}
    for count in ("five", "seven"):
        body = {"claim": f"Kishida has met Putin {count} times."}
        tiers[count] = [each["tier"] for each in client.post("/v1/fact-checks/match", json=body).json()["matches"]]
    assert tiers == {"five": ["confirmed"], "seven": ["suggested"]}


@pytest.fixture
def published(client: TestClient) -> str:
    claim_id = client.post("/v1/claims", json={"text": "=Abe met Putin </script> seven times."}).json()["id"]
    for step in ({"step": "decide", "label": "refuted", "note": "It was five."}, {"step": "publish"}):
        assert client.post(f"/v1/claims/{claim_id}/steps", json=step).status_code == 200
    return str(claim_id)


def test_a_published_verdict_can_be_opened_without_a_key(client: TestClient, published: str, key: MakeKey) -> None:
    headers = key(KeyScope.READ)
    done = client.get(f"/fact-checks/{published}")
    assert done.headers["content-type"] == "application/ld+json"
    assert (done.json()["@type"], done.json()["reviewRating"]["alternateName"]) == ("ClaimReview", "Refuted")
    assert "</script>" not in done.text
    assert client.get(f"/v1/claims/{published}/claimreview", headers=headers).json() == done.json()


def test_what_is_not_published_is_open_to_nobody(client: TestClient) -> None:
    claim_id = client.post("/v1/claims", json={"text": "Abe met Putin."}).json()["id"]
    assert client.get(f"/fact-checks/{claim_id}").status_code == 404
    assert client.get("/fact-checks/nobody").status_code == 404
    assert client.get(f"/v1/claims/{claim_id}/claimreview").status_code == 409


def test_the_queue_is_exported_as_a_sheet_without_formulas(client: TestClient, published: str) -> None:
    done = client.get("/v1/claims/export", params={"state": "published"})
    assert done.headers["content-type"].startswith("text/csv")
    lines = done.text.splitlines()
    assert len(lines) == 2
    assert "\"'=Abe met" in lines[1]
