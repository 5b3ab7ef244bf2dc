"""`/metrics`: figures of this server for Prometheus."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST

from service.domain.key import MAIN_DESK
from service.errors import ScopeMissing
from service.web.caller import Reader
from service.web.problems import documented
from service.web.serving import serving_of

router = APIRouter(tags=["health"])

MOST_LAG = 1_000


@router.get("/metrics", response_class=Response, responses=documented())
def metrics(request: Request, caller: Reader) -> Response:
    """Requests, latencies by stage, degraded results, abstentions, queue depth and index lag, in Prometheus' format.

    They are of the whole server, so only the main desk's keys open them.
    """
    if caller.desk_id != MAIN_DESK:
        raise ScopeMissing("The figures are of every desk here. Use a key of the main desk.")
    serving = serving_of(request)
    for desk_id, desk in serving.desks.opened().items():
        lag = len(desk.record.pending(MOST_LAG))
        failing = desk.model is not None and desk.model.breaker.problem is not None
        spent = desk.books.costs.spent(datetime.now(UTC).date()) / 1_000_000
        queued = desk.books.jobs.depth()
        serving.metrics.set_desk(desk_id, lag=lag, queued=queued, model_failing=failing, cost_usd=spent)
    return Response(serving.metrics.render(), media_type=CONTENT_TYPE_LATEST)
