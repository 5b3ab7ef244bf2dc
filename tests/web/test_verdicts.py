"""Questions, claims, searches and reviews over HTTP give what the desk gives."""

from importlib.resources import files

import pytest
from fastapi.testclient import TestClient

from service.domain.report import Answer, Report
from tests.web.conftest import STORY


def test_an_answer_cites_a_stored_sentence(client: TestClient, story_id: str) -> None:
    answer = Answer.model_validate(
        client.post("/v1/ask", json={"question": "How many times has Kishida met Putin?"}).json()
    )
    assert answer.citations[0].quote == "Kishida has met Putin five times."
    assert answer.citations[0].article_id == story_id


def test_a_wrong_number_is_refuted_and_corrected(client: TestClient, story_id: str) -> None:
    report = Report.model_validate(
        client.post("/v1/check", json={"claim": "Kishida has met Putin seven times."}).json()
    )
    assert (report.label, report.corrected_claim) == ("refuted", "Kishida has met Putin five times.")


def test_what_was_published_later_does_not_count(client: TestClient, story_id: str) -> None:
    body = {"claim": "The talks lasted three hours.", "as_of": "2023-03-20"}
    assert client.post("/v1/check", json=body).json()["label"] == "not_enough_evidence"


def test_an_article_is_not_its_own_witness(client: TestClient, story_id: str) -> None:
    for without in ({"without_article": story_id}, {"without_articles": [story_id]}):
        body = {"claim": "The talks lasted three hours.", **without}
        assert client.post("/v1/check", json=body).json()["label"] == "not_enough_evidence"


def test_a_review_names_the_stored_copies_of_its_article(client: TestClient, story_id: str) -> None:
    review = client.post("/v1/review", json={"text": STORY.replace("three hours", "four hours")}).json()
    assert set(review["own"]) == {review["article_id"], story_id}


def test_search_finds_sentences_with_their_place(client: TestClient, story_id: str) -> None:
    (best, *_) = client.get("/v1/search", params={"q": "talks hours"}).json()["passages"]
    assert (best["text"], best["article_id"]) == ("The talks lasted three hours.", story_id)


def test_a_stored_article_and_a_pasted_one_are_reviewed_alike(client: TestClient, story_id: str) -> None:
    wrong = (files("service") / "sample" / "voa-japan-russia-ukraine.txt").read_text()
    pasted = client.post("/v1/review", json={"text": wrong}).json()
    stored = client.post("/v1/articles", json={"text": wrong}).json()["articles"][0]["id"]
    again = client.post("/v1/review", json={"article_id": stored}).json()
    assert [each["code"] for each in pasted["findings"]] == [each["code"] for each in again["findings"]] != []
    (passage, *_) = pasted["findings"][0]["passages"]
    assert pasted["article"]["text"][passage["start"] : passage["end"]] in passage["quote"]


def test_a_review_stores_nothing(client: TestClient) -> None:
    assert client.post("/v1/review", json={"text": STORY}).status_code == 200
    assert client.get("/v1/articles").json()["articles"] == []


def test_a_path_on_the_server_is_no_article(client: TestClient) -> None:
    """`claimdesk review` takes paths; a caller over HTTP must not read the server's files."""
    done = client.post("/v1/review", json={"article_id": "/etc/hostname"})
    assert (done.status_code, done.json()["code"]) == (404, "article_not_found")


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/v1/ask", {"question": "  "}, "empty_text"),
        ("/v1/ask", {"question": "a" * 2_001}, "invalid_request"),
        ("/v1/ask", {"question": "Who?", "as_of": "March"}, "invalid_request"),
        ("/v1/check", {"claim": "\n"}, "empty_text"),
        ("/v1/check", {}, "invalid_request"),
        ("/v1/review", {}, "invalid_request"),
        ("/v1/review", {"version": 1}, "invalid_request"),
        ("/v1/review", {"article_id": "a", "text": "b"}, "invalid_request"),
    ],
)
def test_bad_input_is_a_problem_with_a_code(client: TestClient, path: str, body: dict[str, str], code: str) -> None:
    done = client.post(path, json=body)
    assert (done.status_code, done.json()["code"]) == (422, code)
