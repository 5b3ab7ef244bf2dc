"""Jobs become rows that a worker can leave at any moment and another can go on with.

A running job is leased to a worker for some seconds, which the worker prolongs. A worker that was killed does
not, so the job is due again when the lease has run out. One that merely stalled may come back too late: its
attempt's number is an old one by then, and what it wants to write is refused (a fencing token: Kleppmann,
"Designing Data-Intensive Applications", 2017, chapter 8).
"""

import secrets
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, Update, delete, func, insert, or_, select, update

from service.domain.job import Cursor, IngestWork, Job, JobError, JobItem, JobState, Work
from service.domain.webhook import Event
from service.errors import JobFinished, JobNotFound, LeaseLost
from service.record import deliveries
from service.record.connect import Database
from service.record.desk_tables import JOB_ITEMS, JOBS
from service.record.moments import now, text_in, to_text
from service.record.newest import newest_rows

MOST_STALLS = 3
"""Workers that may take a job and die without getting any further; then it is the job that kills them."""

_STALLED = JobError(
    code="job_abandoned",
    message=f"{MOST_STALLS} workers ended while working on the same item of this job. The worker's log tells why; "
    "mend or leave out that item, then submit the job again.",
)
_WORK: TypeAdapter[Work] = TypeAdapter(Work)
_UNFINISHED = JOBS.c.state.in_([JobState.QUEUED.value, JobState.RUNNING.value])


class SqlJobs:
    """The port `Jobs`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def submit(self, work: Work, created_by: str) -> Job:
        created = to_text(now())
        values = {
            "id": f"job_{secrets.token_hex(8)}",
            "work": work.model_dump_json(),
            "state": JobState.QUEUED.value,
            "created_by": created_by,
            "created": created,
            "due": created,
        }
        zeros = dict.fromkeys(("source_at", "item_at", "done", "failed", "attempts", "progressed"), 0)
        with self._database.writing() as connection:
            connection.execute(insert(JOBS).values(cancel_requested=False, **values, **zeros))
            return _require(connection, values["id"])

    def job(self, job_id: str) -> Job:
        """Raises JobNotFound."""
        with self._database.reading() as connection:
            return _require(connection, job_id)

    def jobs(self, *, state: JobState | None = None, before: int | None = None, limit: int = 50) -> list[Job]:
        with self._database.reading() as connection:
            return [_job(row) for row in connection.execute(newest_rows(JOBS, before, limit, state=state))]

    def items(self, job_id: str, *, after: int = -1, limit: int = 100) -> list[JobItem]:
        """What came of the items, by position, those after `after`. Raises JobNotFound."""
        with self._database.reading() as connection:
            job = _require(connection, job_id)
            values = connection.scalars(
                select(JOB_ITEMS.c.value)
                .where(JOB_ITEMS.c.job_seq == job.seq, JOB_ITEMS.c.position > after)
                .order_by(JOB_ITEMS.c.position)
                .limit(limit)
            )
            return [JobItem.model_validate_json(value) for value in values]

    def cancel(self, job_id: str) -> Job:
        """Cancels at once what waits, and asks the worker of what runs. Raises JobNotFound, JobFinished."""
        with self._database.writing() as connection:
            job = _require(connection, job_id)
            if job.state.is_final:
                raise JobFinished(f"The job {job_id} is {job.state} already: there is nothing to cancel.")
            values: dict[str, object] = {"cancel_requested": True}
            if job.state is JobState.QUEUED:
                values |= _ended(JobState.CANCELLED, None)
            connection.execute(update(JOBS).where(JOBS.c.id == job_id).values(values))
            return _tell(connection, _require(connection, job_id))

    def take(self, job_id: str, lease_s: float) -> Job | None:
        """The job, now running and leased to the caller; None when it is finished, not due, or leased to another.

        A job whose workers died several times without getting any further is failed instead.
        """
        with self._database.writing() as connection:
            row = connection.execute(select(JOBS).where(JOBS.c.id == job_id, _is_due())).first()
            if row is None:
                return None
            # Released jobs are queued: only a worker that died leaves a job running.
            died = row.state == JobState.RUNNING.value
            if row.cancel_requested:
                values = _ended(JobState.CANCELLED, None)
            elif died and row.attempts - row.progressed >= MOST_STALLS:
                values = _ended(JobState.FAILED, _STALLED)
            else:
                values = {
                    "state": JobState.RUNNING.value,
                    "attempts": row.attempts + 1,
                    "progressed": row.progressed if died else row.attempts,
                    "started": row.started or to_text(now()),
                    "leased_until": text_in(lease_s),
                    "due": None,
                }
            connection.execute(update(JOBS).where(JOBS.c.id == job_id).values(values))
            job = _tell(connection, _require(connection, job_id))
        return job if job.state is JobState.RUNNING else None

    def renew(self, job: Job, lease_s: float) -> bool:
        """Prolongs the lease; True when the job was asked to end. Raises LeaseLost."""
        with self._database.writing() as connection:
            _write(connection, job, _held(job).values(leased_until=text_in(lease_s)))
            return _require(connection, job.id).cancel_requested

    def advance(self, job: Job, cursor: Cursor, item: JobItem | None, *, total: int | None = None) -> Job:
        """Books an item's result and the place of the next one in one transaction. Raises LeaseLost."""
        values: dict[str, object] = {
            "source_at": cursor.source,
            "item_at": cursor.item,
            "progressed": job.attempts,
        }
        if total is not None:
            values["total"] = total
        if item is not None:
            values["done"] = JOBS.c.done + 1
            values["failed"] = JOBS.c.failed + int(item.failure is not None)
        with self._database.writing() as connection:
            _write(connection, job, _held(job).values(values))
            if item is not None:
                connection.execute(
                    insert(JOB_ITEMS).values(job_seq=job.seq, position=item.position, value=item.model_dump_json())
                )
            return _require(connection, job.id)

    def report(self, job: Job, done: int, total: int) -> None:
        """Shows progress of work that has no items. Raises LeaseLost."""
        with self._database.writing() as connection:
            _write(connection, job, _held(job).values(done=done, total=total, progressed=job.attempts))

    def finish(self, job: Job, state: JobState, error: JobError | None = None) -> Job:
        """Ends the job. Raises LeaseLost."""
        with self._database.writing() as connection:
            _write(connection, job, _held(job).values(_ended(state, error)))
            return _tell(connection, _require(connection, job.id))

    def release(self, job: Job, delay_s: float = 0.0) -> None:
        """Gives a running job back to the queue, to go on at its cursor after `delay_s`. Raises LeaseLost."""
        values = {"state": JobState.QUEUED.value, "due": text_in(delay_s), "leased_until": None}
        with self._database.writing() as connection:
            _write(connection, job, _held(job).values(values))

    def due(self, limit: int = 100) -> list[str]:
        """Ids of jobs that wait for a worker: queued and due, or running on a lease that has run out."""
        with self._database.reading() as connection:
            return list(connection.scalars(select(JOBS.c.id).where(_is_due()).order_by(JOBS.c.seq).limit(limit)))

    def depth(self) -> int:
        """How many jobs are queued or running."""
        with self._database.reading() as connection:
            return connection.scalar(select(func.count()).select_from(JOBS).where(_UNFINISHED)) or 0

    def sources_in_use(self) -> frozenset[str]:
        """What the jobs that are queued or running have still to take in."""
        with self._database.reading() as connection:
            works = [_WORK.validate_json(work) for work in connection.scalars(select(JOBS.c.work).where(_UNFINISHED))]
        return frozenset(source for work in works if isinstance(work, IngestWork) for source in work.sources)

    def prune(self, before: datetime) -> int:
        """Deletes jobs that ended before then, with their items; returns how many."""
        old = JOBS.c.finished < to_text(before)  # null while it has not ended
        with self._database.writing() as connection:
            connection.execute(delete(JOB_ITEMS).where(JOB_ITEMS.c.job_seq.in_(select(JOBS.c.seq).where(old))))
            return connection.execute(delete(JOBS).where(old)).rowcount


