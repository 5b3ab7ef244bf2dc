"""Settings become the web application: routes, errors, and the desks behind them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema
from starlette.concurrency import run_in_threadpool

from service import __version__
from service.web.bodies import ArticleBody
from service.web.desks import MAIN, Desks
from service.web.page import mount as mount_page
from service.web.problems import Problem, handle_errors
from service.web.routes import articles, health, info, reviews, verdicts

DESCRIPTION = (
    "Answers and verdicts that show the stored sentence they rest on. Every error is a problem document "
    "(RFC 9457) with a stable `code`."
)


def create_app(desks: Desks) -> FastAPI:
    """The application over those desks; it closes them when it ends."""
    app = FastAPI(
        title="Claimdesk", version=__version__, summary="A claim checker for newsrooms.", description=DESCRIPTION,
        lifespan=_live,
    )  # fmt: skip
    app.state.desks = desks
    api = APIRouter(prefix="/v1")
    for module in (verdicts, reviews, articles, info):
        api.include_router(module.router)
    app.include_router(api)
    app.include_router(health.router)
    mount_page(app)
    handle_errors(app)
    app.openapi = lambda: _describe(app)  # type: ignore[method-assign]
    return app


@asynccontextmanager
async def _live(app: FastAPI) -> AsyncIterator[None]:
    """Opens the local user's desk before the first request, so that none waits for models to load."""
    desks: Desks = app.state.desks
    try:
        await run_in_threadpool(lambda: desks.desk(MAIN))
        yield
    finally:
        await run_in_threadpool(desks.close)


def _describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description, with the models that routes read or answer by hand."""
    if not app.openapi_schema:
        schema = get_openapi(
            title=app.title, version=app.version, summary=app.summary, description=app.description, routes=app.routes
        )
        by_hand = models_json_schema(
            [(Problem, "serialization"), (ArticleBody, "validation")], ref_template="#/components/schemas/{model}"
        )
        schema.setdefault("components", {}).setdefault("schemas", {}).update(by_hand[1]["$defs"])
        app.openapi_schema = schema
    return app.openapi_schema
