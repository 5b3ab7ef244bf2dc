"""A job's id becomes a message that wakes a worker, here or in another process.

The message says only which desk and which job: what is to be done, and how far it is, stands in the job's row. So a
message that is lost costs a few seconds (`Workers` looks for jobs that are due), and one that comes twice nothing.
"""

import json
import logging
from collections.abc import Callable
from typing import Any

from huey import Huey, PostgresHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer

from service.domain.job import Job, Work
from service.errors import RecordUnavailable
from service.ledgers import Jobs
from service.settings import Settings

NAME = "claimdesk"

_log = logging.getLogger(__name__)


class _JsonMessages(Serializer):  # type: ignore[misc]
    """Huey's messages as JSON: its own way is pickle, which runs what a stranger wrote into the queue."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(list(data)).encode()

    def _deserialize(self, data: bytes) -> Any:
        return Message(*json.loads(data))


class JobQueue:
    """The one queue of all desks: a SQLite file in the data folder, or tables beside the record on PostgreSQL."""

    def __init__(self, settings: Settings) -> None:
        self.huey = _open(settings)
        self._work_on: Callable[[str, str], None] | None = None
        self._task = self.huey.task(name="work_on")(self._run)

    def submit(self, desk_id: str, jobs: Jobs, work: Work, actor: str) -> Job:
        """A new job of that desk, its worker on the way."""
        job = jobs.submit(work, actor)
        self.wake(desk_id, job.id)
        return job

    def wake(self, desk_id: str, job_id: str) -> None:
        """Sends a worker to the job. A queue that cannot be written is no loss: the job is found by its row."""
        try:
            self._task(desk_id, job_id)
        except self._failures() as error:
            _log.warning("the queue cannot be written, so the job %s starts later: %s", job_id, error)

    def is_empty(self) -> bool:
        """Raises RecordUnavailable when the queue cannot be read."""
        try:
            return not self.huey.pending_count()
        except self._failures() as error:
            raise RecordUnavailable(f"The queue of jobs cannot be read: {error}. Check its file or server.") from error

    def attend(self, work_on: Callable[[str, str], None]) -> None:
        """Says what a worker does with a message: `work_on(desk_id, job_id)`."""
        self._work_on = work_on

    def close(self) -> None:
        self.huey.storage.close()

    def _run(self, desk_id: str, job_id: str) -> None:
        if self._work_on is None:
            raise RuntimeError("a worker took a message before it was told what to do with it")
        self._work_on(desk_id, job_id)

    def _failures(self) -> tuple[type[Exception], ...]:
        import sqlite3

        import psycopg

        return (sqlite3.Error, psycopg.Error)


def _open(settings: Settings) -> Huey:
    """Raises RecordUnavailable when the file or the server cannot be used."""
    import sqlite3

    import psycopg

    options = {"name": NAME, "results": False, "serializer": _JsonMessages()}
    if settings.database_url is None:
        place = settings.data_dir / "queue.sqlite3"
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            return SqliteHuey(filename=str(place), **options)
        except (OSError, sqlite3.Error) as error:
            raise RecordUnavailable(
                f"The queue of jobs {place} cannot be opened: {error}. Check that the disk has room, that this user may "
                "write there, and that the file is none of another program's. It may be deleted: jobs are in the record."
            ) from error
    address = settings.record_url.replace("postgresql+psycopg://", "postgresql://", 1)
    try:
        return PostgresHuey(dsn=address, table_prefix="claimdesk_queue", **options)
    except psycopg.Error as error:
        raise RecordUnavailable(
            "The queue of jobs cannot be opened on PostgreSQL. Check that the server runs and DATABASE_URL names it."
        ) from error
