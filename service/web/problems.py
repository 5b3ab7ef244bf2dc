"""An error becomes a problem document (RFC 9457) with the status that its kind has in HTTP."""

import errno
import math
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import compile_path
from starlette.types import Scope

from service.domain.base import Frozen
from service.domain.report import Failure
from service.errors import (
    BudgetExceeded,
    Cancelled,
    ClaimdeskError,
    Conflict,
    FetchFailed,
    InputError,
    InputTooLarge,
    KeyRequired,
    LlmMisconfigured,
    Misconfigured,
    NotFound,
    RateLimited,
    RecordUnavailable,
    Refused,
    RequestMismatch,
    Unavailable,
    UnknownKey,
    UnsupportedType,
    UpstreamFailed,
)

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 5  # what is unavailable is asked again every ten seconds by the index guard, at once by the record

# The nearest class counts: a new error has the status of its branch.
_STATUS: dict[type[ClaimdeskError], HTTPStatus] = {
    InputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    InputTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    UnsupportedType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    FetchFailed: HTTPStatus.FAILED_DEPENDENCY,  # not 502: it is the page that failed, not this service
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    RequestMismatch: HTTPStatus.UNPROCESSABLE_ENTITY,  # the IETF's draft of Idempotency-Key has it so
    Refused: HTTPStatus.FORBIDDEN,
    KeyRequired: HTTPStatus.UNAUTHORIZED,
    UnknownKey: HTTPStatus.UNAUTHORIZED,
    RateLimited: HTTPStatus.TOO_MANY_REQUESTS,
    BudgetExceeded: HTTPStatus.TOO_MANY_REQUESTS,
    Cancelled: HTTPStatus.SERVICE_UNAVAILABLE,  # by a server that stops or a deadline: who hung up reads nothing
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    UpstreamFailed: HTTPStatus.BAD_GATEWAY,
    LlmMisconfigured: HTTPStatus.BAD_GATEWAY,
    Misconfigured: HTTPStatus.INTERNAL_SERVER_ERROR,
    ClaimdeskError: HTTPStatus.INTERNAL_SERVER_ERROR,
}

_ALWAYS = (400, 401, 403, 413, 422, 429, 503, 504)

# What the framework refuses before a route sees it.
_CODES = {
    HTTPStatus.BAD_REQUEST: "malformed_request",
    HTTPStatus.NOT_FOUND: "no_such_path",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "body_too_large",
}


class ProblemError(Exception):
    """A problem that a route works out itself."""

    def __init__(self, problem: "Problem") -> None:
        super().__init__(problem.detail)
        self.problem = problem


class FieldProblem(Frozen):
    """One field of a request that is wrong: where it stands, such as "body.claim", and why."""

    field: str
    message: str


class Problem(Frozen):
    """What went wrong, in RFC 9457's words. `code` is stable: programs decide by it, people read `detail`."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    fields: tuple[FieldProblem, ...] = ()


def make_problem(status: HTTPStatus, code: str, detail: str, fields: tuple[FieldProblem, ...] = ()) -> Problem:
    return Problem(
        type=f"urn:claimdesk:problem:{code}",
        title=code.replace("_", " ").capitalize(),
        status=status,
        detail=_printable(detail),
        code=code,
        fields=fields,
    )


def status_of(error: ClaimdeskError) -> HTTPStatus:
    return next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)


def refuse_failures(failures: Sequence[Failure]) -> ProblemError:
    """The problem of a request of which nothing could be taken in: the one failure, or all of them by source."""
    if len(failures) == 1:
        (failure,) = failures
        return ProblemError(make_problem(_status_of_code(failure.code), failure.code, failure.message))
    fields = tuple(FieldProblem(field=each.source, message=f"{each.message} [{each.code}]") for each in failures)
    detail = f"None of {len(failures)} sources could be read: see fields." if failures else "The files hold no article."
    return ProblemError(make_problem(HTTPStatus.UNPROCESSABLE_ENTITY, "nothing_taken_in", detail, fields))


def _status_of_code(code: str) -> HTTPStatus:
    """The status of the InputError with that code."""
    kinds = [InputError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    matching = [kind for kind in kinds if kind.code == code]
    return next(_STATUS[base] for base in matching[0].__mro__ if base in _STATUS)


Form = Callable[[Problem, dict[str, str] | None], Response]
"""How a route writes its problems; one that writes them otherwise than `respond` puts it into `request.state.form`."""


def respond(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse(problem.model_dump(), problem.status, headers, media_type=MEDIA_TYPE)


def refuse(scope: Scope, problem: Problem) -> Response:
    """The answer to a request that ends outside its route, in the form that the route gave its problems."""
    form: Form = scope.get("state", {}).get("form", respond)
    return form(problem, None)


def documented(*statuses: int, shape: str = "Problem") -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that can end in these statuses, and in those that every route can."""
    content = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{shape}"}}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": content}
        for status in sorted({*_ALWAYS, *statuses})
    }


