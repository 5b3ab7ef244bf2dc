"""The contract of the port `Jobs`."""

import time
from collections.abc import Callable
from functools import partial

import pytest

from service.domain.job import CheckWork, ClaimToCheck, Cursor, Job, JobError, JobItem, JobState, ReindexWork
from service.domain.report import Failure
from service.errors import JobFinished, JobNotFound, LeaseLost
from service.ledgers import Books
from service.record.jobs import MOST_STALLS
from tests.record.samples import in_parallel

pytest_plugins = ["tests.record.databases"]

WORK = CheckWork(claims=(ClaimToCheck(text="One."), ClaimToCheck(text="Two.")))
FAILURE = Failure(source="One.", code="empty_text", message="It is empty.")


def take(books: Books, job_id: str, lease_s: float = 60) -> Job:
    job = books.jobs.take(job_id, lease_s)
    assert job is not None
    return job


def test_a_job_is_worked_on_item_by_item_and_kept_with_what_came_of_them(books: Books) -> None:
    job = books.jobs.submit(WORK, "key_1")
    assert (job.state, job.kind, job.work, books.jobs.depth()) == (JobState.QUEUED, "check", WORK, 1)
    assert books.jobs.due() == [job.id]
    running = take(books, job.id)
    assert books.jobs.due() == []
    item = JobItem(position=0, failure=FAILURE)
    running = books.jobs.advance(running, Cursor(item=1), item, total=2)
    assert (running.done, running.failed, running.total, running.cursor) == (1, 1, 2, Cursor(item=1))
    done = books.jobs.finish(running, JobState.DONE)
    assert done == books.jobs.job(job.id)
    assert done.finished is not None
    assert books.jobs.items(job.id) == [item]
    assert books.jobs.items(job.id, after=0) == []
    assert books.jobs.depth() == 0
    assert books.jobs.take(job.id, 60) is None


def test_of_many_workers_one_gets_the_job(books: Books) -> None:
    job = books.jobs.submit(WORK, "key_1")
    got: list[Job] = []

    def reach_for_it() -> None:
        taken = books.jobs.take(job.id, 60)
        if taken is not None:
            got.append(taken)

    assert in_parallel([reach_for_it] * 6) == []
    assert len(got) == 1


def test_a_job_goes_on_at_its_cursor_when_the_lease_ran_out_and_the_first_worker_is_refused(books: Books) -> None:
    job = books.jobs.submit(WORK, "key_1")
    first = take(books, job.id, lease_s=0.05)
    first = books.jobs.advance(first, Cursor(item=1), None)
    time.sleep(0.1)
    assert books.jobs.due() == [job.id]
    second = take(books, job.id)
    assert (second.cursor, second.attempts) == (Cursor(item=1), 2)
    item = JobItem(position=1, failure=FAILURE)
    late: list[Callable[[], object]] = [
        partial(books.jobs.advance, first, Cursor(item=2), item),
        partial(books.jobs.finish, first, JobState.DONE),
        partial(books.jobs.renew, first, 60),
        partial(books.jobs.release, first),
        partial(books.jobs.report, first, 1, 2),
    ]
    for write in late:
        with pytest.raises(LeaseLost):
            write()
    assert books.jobs.items(job.id) == []
    assert books.jobs.job(job.id) == second


def test_a_job_that_ends_its_workers_is_given_up_unless_it_gets_further(books: Books) -> None:
    job = books.jobs.submit(WORK, "key_1")
    moving = take(books, job.id, lease_s=0)
    for _ in range(MOST_STALLS + 1):
        books.jobs.advance(moving, Cursor(item=1), None)
        moving = take(books, job.id, lease_s=0)
    for _ in range(MOST_STALLS - 1):
        take(books, job.id, lease_s=0)
    assert books.jobs.take(job.id, 0) is None
    failed = books.jobs.job(job.id)
    assert failed.state is JobState.FAILED
    assert failed.error is not None
    assert failed.error.code == "job_abandoned"


def test_what_waits_is_cancelled_at_once_and_what_runs_is_asked_to_end(books: Books) -> None:
    waiting, running = books.jobs.submit(ReindexWork(), "a"), take(books, books.jobs.submit(ReindexWork(), "a").id)
    assert books.jobs.cancel(waiting.id).state is JobState.CANCELLED
    with pytest.raises(JobFinished, match="cancelled already"):
        books.jobs.cancel(waiting.id)
    assert not books.jobs.renew(running, 60)
    assert books.jobs.cancel(running.id).state is JobState.RUNNING
    assert books.jobs.renew(running, 60)
    assert books.jobs.finish(running, JobState.CANCELLED).state is JobState.CANCELLED


def test_a_released_job_waits_its_delay_and_costs_no_stall(books: Books) -> None:
    job = books.jobs.submit(ReindexWork(), "a")
    for _ in range(MOST_STALLS + 1):
        books.jobs.release(take(books, job.id))
    books.jobs.release(take(books, job.id), delay_s=60)
    assert books.jobs.due() == []
    assert books.jobs.take(job.id, 60) is None
    assert books.jobs.job(job.id).state is JobState.QUEUED


def test_lists_come_newest_first_in_pages(books: Books) -> None:
    first, second, third = (books.jobs.submit(ReindexWork(), "a") for _ in range(3))
    books.jobs.finish(take(books, second.id), JobState.FAILED, JobError(code="index_unavailable", message="No."))
    assert [job.id for job in books.jobs.jobs(limit=2)] == [third.id, second.id]
    assert [job.id for job in books.jobs.jobs(before=second.seq)] == [first.id]
    (failed,) = books.jobs.jobs(state=JobState.FAILED)
    assert failed.error == JobError(code="index_unavailable", message="No.")
    with pytest.raises(JobNotFound):
        books.jobs.job("job_0")
    with pytest.raises(JobNotFound):
        books.jobs.items("job_0")
