"""What the routes of one application share: its desks, its limits and its figures."""

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from service.desks import Desks
from service.jobs.queue import JobQueue
from service.web.metrics import Metrics
from service.web.rates import Rates


@dataclass(frozen=True)
class Serving:
    """One application's state; made once, safe to use from many threads."""

    desks: Desks
    queue: JobQueue
    rates: Rates = field(default_factory=Rates)
    metrics: Metrics = field(default_factory=Metrics)


def serving_of(request: Request) -> Serving:
    """The state of the application that answers this request."""
    serving: Serving = request.app.state.serving
    return serving


Shared = Annotated[Serving, Depends(serving_of)]
