"""Each request gets an id, one line in the log and its place in the figures; a slow one is answered for."""

import asyncio
import re
import time
import uuid
from http import HTTPStatus

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import Cancelled
from service.run import Cancellation
from service.web.metrics import Metrics
from service.web.problems import make_problem, problem_of, refuse

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

log = structlog.get_logger("claimdesk.request")


class Observed:
    """The application, observed. The log has routes and codes, never a text, a query or a key."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _ID.fullmatch(given) else uuid.uuid4().hex
        structlog.contextvars.bind_contextvars(request_id=request_id)
        status, began = 500, time.perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            seconds = time.perf_counter() - began
            route = _route(scope)
            self._metrics.count_request(_method(scope), route, status, seconds)
            caller = scope.get("state", {}).get("caller")
            log.info(
                "request", caller=caller, method=_method(scope), route=route, status=status, ms=round(seconds * 1000, 1)
            )


class Deadline:
    """The application, whose answers begin within `seconds` and before the server ends, or a problem takes their place.

    A question or a claim ends at its next stage then. What takes articles in goes on to its end in its thread, and
    what it stores is stored: the same request again finds it done.
    """

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, late = asyncio.Event(), False

        async def send_in_time(message: Message) -> None:
            begun.set()
            if not late:
                await send(message)

        work = asyncio.ensure_future(self._app(scope, receive, send_in_time))
        starts = asyncio.ensure_future(begun.wait())
        detail = f"There was no answer within {self._seconds:g} s. Send less at once, or send it as a job."
        problem, ends = make_problem(HTTPStatus.GATEWAY_TIMEOUT, "too_slow", detail), False
        try:
            await asyncio.wait({work, starts}, timeout=self._seconds, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:  # the server stops, and has waited for its requests as long as it may
            problem, ends = problem_of(Cancelled("The server is stopping. Send it again in a moment.")), True
            work.cancel()
        starts.cancel()
        if not begun.is_set() and not work.done():
            late = True
            cancellation = scope.get("state", {}).get("cancellation")
            if isinstance(cancellation, Cancellation):
                cancellation.cancel()
            await refuse(scope, problem)(scope, receive, send)
        if not ends:  # else its thread may go on for longer than the server has
            await work


def _method(scope: Scope) -> str:
    """The method, if it is one: a client may send any word, and figures must not grow with them."""
    method = str(scope["method"])
    return method if method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS") else "other"


def _route(scope: Scope) -> str:
    """The route's pattern, such as /v1/articles/{article_id}; "none" where there is no route."""
    route = scope.get("route")
    return route.path if isinstance(route, BaseRoute) and hasattr(route, "path") else "none"
