"""`/v1/jobs`: work that outlives a request, its progress, its results and its end; a batch of claims is one."""

import asyncio
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Path, Response
from fastapi.sse import EventSourceResponse, format_sse_event
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from service.check.chain import LONGEST_CLAIM
from service.domain.base import Frozen
from service.domain.job import (
    MOST_CLAIMS,
    CheckWork,
    ClaimToCheck,
    IngestWork,
    Job,
    JobItem,
    JobState,
    ReindexWork,
    Work,
)
from service.web.archives import ARCHIVES_BODY, read_archives
from service.web.bodies import NO_NUL, AsOf, JobView, LlmOnly
from service.web.caller import Admin, Caller, Checker, Ingester, Reader
from service.web.cursors import PAGE, Cursor, Limit, cut_page, decode_cursor, encode_cursor
from service.web.problems import documented
from service.web.routing import ArticleRoute, make_router
from service.web.serving import Serving, Shared
from service.web.stream import EVENT

POLL_S = 0.5  # between two looks at a job whose events are watched

EVENTS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The events", "content": {"text/event-stream": {"schema": EVENT}}}
}

router = make_router(tag="jobs", problems=(404,))
archives = make_router(tag="jobs", problems=(415,), route=ArticleRoute)

JobId = Annotated[str, Path(min_length=1, max_length=64, pattern=NO_NUL)]


class BatchClaim(ClaimToCheck):
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_CLAIM)]
    as_of: AsOf = None


class BatchBody(Frozen):
    """Claims to check one by one; each has its own result."""

    claims: Annotated[tuple[BatchClaim, ...], Field(min_length=1, max_length=MOST_CLAIMS)]
    llm_only: LlmOnly = False


class Jobs(Frozen):
    """A page of jobs, newest first; `next` is the cursor of the next one."""

    jobs: tuple[JobView, ...]
    next: str | None


class Items(Frozen):
    """A page of a job's results, in order; each is an article, a report or a failure."""

    items: tuple[JobItem, ...]
    next: str | None


@router.post("/check/batch", status_code=HTTPStatus.ACCEPTED)
def check_batch(body: BatchBody, caller: Checker, serving: Shared) -> JobView:
    """Checks up to 1,000 claims as a job; its items are the reports, in the order of the claims."""
    work = CheckWork(claims=body.claims, budget_microusd=caller.run().budget_microusd, llm_only=body.llm_only)
    return _submit(work, caller, serving)


@archives.post("/jobs/ingest", status_code=HTTPStatus.ACCEPTED, openapi_extra={"requestBody": ARCHIVES_BODY})
def ingest(sources: Annotated[tuple[str, ...], Depends(read_archives)], caller: Ingester, serving: Shared) -> JobView:
    """Takes archives or addresses in as a job; its items are the articles."""
    return _submit(IngestWork(sources=sources, budget_microusd=caller.run().budget_microusd), caller, serving)


@router.post("/jobs/reindex", status_code=HTTPStatus.ACCEPTED)
def reindex(caller: Admin, serving: Shared) -> JobView:
    """Rebuilds the vector index from the record as a job."""
    return _submit(ReindexWork(), caller, serving)


@router.get("/jobs")
def list_jobs(caller: Reader, state: JobState | None = None, limit: Limit = PAGE, cursor: Cursor = None) -> Jobs:
    """Lists this desk's jobs."""
    found = caller.desk.books.jobs.jobs(state=state, before=decode_cursor(cursor), limit=limit + 1)
    page, following = cut_page(found, limit)
    return Jobs(jobs=tuple(JobView.of(job) for job in page), next=following)


@router.get("/jobs/{job_id}")
def read_job(job_id: JobId, caller: Reader) -> JobView:
    """How far a job is."""
    return JobView.of(caller.desk.books.jobs.job(job_id))


@router.get("/jobs/{job_id}/items")
def list_items(job_id: JobId, caller: Reader, limit: Limit = PAGE, cursor: Cursor = None) -> Items:
    """Lists what came of a job's items so far."""
    after = decode_cursor(cursor)
    found = caller.desk.books.jobs.items(job_id, after=-1 if after is None else after, limit=limit + 1)
    page = tuple(found[:limit])
    return Items(items=page, next=encode_cursor(page[-1].position) if len(found) > limit else None)


@router.post("/jobs/{job_id}/cancel", responses=documented(409))
def cancel(job_id: JobId, caller: Checker) -> JobView:
    """Ends a job: at once when it waits, after the item that it is at when it runs. What it did stays done."""
    return JobView.of(caller.desk.books.jobs.cancel(job_id))


@router.get("/jobs/{job_id}/events", response_class=Response, responses=EVENTS)
def watch(job_id: JobId, caller: Reader) -> EventSourceResponse:
    """Tells of a job's progress as server-sent events: `progress` whenever it got further, then `result`."""
    first = caller.desk.books.jobs.job(job_id)
    return EventSourceResponse(
        _progress(first, caller), headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )


async def _progress(job: Job, caller: Caller) -> AsyncIterator[bytes]:
    shown: JobView | None = None
    while not job.state.is_final:
        if (view := JobView.of(job)) != shown:
            shown = view
            yield format_sse_event(event="progress", data_str=view.model_dump_json())
        await asyncio.sleep(POLL_S)
        job = await run_in_threadpool(caller.desk.books.jobs.job, job.id)
    yield format_sse_event(event="result", data_str=JobView.of(job).model_dump_json())


def _submit(work: Work, caller: Caller, serving: Serving) -> JobView:
    return JobView.of(serving.queue.submit(caller.desk_id, caller.desk.books.jobs, work, caller.id))
