"""Settings become the web application: routes, errors, and the desks behind them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.routing import Route

from service import __version__
from service.desks import Desks
from service.domain.key import MAIN_DESK
from service.jobs.queue import JobQueue
from service.jobs.worker import Workers
from service.tenancy import known_desks
from service.web.archives import AddressesBody
from service.web.attended import Attended
from service.web.bodies import AddressBody, ArticleBody
from service.web.mcp import McpEndpoint
from service.web.observe import Deadline, Observed
from service.web.openai_wire import OpenAiProblem
from service.web.page import mount as mount_page
from service.web.problems import Problem, handle_errors
from service.web.routes import (
    admin,
    articles,
    claims,
    completions,
    conversations,
    fact_checks,
    feeds,
    figures,
    health,
    info,
    jobs,
    quality,
    reviews,
    verdicts,
    webhooks,
)
from service.web.serving import Serving

ROUTERS = (
    verdicts.router,
    reviews.router,
    articles.router,
    feeds.router,
    claims.router,
    fact_checks.router,
    fact_checks.imports,
    fact_checks.published,
    jobs.router,
    jobs.archives,
    completions.router,
    conversations.router,
    webhooks.router,
    webhooks.subscriptions,
    admin.router,
    info.router,
    quality.router,
    health.router,
    figures.router,
)

ANSWERED: tuple[type[BaseModel], ...] = (Problem, OpenAiProblem)
READ: tuple[type[BaseModel], ...] = (ArticleBody, AddressBody, AddressesBody)
"""Models that routes answer or read by hand, so that the framework does not describe them by itself."""

DESCRIPTION = (
    "Answers and verdicts that show the stored sentence they rest on. Every error is a problem document "
    "(RFC 9457) with a stable `code`."
)


def create_app(desks: Desks) -> FastAPI:
    """The application over those desks; it closes them when it ends."""
    serving = Serving(desks, JobQueue(desks.settings))
    mcp = McpEndpoint(serving.metrics)
    app = FastAPI(
        title="Claimdesk", version=__version__, summary="A claim checker for newsrooms.", description=DESCRIPTION,
        lifespan=_live, docs_url=None, redoc_url=None,  # theirs load scripts from elsewhere: `page/reference.py` is ours
        # Traces and metrics go where OTEL_EXPORTER_OTLP_ENDPOINT says, if it is set; logs stay here, with their own rules.
        telemetry={"auto_configure": True, "logs": False},
        middleware=[
            Middleware(Observed, metrics=serving.metrics),
            Middleware(Deadline, seconds=desks.settings.request_timeout_s),
            Middleware(Attended),
        ],
    )  # fmt: skip
    app.state.serving, app.state.mcp = serving, mcp
    for router in ROUTERS:
        app.include_router(router)
    app.router.routes.append(Route("/mcp", endpoint=mcp))
    mount_page(app)
    handle_errors(app)
    app.openapi = lambda: _describe(app)  # type: ignore[method-assign]
    return app


@asynccontextmanager
async def _live(app: FastAPI) -> AsyncIterator[None]:
    """Opens the main desk before the first request, so that none waits for models to load, and works on jobs.

    So are the routes described, which builds them: the first request would do it, and hold up all others (1.9 s on a
    busy machine).
    """
    serving: Serving = app.state.serving
    desks, count = serving.desks, serving.desks.settings.workers
    private = serving.desks.settings.fetch_private
    workers = (
        Workers(
            serving.queue, desks.desk, lambda: known_desks(desks.keys), count=count, private=private,
            tell=partial(serving.metrics.count_report, "check"),
        )
        if count
        else None
    )  # fmt: skip
    try:
        await run_in_threadpool(app.openapi)
        await run_in_threadpool(desks.desk, MAIN_DESK)
        if workers:
            await run_in_threadpool(workers.start)
        async with app.state.mcp.running():
            yield
    finally:
        if workers:
            await run_in_threadpool(workers.stop)
        await run_in_threadpool(desks.close)


def _describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description, with the models that routes read or answer by hand."""
    if not app.openapi_schema:
        schema = get_openapi(
            title=app.title, version=app.version, summary=app.summary, description=app.description, routes=app.routes
        )
        by_hand = models_json_schema(
            [*((model, "serialization") for model in ANSWERED), *((model, "validation") for model in READ)],
            ref_template="#/components/schemas/{model}",
        )
        schema.setdefault("components", {}).setdefault("schemas", {}).update(by_hand[1]["$defs"])
        app.openapi_schema = schema
    return app.openapi_schema
