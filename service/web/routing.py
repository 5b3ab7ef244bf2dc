"""A request to a route of the API is bounded before it is read, and answered once for its Idempotency-Key."""

import hashlib
from collections.abc import AsyncGenerator, Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from service.domain.idempotency import KeptResponse
from service.domain.key import MAIN_DESK
from service.errors import BadIdempotencyKey
from service.ledgers import Idempotency
from service.run import LOCAL_KEY
from service.web.caller import key_of
from service.web.problems import documented, make_problem, respond
from service.web.serving import serving_of
from service.web.uploads import media_type_of

MOST_JSON_BYTES = 8_000_000  # 1,000 claims of 2,000 characters, in the widest UTF-8
DEEPEST = 32  # levels of a JSON body; a ClaimReview has five
MOST_VALUES = 30_000  # in a JSON body: 1,000 claims have 5,000. 2.6 million held up every other request for 15 s
MOST_MARKS = 200_000  # that begin a list, an object or a value, counted before the body is parsed, text and all
LONGEST_KEY = 255  # characters of an Idempotency-Key, as in the IETF's draft of the field

_SHOWN_ONCE = make_problem(
    HTTPStatus.CONFLICT,
    "secret_shown_once",
    "This request was done, and its secret was shown then. If that answer was lost, revoke what it made and make anew.",
)

_IDEMPOTENCY_KEY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Of your choice, such as a UUID. The same request with the same key is done once, and answered the same for a day.",
    "schema": {"type": "string", "pattern": f"^[ -~]{{1,{LONGEST_KEY}}}$"},
}

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class BoundedRequest(Request):
    """A request of at most so many bytes, whose JSON may nest only so deep: what reads it calls itself once a level."""

    most_bytes = MOST_JSON_BYTES

    async def stream(self) -> AsyncGenerator[bytes, None]:
        declared = self.headers.get("content-length", "0")
        _require_small(int(declared) if declared.isdecimal() else 0, self.most_bytes)
        size = 0
        async for chunk in super().stream():
            size += len(chunk)
            _require_small(size, self.most_bytes)
            yield chunk

    async def json(self) -> Any:
        body = await self.body()
        if sum(body.count(mark) for mark in (b"[", b"{", b'":')) > MOST_MARKS:
            raise _too_many()
        value = await super().json()
        _require_sound(value)
        return value


class Route(APIRoute):
    """A route that keeps its answer to a POST with an Idempotency-Key, and gives it again for a day."""

    takes_articles = False
    shows_secret = False

    def __init__(self, *positional: Any, **named: Any) -> None:
        """As the framework makes it; what a POST does with its key is added to the description."""
        if "POST" in (named.get("methods") or ()):
            described = named.get("responses") or {}
            busy = {**described.get(422, {}), "description": HTTPStatus.CONFLICT.phrase}
            named["responses"] = {409: busy, **described}
            named["openapi_extra"] = {**(named.get("openapi_extra") or {}), "parameters": [_IDEMPOTENCY_KEY]}
        super().__init__(*positional, **named)

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            bounded = BoundedRequest(request.scope, request.receive)
            if self.takes_articles and media_type_of(request) != "application/json":
                bounded.most_bytes = serving_of(request).desks.settings.max_body_bytes
            key = request.headers.get("idempotency-key")
            if key is None or request.method != "POST":
                return await handle(bounded)
            return await _answer_once(bounded, key, handle, shows_secret=self.shows_secret)

        return answer


class ArticleRoute(Route):
    """A route whose body may hold whole articles."""

    takes_articles = True


class SecretRoute(Route):
    """A route whose answer holds a secret, which is shown once and kept nowhere: it is not given again either."""

    shows_secret = True


def make_router(
    path: str = "",
    *,
    tag: str,
    problems: tuple[int, ...] = (),
    route: type[Route] = Route,
    shape: str = "Problem",
) -> APIRouter:
    """A router of the API under /v1; each of its routes can end in these problems, and in those of every route."""
    described = documented(*problems, shape=shape)
    return APIRouter(prefix=f"/v1{path}", tags=[tag], route_class=route, responses=described)


async def _answer_once(request: Request, key: str, handle: Handler, *, shows_secret: bool) -> Response:
    """The kept answer to the same request, or the answer to this one, kept from now on.

    A failure of the server is not kept: the request may be sent again with the same key.
    """
    if not 1 <= len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise BadIdempotencyKey(
            f"An Idempotency-Key has 1 to {LONGEST_KEY} printable ASCII characters, such as a UUID."
        )
    caller = await run_in_threadpool(key_of, request)
    digest = _digest(await request.body(), request.headers.get("content-type", ""))
    owner, desk_id = (caller.id, caller.desk) if caller else (LOCAL_KEY, MAIN_DESK)

    def begin() -> tuple[Idempotency, KeptResponse | None]:
        store = serving_of(request).desks.desk(desk_id).books.idempotency
        return store, store.begin(owner, key, request.url.path, digest)

    store, kept = await run_in_threadpool(begin)
    if kept is not None:
        return Response(kept.body, kept.status, {"Idempotency-Replayed": "true"}, kept.media_type)
    try:
        response = await handle(request)
    except BaseException:
        await run_in_threadpool(store.forget, owner, key)
        raise
    if response.status_code >= 500 or isinstance(response, StreamingResponse):  # a stream has no body to keep
        await run_in_threadpool(store.forget, owner, key)
        return response
    await run_in_threadpool(store.keep, owner, key, _kept(respond(_SHOWN_ONCE) if shows_secret else response))
    return response


def _kept(response: Response) -> KeptResponse:
    media_type = response.headers.get("content-type", "application/json")
    return KeptResponse(status=response.status_code, media_type=media_type, body=bytes(response.body))


def _digest(body: bytes, content_type: str) -> str:
    """The digest of a body, without the boundary of a form: clients make a new one each time."""
    _, found, boundary = content_type.partition("boundary=")
    if found:
        body = body.replace(boundary.strip('"').encode(), b"")
    return hashlib.sha256(body).hexdigest()


def _require_small(size: int, most: int) -> None:
    if size > most:
        raise HTTPException(413, f"The body has more than {most:,} bytes. Send less at once")


def _require_sound(value: object) -> None:
    """Raises a 400 for JSON with more values, or deeper ones, than any body of this API, or with what is no text.

    JSON can spell half of a surrogate pair, and NUL; neither can be stored, or sent back.
    """
    level, left = [value], MOST_VALUES
    for _ in range(DEEPEST):
        left -= len(level)
        if left < 0:
            raise _too_many()
        inside: list[object] = []
        for each in level:
            if isinstance(each, dict):
                inside.extend([*each, *each.values()])
            elif isinstance(each, list):
                inside.extend(each)
            elif isinstance(each, str):
                _require_text(each)
        if not inside:
            return
        level = inside
    raise HTTPException(400, f"The JSON nests more than {DEEPEST} levels deep")


def _too_many() -> HTTPException:
    return HTTPException(400, "The JSON holds more values than any body of this API. Send less at once, or files")


def _require_text(text: str) -> None:
    if "\0" in text:
        raise HTTPException(400, "The JSON holds a NUL character, which cannot be stored")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise HTTPException(400, "The JSON holds half of a surrogate pair, which is no character") from error
