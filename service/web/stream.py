"""A run of a verb becomes server-sent events: its stages and statements as they come, then its result or a problem.

Each event is named by its `kind`, and its data is that event as JSON; the last one is `result` or `problem`. Who
hangs up ends the run: no further stage begins, and a model that is being waited for is left.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from fastapi import Request
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from starlette.concurrency import run_in_threadpool

from service.domain.base import Frozen
from service.domain.event import Event
from service.errors import ClaimdeskError
from service.run import Run
from service.web.caller import Caller
from service.web.problems import Problem, problem_of, unforeseen

Result = TypeVar("Result", bound=Frozen)

KEEPALIVE_S = 15.0  # proxies close a connection that is silent for 30 to 60 s

EVENT: dict[str, Any] = {
    "type": "object",
    "required": ["data"],
    "properties": {"event": {"type": "string"}, "data": {"type": "string", "contentMediaType": "application/json"}},
}
"""One server-sent event, for the API's description."""

STREAMED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The result, or with `Accept: text/event-stream` its stages and then the result",
        "content": {"text/event-stream": {"schema": EVENT}},
    }
}
"""What a route documents that can answer in events too."""


@dataclass(frozen=True)
class Done(Generic[Result]):
    """The end of a run that went well."""

    result: Result


def wants_stream(request: Request) -> bool:
    """True when the client takes events, as a browser's EventSource or a chat page does."""
    accepted = [part.replace(" ", "").lower() for part in request.headers.get("accept", "").split(",")]
    return any(part.startswith("text/event-stream") and not part.endswith(";q=0") for part in accepted)


def stream(caller: Caller, work: Callable[[Run], Frozen]) -> EventSourceResponse:
    """The events of one run of `work`, which gives the result."""
    return EventSourceResponse(_events(caller, work), headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


async def _events(caller: Caller, work: Callable[[Run], Frozen]) -> AsyncIterator[bytes]:
    async for happening in run_events(caller, work):
        match happening:
            case None:
                yield KEEPALIVE_COMMENT
            case Problem():
                yield format_sse_event(event="problem", data_str=happening.model_dump_json())
            case Done():
                yield format_sse_event(event="result", data_str=happening.result.model_dump_json())
            case _:
                yield format_sse_event(event=happening.kind, data_str=happening.model_dump_json())


async def run_events(
    caller: Caller, work: Callable[[Run], Result]
) -> AsyncIterator["Event | Done[Result] | Problem | None"]:
    """What happens while `work` runs in a thread, then its result or its problem; None says that it is silent."""
    loop = asyncio.get_running_loop()
    waiting: asyncio.Queue[Event | None] = asyncio.Queue()
    run = caller.run(lambda event: _hand_over(loop, waiting, event))
    task = asyncio.ensure_future(run_in_threadpool(work, run))
    task.add_done_callback(lambda _: waiting.put_nowait(None))
    try:
        while True:
            try:
                event = await asyncio.wait_for(waiting.get(), KEEPALIVE_S)
            except TimeoutError:
                yield None
                continue
            if event is None:
                break
            yield event
        try:
            yield Done(await task)
        except ClaimdeskError as error:
            yield problem_of(error)
        except Exception:
            yield unforeseen()
            raise  # to the log
    finally:
        run.cancellation.cancel()
        task.add_done_callback(lambda done: done.cancelled() or done.exception())  # it is nobody's any more


def _hand_over(loop: asyncio.AbstractEventLoop, waiting: "asyncio.Queue[Event | None]", event: Event) -> None:
    loop.call_soon_threadsafe(waiting.put_nowait, event)
