"""`/health/live` and `/health/ready`: is the process there, and can the desk work?"""

from fastapi import APIRouter

from service.domain.base import Frozen
from service.domain.key import MAIN_DESK
from service.errors import LlmUnavailable
from service.web.problems import documented
from service.web.serving import Shared

router = APIRouter(prefix="/health", tags=["health"])


class Alive(Frozen):
    status: str


class Ready(Frozen):
    """`degraded`: searches go by words alone, because of `problem`; they use vectors again when it is mended."""

    status: str
    degraded: bool
    problem: str | None
    waiting: int  # articles whose vectors the index does not hold yet, counted up to 1,000


@router.get("/live")
async def live() -> Alive:
    """The process answers. It needs no thread, so that a slow request cannot hold it up."""
    return Alive(status="ok")


@router.get("/ready", responses=documented())
def ready(serving: Shared) -> Ready:
    """The main desk's record answers, and its model's settings are right: questions and claims can be worked on.

    503 says that they cannot.
    """
    desk = serving.desks.desk(MAIN_DESK)
    if (wrong := desk.model_misconfigured) is not None:
        raise LlmUnavailable(wrong)
    waiting = len(desk.record.pending(1_000))
    return Ready(status="ok", degraded=desk.guard.problem is not None, problem=desk.guard.problem, waiting=waiting)
