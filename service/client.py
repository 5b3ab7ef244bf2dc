"""Calls of a Claimdesk server become its typed results: `Claimdesk("https://desk.example", key).check("...")`."""

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import httpx2
from pydantic import BaseModel, TypeAdapter

from service.domain.article import Article, ArticleSummary
from service.domain.event import Event
from service.domain.job import JobItem
from service.domain.report import Answer, Ingested, Report, Review

if TYPE_CHECKING:
    from service.review.options import ReviewOptions

Result = TypeVar("Result", bound=BaseModel)
JsonObject = dict[str, Any]

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
_RETRIED = (429, 503)
_LONGEST_WAIT_S = 60.0
_POLL_S = 0.5


class ApiError(Exception):
    """The server's problem document. `code` is stable; `retry_after_s` is when it may go well, where that is known."""

    def __init__(
        self, status: int, code: str, detail: str, request_id: str | None, retry_after_s: float | None
    ) -> None:
        super().__init__(f"{detail} [{code}]")
        self.status = status
        self.code = code
        self.detail = detail
        self.request_id = request_id
        self.retry_after_s = retry_after_s


class Claimdesk:
    """A client of one server; use it in a `with` block, or close it. Safe to use from several threads.

    Every method raises ApiError for what the server refuses, and httpx2.HTTPError when it cannot be reached. A
    request that the server has no room for is sent again, up to `retries` times; each POST carries an
    Idempotency-Key, so that none is done twice.
    """

    def __init__(
        self,
        url: str = "http://127.0.0.1:8765",
        key: str | None = None,
        *,
        timeout_s: float = 120.0,
        retries: int = 2,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx2.Client(base_url=url, headers=headers, timeout=timeout_s, transport=transport)
        self._retries = retries

    def ask(
        self,
        question: str,
        as_of: date | None = None,
        *,
        llm_only: bool = False,
        listen: Callable[[Event], None] | None = None,
    ) -> Answer:
        """Answers out of the archive with citations, or abstains. `listen` is told of the stages as they come."""
        body = {"question": question, "as_of": _day(as_of), "llm_only": llm_only}
        return self._run("/v1/ask", body, Answer, listen)

    def check(
        self,
        claim: str,
        as_of: date | None = None,
        *,
        without_article: str | None = None,
        llm_only: bool = False,
        listen: Callable[[Event], None] | None = None,
    ) -> Report:
        """Judges a claim by the archive as it stood on `as_of`. `listen` is told of the stages as they come."""
        body = {"claim": claim, "as_of": _day(as_of), "without_article": without_article, "llm_only": llm_only}
        return self._run("/v1/check", body, Report, listen)

    def check_all(self, claims: Sequence[str]) -> Iterator[JobItem]:
        """Checks up to 1,000 claims as a job and gives each one's report or failure, in order, as they are done."""
        job = self._send("POST", "/v1/check/batch", json={"claims": [{"text": claim} for claim in claims]}).json()
        cursor, done = None, 0
        while True:
            ended = self._get(f"/v1/jobs/{job['id']}")["state"] in ("done", "failed", "cancelled")
            page = self._get(f"/v1/jobs/{job['id']}/items", limit=500, cursor=cursor)
            yield from (JobItem.model_validate(item) for item in page["items"][done:])
            # Without a next page, the same one is asked for again: it may have grown.
            cursor, done = (page["next"], 0) if page["next"] else (cursor, len(page["items"]))
            if ended and not page["next"]:
                return
            if not page["next"]:
                time.sleep(_POLL_S)

    def review(
        self,
        *,
        article_id: str | None = None,
        text: str | None = None,
        title: str | None = None,
        options: "ReviewOptions | None" = None,
        archive: bool = False,
    ) -> Review:
        """Reads an article against itself: a stored one, or a text that is not stored.

        With `archive`, its claims and quotations are checked against the other stored articles too.
        """
        chosen = options.model_dump(mode="json", exclude_defaults=True) if options else None
        body = {"article_id": article_id, "text": text, "title": title, "options": chosen, "archive": archive}
        done = self._send("POST", "/v1/review", json=_stated(body)).json()
        return Review.model_validate({name: done[name] for name in Review.model_fields})

    def ingest(self, *files: Path) -> Ingested:
        """Takes files in. What cannot be read is in `failed`; raises ApiError when nothing can."""
        parts = [("file", (path.name, path.read_bytes())) for path in files]
        return Ingested.model_validate(self._send("POST", "/v1/articles", files=parts).json())

    def ingest_text(
        self, text: str, *, url: str | None = None, title: str | None = None, published: date | None = None
    ) -> Ingested:
        """Takes one article in as text; `url` is its identity: the same one again is its next version."""
        body = {"text": text, "url": url, "title": title, "published": _day(published)}
        return Ingested.model_validate(self._send("POST", "/v1/articles", json=_stated(body)).json())

    def articles(self, **filters: str | None) -> Iterator[ArticleSummary]:
        """Every article that passes the filters (q, source, section, published_from, published_to), newest first."""
        cursor = None
        while True:
            page = self._get("/v1/articles", cursor=cursor, **filters)
            yield from (ArticleSummary.model_validate(article) for article in page["articles"])
            cursor = page["next"]
            if cursor is None:
                return

    def article(self, article_id: str, version: int | None = None) -> Article:
        """A version of an article, by default the newest."""
        return Article.model_validate(self._get(f"/v1/articles/{article_id}", version=version))

    def withdraw(self, article_id: str) -> None:
        """Takes an article out of lists, search and evidence; what cited it before still opens."""
        self._send("DELETE", f"/v1/articles/{article_id}")

    def close(self) -> None:
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self, path: str, body: JsonObject, model: type[Result], listen: Callable[[Event], None] | None) -> Result:
        if listen is None:
            return model.model_validate(self._send("POST", path, json=_stated(body)).json())
        headers = {"Accept": "text/event-stream"}
        with self._http.stream("POST", path, json=_stated(body), headers=headers) as response:
            if response.is_error:
                response.read()
                raise _error_of(response)
            for name, data in _read_events(response.iter_lines()):
                if name == "result":
                    return model.model_validate_json(data)
                if name == "problem":
                    raise _error_in(TypeAdapter(JsonObject).validate_json(data), response)
                listen(_EVENT.validate_json(data))
        raise httpx2.RemoteProtocolError("the stream ended before its result")

    def _get(self, path: str, **query: str | int | None) -> JsonObject:
        result: JsonObject = self._send("GET", path, params=_stated(query)).json()
        return result

    def _send(self, method: str, path: str, **content: Any) -> httpx2.Response:
        headers = {"Idempotency-Key": uuid.uuid4().hex} if method == "POST" else {}
        for left in range(self._retries, -1, -1):
            response = self._http.request(method, path, headers=headers, **content)
            if not response.is_error:
                return response
            error = _error_of(response)
            if response.status_code not in _RETRIED or not left:
                raise error
            time.sleep(min(error.retry_after_s or 1.0, _LONGEST_WAIT_S))
        raise AssertionError("unreachable: the last try returns or raises")


def _error_of(response: httpx2.Response) -> ApiError:
    is_problem = response.headers.get("content-type", "").startswith("application/problem+json")
    problem = response.json() if is_problem else {"detail": response.text[:200], "code": "unknown"}
    return _error_in(problem, response)


def _error_in(problem: JsonObject, response: httpx2.Response) -> ApiError:
    wait = response.headers.get("retry-after")
    return ApiError(
        status=problem.get("status", response.status_code),
        code=problem["code"],
        detail=problem["detail"],
        request_id=response.headers.get("x-request-id"),
        retry_after_s=float(wait) if wait else None,
    )


def _read_events(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Name and data of each server-sent event; comments keep the line open and say nothing."""
    name, data = "message", ""
    for line in lines:
        if not line and data:
            yield name, data
            name, data = "message", ""
        elif line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            data += line.removeprefix("data: ")


def _stated(values: JsonObject) -> JsonObject:
    return {name: value for name, value in values.items() if value is not None}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
