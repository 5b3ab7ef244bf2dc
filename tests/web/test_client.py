"""The typed client gives what the desk gives, raises what it refuses, and sends nothing twice."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient

from service.client import ApiError, Claimdesk
from service.domain.event import Event, PartEvent, StageEvent
from service.review.options import ReviewOptions, Spelling
from tests.web.conftest import STORY
from tests.web.test_jobs import working

__all__ = ["working"]  # a fixture


class Loopback(httpx2.BaseTransport):
    """The application in memory, for a client that wants a transport. It remembers what was sent."""

    def __init__(self, app: TestClient) -> None:
        self._app = app
        self.sent: list[httpx2.Request] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.sent.append(request)
        headers = {name: value for name, value in request.headers.items() if name != "host"}
        done = self._app.request(request.method, str(request.url), content=request.read(), headers=headers)
        return httpx2.Response(done.status_code, headers=done.headers, content=done.content)


@pytest.fixture
def desk_client(client: TestClient) -> Iterator[Claimdesk]:
    with Claimdesk("http://localhost", transport=Loopback(client)) as opened:
        yield opened


def test_files_come_in_are_asked_checked_reviewed_and_withdrawn(desk_client: Claimdesk, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (article,) = desk_client.ingest(tmp_path / "story.txt").articles
    assert desk_client.article(article.id).text.startswith("Ministers meet")
    assert desk_client.ask("How many times has Kishida met Putin?").citations[0].article_id == article.id
    assert desk_client.check("Kishida has met Putin seven times.").label == "refuted"
    assert desk_client.check("The talks lasted three hours.", without_article=article.id).abstained
    assert desk_client.review(article_id=article.id).article_id == article.id
    assert desk_client.review(text=STORY).findings == ()
    desk_client.withdraw(article.id)
    assert list(desk_client.articles()) == []


def test_a_review_follows_options(desk_client: Claimdesk) -> None:
    options = ReviewOptions(style=(Spelling(write="three", instead_of=("five",)),))
    assert [finding.code for finding in desk_client.review(text=STORY, options=options).findings] == ["STY001"]


def test_every_page_of_a_list_is_followed(desk_client: Claimdesk) -> None:
    for number in range(60):
        desk_client.ingest_text(f"Story {number} opened.", url=f"https://a.example/{number}")
    assert len({article.id for article in desk_client.articles()}) == 60
    assert [article.url for article in desk_client.articles(source="a.example/7")] == ["https://a.example/7"]


def test_a_listener_hears_of_the_stages(desk_client: Claimdesk) -> None:
    desk_client.ingest_text(STORY)
    heard: list[Event] = []
    report = desk_client.check("Kishida has met Putin seven times.", listen=heard.append)
    assert report.corrected_claim == "Kishida has met Putin five times."
    assert {type(event) for event in heard} == {StageEvent, PartEvent}
    with pytest.raises(ApiError) as caught:
        desk_client.check("?!", listen=heard.append)
    assert (caught.value.status, caught.value.code) == (422, "empty_text")


def test_a_batch_gives_each_claim_its_item(working: TestClient) -> None:
    with Claimdesk("http://localhost", transport=Loopback(working)) as desk:
        desk.ingest_text(STORY)
        items = list(desk.check_all(["Kishida has met Putin seven times.", "?!", "The talks lasted three hours."]))
    assert [item.position for item in items] == [0, 1, 2]
    assert [item.report.label if item.report else None for item in items] == ["refuted", None, "supported"]


def test_what_the_server_refuses_is_an_error_with_its_code(desk_client: Claimdesk) -> None:
    with pytest.raises(ApiError, match="article_not_found") as caught:
        desk_client.article("nobody")
    assert caught.value.status == 404
    assert caught.value.request_id


def test_a_server_without_room_is_asked_again_with_the_same_key(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("service.client.time.sleep", waits.append)
    keys: list[str] = []
    problem = {"status": 503, "code": "record_locked", "detail": "Wait."}

    def answer(request: httpx2.Request) -> httpx2.Response:
        keys.append(request.headers["idempotency-key"])
        if len(keys) < 3:
            headers = {"Content-Type": "application/problem+json", "Retry-After": "7"}
            return httpx2.Response(503, content=json.dumps(problem), headers=headers)
        return httpx2.Response(200, json={"articles": [], "failed": [], "indexed": True})

    with Claimdesk("http://desk.example", transport=httpx2.MockTransport(answer)) as desk:
        desk.ingest_text("It opened.")
        assert (len(set(keys)), waits) == (1, [7.0, 7.0])
        keys.clear()
        with pytest.raises(ApiError, match="record_locked"):
            Claimdesk("http://desk.example", retries=0, transport=httpx2.MockTransport(answer)).ingest_text("x")