def handle_errors(app: FastAPI) -> None:
    """Makes every error of the app a problem document."""
    app.exception_handler(ClaimdeskError)(_answer_ours)
    app.exception_handler(ProblemError)(_answer_problem)
    app.exception_handler(RequestValidationError)(_answer_invalid)
    app.exception_handler(HTTPException)(_answer_http)
    app.exception_handler(OSError)(_answer_full)
    app.exception_handler(Exception)(_answer_unforeseen)


def problem_of(error: ClaimdeskError) -> Problem:
    return make_problem(status_of(error), error.code, str(error))


def unforeseen() -> Problem:
    """The problem of a fault of our own; its cause is in the log."""
    detail = "Claimdesk failed in a way that it did not foresee. The server's log has the request's id and the cause."
    return make_problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal_error", detail)


async def _answer_ours(_: Request, error: ClaimdeskError) -> JSONResponse:
    return respond(problem_of(error), headers_of(error))


def headers_of(error: ClaimdeskError) -> dict[str, str]:
    """The header fields that belong to the error: when to come again, or how to show a key."""
    if isinstance(error, KeyRequired | UnknownKey):
        return {"WWW-Authenticate": 'Bearer realm="claimdesk"'}
    if isinstance(error, Unavailable | RateLimited):
        stated: float | None = getattr(error, "retry_after_s", None)
        return {"Retry-After": str(math.ceil(RETRY_AFTER_S if stated is None else stated))}
    return {}


async def _answer_problem(_: Request, error: ProblemError) -> JSONResponse:
    return respond(error.problem)


async def _answer_invalid(_: Request, error: RequestValidationError) -> JSONResponse:
    return respond(problem_of_invalid(error))


def problem_of_invalid(error: RequestValidationError) -> Problem:
    """The problem of a request that is no JSON, or not as its route takes it; it quotes nothing of what was sent."""
    fields = tuple(
        FieldProblem(
            field=_printable(".".join(str(part) for part in each["loc"])),
            message=_printable(each["msg"].removeprefix("Value error, ")),
        )
        for each in error.errors()
    )
    if any(each["type"] == "json_invalid" for each in error.errors()):
        detail = "The body is not JSON. Send it as UTF-8 JSON with Content-Type: application/json."
        return make_problem(HTTPStatus.BAD_REQUEST, "malformed_json", detail, fields)
    detail = f"{fields[0].field}: {fields[0].message}. See /docs for what this route takes."
    return make_problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_request", detail, fields)


async def _answer_http(request: Request, error: HTTPException) -> JSONResponse:
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = _allowed(request) or headers.get("Allow", "")
    return respond(problem_of_http(error, request), headers)


def problem_of_http(error: HTTPException, request: Request) -> Problem:
    """The problem of what the framework refused before a route saw it."""
    status = HTTPStatus(error.status_code)
    detail = {
        HTTPStatus.NOT_FOUND: "There is nothing at this path. See /docs for the paths of the API.",
        HTTPStatus.METHOD_NOT_ALLOWED: f"This path does not take {request.method}. See /docs.",
    }.get(status, f"{error.detail}. See /docs for what this route takes.")
    return make_problem(status, _CODES.get(status, status.phrase.lower().replace(" ", "_")), detail)


def _allowed(request: Request) -> str:
    """Every method of the path, by the API's description: the framework names those of one route only."""
    paths: dict[str, dict[str, object]] = request.app.openapi()["paths"]
    path = request.url.path
    named = [path] if path in paths else [each for each in paths if compile_path(each)[0].match(path)]
    return ", ".join(sorted(method.upper() for each in named for method in paths[each]))


async def _answer_full(_: Request, error: OSError) -> Response:
    """Large uploads wait in the system's temporary folder, where there may be no room."""
    if error.errno not in (errno.ENOSPC, errno.EDQUOT):
        raise error
    full = RecordUnavailable("The disk is full: there is no room for what was sent. Free some space, then try again.")
    return respond(problem_of(full), headers_of(full))


async def _answer_unforeseen(request: Request, _: Exception) -> Response:
    return refuse(request.scope, unforeseen())


def _printable(text: str) -> str:
    """The text as valid Unicode: a message may quote half of a surrogate pair that was sent."""
    return text.encode("utf-8", "replace").decode()