def _is_due() -> Any:
    moment = to_text(now())
    return or_(
        (JOBS.c.state == JobState.QUEUED.value) & (JOBS.c.due <= moment),
        (JOBS.c.state == JobState.RUNNING.value) & (JOBS.c.leased_until <= moment),
    )


def _held(job: Job) -> Update:
    """An update that only the worker of this attempt can make."""
    return update(JOBS).where(
        JOBS.c.id == job.id, JOBS.c.attempts == job.attempts, JOBS.c.state == JobState.RUNNING.value
    )


def _write(connection: Connection, job: Job, statement: Update) -> None:
    if connection.execute(statement).rowcount != 1:
        raise LeaseLost(f"Another worker has taken the job {job.id} meanwhile. This one leaves it alone.")


def _ended(state: JobState, error: JobError | None) -> dict[str, object]:
    return {
        "state": state.value,
        "error": error.model_dump_json() if error else None,
        "finished": to_text(now()),
        "due": None,
        "leased_until": None,
    }


def _tell(connection: Connection, job: Job) -> Job:
    """Queues the messages that a job has ended; what it was to do is left out, for it can be long."""
    if job.state.is_final:
        deliveries.enqueue(connection, Event.JOB_FINISHED, job.model_dump_json(exclude={"work"}))
    return job


def _require(connection: Connection, job_id: str) -> Job:
    row = connection.execute(select(JOBS).where(JOBS.c.id == job_id)).first()
    if row is None:
        raise JobNotFound(f"There is no job {job_id!r}. List the jobs to see their ids.")
    return _job(row)


def _job(row: Row[Any]) -> Job:
    values = {name: row._mapping[name] for name in Job.model_fields if name not in ("work", "cursor", "error")}
    return Job(
        **values,
        work=_WORK.validate_json(row.work),
        cursor=Cursor(source=row.source_at, item=row.item_at),
        error=JobError.model_validate_json(row.error) if row.error else None,
    )
