"""Every error is a problem document with a stable code, whoever raised it."""

import errno

import pytest
from fastapi.testclient import TestClient

from service.desk import Desk
from service.errors import ClaimdeskError, RecordLocked
from service.web.problems import status_of


def every_error(kind: type[ClaimdeskError] = ClaimdeskError) -> list[type[ClaimdeskError]]:
    return [kind, *(each for child in kind.__subclasses__() for each in every_error(child))]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "no_such_path"),
        ("GET", "/v1/nowhere", 404, "no_such_path"),
        ("PUT", "/v1/articles", 405, "method_not_allowed"),
        ("POST", "/v1/ask", 422, "invalid_request"),
    ],
)
def test_what_the_framework_refuses_is_a_problem_too(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    done = client.request(method, path)
    assert (done.status_code, done.json()["code"]) == (status, code)
    assert done.headers["content-type"] == "application/problem+json"


def test_a_method_that_is_not_taken_names_those_that_are(client: TestClient) -> None:
    """Of every route at the path, though the framework knows each by itself."""
    assert client.put("/v1/articles").headers["allow"] == "GET, POST"
    assert client.put("/v1/articles/x").headers["allow"] == "DELETE, GET"
    assert client.delete("/v1/webhooks/deliveries").status_code == 404


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 5_000, b'{"question": NaN}'])
def test_a_body_that_is_no_json_is_a_problem(client: TestClient, body: bytes) -> None:
    done = client.post("/v1/ask", content=body, headers={"Content-Type": "application/json"})
    assert done.status_code in (400, 422)
    assert done.headers["content-type"] == "application/problem+json"


def test_a_record_that_is_held_is_unavailable_and_says_when_to_try_again(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise RecordLocked("Another process has held the record for too long.")

    monkeypatch.setattr(desk.record, "list_articles", locked)
    done = client.get("/v1/articles")
    assert (done.status_code, done.json()["code"]) == (503, "record_locked")
    assert int(done.headers["retry-after"]) > 0


def test_a_fault_of_our_own_shows_nothing_of_its_cause(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("the text of an article")

    monkeypatch.setattr(desk.record, "list_articles", fail)
    done = client.get("/v1/articles")
    assert (done.status_code, done.json()["code"]) == (500, "internal_error")
    assert "article" not in done.json()["detail"]


@pytest.mark.parametrize(
    ("number", "status", "code"), [(errno.ENOSPC, 503, "record_unavailable"), (errno.EIO, 500, "internal_error")]
)
def test_a_full_disk_is_told_wherever_it_shows(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int, status: int, code: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, "No space left on device")

    monkeypatch.setattr(desk.record, "list_articles", fail)
    done = client.get("/v1/articles")
    assert (done.status_code, done.json()["code"]) == (status, code)


@pytest.mark.parametrize("kind", every_error())
def test_every_error_has_a_status(kind: type[ClaimdeskError]) -> None:
    assert 400 <= status_of(kind.__new__(kind)) < 600
