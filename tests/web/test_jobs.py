"""Work that outlives a request is taken on, told of, listed and ended over HTTP."""

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from service.desk import Desk
from service.desks import Desks
from service.domain.job import MOST_CLAIMS, IngestWork
from service.domain.key import KeyScope
from service.settings import Settings
from service.web.app import create_app
from tests.desks import make_desk
from tests.web.conftest import MakeKey
from tests.web.test_stream import events

CLAIMS = {
    "claims": [{"text": "Kishida has met Putin seven times."}, {"text": "!?"}, {"text": "The talks lasted long."}]
}


@pytest.fixture
def working(settings: Settings) -> Iterator[TestClient]:
    """A client of an application with a worker inside."""
    busy = settings.model_copy(update={"workers": 1})
    desks = Desks(busy, lambda desk_id: make_desk(busy, desk_id))
    with TestClient(create_app(desks), base_url="http://localhost") as opened:
        yield opened


def test_a_batch_of_claims_is_checked_one_by_one(working: TestClient) -> None:
    working.post("/v1/articles", json={"text": "Talks\n\nKishida has met Putin five times."})
    done = working.post("/v1/check/batch", json=CLAIMS)
    assert done.status_code == 202
    job_id = done.json()["id"]
    told = events(working.get(f"/v1/jobs/{job_id}/events").text)
    assert told[-1][0] == "result"
    assert {key: told[-1][1][key] for key in ("state", "done", "failed", "total")} == {
        "state": "done", "done": 3, "failed": 1, "total": 3,
    }  # fmt: skip
    first = working.get(f"/v1/jobs/{job_id}/items", params={"limit": 2}).json()
    rest = working.get(f"/v1/jobs/{job_id}/items", params={"cursor": first["next"]}).json()
    items = first["items"] + rest["items"]
    assert [item["position"] for item in items] == [0, 1, 2]
    assert items[0]["report"]["label"] == "refuted"
    assert items[1]["failure"]["code"] == "empty_text"
    assert rest["next"] is None


def test_an_archive_is_taken_in_by_a_worker(working: TestClient) -> None:
    lines = b"\n".join(
        json.dumps({"text": f"Story {n} opened.", "url": f"https://a.example/{n}"}).encode() for n in range(3)
    )
    job = working.post("/v1/jobs/ingest", files={"file": ("../archive.jsonl", lines)}).json()
    assert events(working.get(f"/v1/jobs/{job['id']}/events").text)[-1][1]["state"] == "done"
    assert len(working.get("/v1/articles").json()["articles"]) == 3
    items = working.get(f"/v1/jobs/{job['id']}/items").json()["items"]
    assert [item["article"]["url"] for item in items] == [f"https://a.example/{n}" for n in range(3)]


@pytest.mark.parametrize(
    "body", [{"claims": []}, {"claims": [{"text": "x"}] * (MOST_CLAIMS + 1)}, {"claims": [{"text": "x" * 2_001}]}, {}]
)
def test_a_batch_has_its_limits(client: TestClient, body: object) -> None:
    assert client.post("/v1/check/batch", json=body).status_code == 422


def test_a_file_is_the_same_article_whether_a_job_takes_it_in_or_not(working: TestClient, settings: Settings) -> None:
    for name, content in (
        ("story.txt", b"Port\n\nThe port opened."),
        ("more.jsonl", b'{"id": 7, "text": "It rained."}'),
    ):
        at_once = working.post("/v1/articles", files={"file": (name, content)}).json()["articles"][0]
        job = working.post("/v1/jobs/ingest", files={"file": (name, content)}).json()
        assert events(working.get(f"/v1/jobs/{job['id']}/events").text)[-1][1]["state"] == "done"
        (item,) = working.get(f"/v1/jobs/{job['id']}/items").json()["items"]
        assert (item["article"]["id"], item["article"]["status"]) == (at_once["id"], "unchanged")
    assert str(settings.data_dir) not in working.get("/v1/articles").text


def test_an_upload_that_is_gone_is_a_failure_of_its_own(working: TestClient, desk: Desk, settings: Settings) -> None:
    gone = str(settings.data_dir / "uploads" / "0123" / "story.txt")
    job = desk.books.jobs.submit(IngestWork(sources=(gone,)), "me")
    assert events(working.get(f"/v1/jobs/{job.id}/events").text)[-1][1]["failed"] == 1
    (item,) = working.get(f"/v1/jobs/{job.id}/items").json()["items"]
    assert (item["failure"]["code"], item["failure"]["source"]) == ("unreadable_file", "story.txt")


def test_an_archive_that_cannot_be_kept_is_told_and_makes_no_job(client: TestClient, settings: Settings) -> None:
    (settings.data_dir / "uploads").write_text("a file where the folder should be")
    done = client.post("/v1/jobs/ingest", files={"file": ("archive.jsonl", b"{}")})
    assert (done.status_code, done.json()["code"]) == (503, "record_unavailable")
    assert client.get("/v1/jobs").json()["jobs"] == []


@pytest.mark.parametrize("url", ["/etc/passwd", "file:///etc/passwd", "-", "data"])
def test_a_worker_is_sent_to_no_file_of_the_server(client: TestClient, url: str) -> None:
    assert client.post("/v1/jobs/ingest", json={"urls": [url]}).status_code == 422


def test_a_job_that_waits_is_cancelled_at_once_and_only_once(client: TestClient) -> None:
    job_id = client.post("/v1/check/batch", json=CLAIMS).json()["id"]  # this application has no worker
    assert client.get(f"/v1/jobs/{job_id}").json()["state"] == "queued"
    assert client.post(f"/v1/jobs/{job_id}/cancel").json()["state"] == "cancelled"
    again = client.post(f"/v1/jobs/{job_id}/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "job_finished")
    assert [each["id"] for each in client.get("/v1/jobs", params={"state": "cancelled"}).json()["jobs"]] == [job_id]
    assert client.get("/v1/jobs", params={"state": "queued"}).json() == {"jobs": [], "next": None}


def test_an_unknown_job_is_not_found(client: TestClient) -> None:
    for path in ("", "/items", "/events"):
        done = client.get(f"/v1/jobs/nobody{path}")
        assert (done.status_code, done.json()["code"]) == (404, "job_not_found")


def test_another_desk_s_job_does_not_exist(client: TestClient, key: MakeKey) -> None:
    ours, theirs = key(KeyScope.ADMIN), key(KeyScope.ADMIN, desk_id="rival")
    job_id = client.post("/v1/check/batch", json=CLAIMS, headers=ours).json()["id"]
    assert client.get(f"/v1/jobs/{job_id}", headers=theirs).status_code == 404
    assert client.post(f"/v1/jobs/{job_id}/cancel", headers=theirs).status_code == 404
    assert client.get("/v1/jobs", headers=theirs).json()["jobs"] == []
