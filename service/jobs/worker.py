"""Messages of the queue become finished jobs, in threads of this process, until it is told to end."""

import logging
import threading
from collections.abc import Callable, Iterable
from typing import Any

from huey.consumer import Consumer  # type: ignore[import-untyped]

from service.desk import Desk
from service.errors import Unavailable
from service.jobs.lease import LEASE_S
from service.jobs.queue import JobQueue
from service.jobs.work import work_on

SWEEP_S = 5.0
"""Time between two looks for jobs that are due and whose message was lost, or whose worker was killed."""

POLL_S = 0.5
"""Longest time between two looks into a SQLite queue; PostgreSQL tells by itself."""

_log = logging.getLogger(__name__)


class _Consumer(Consumer):  # type: ignore[misc]
    """Huey's threads, without its signal handlers: those belong to the process that has the threads."""

    def _set_signal_handlers(self) -> None:
        pass


class Workers:
    """`count` threads that do jobs, and one that looks for jobs that nobody was sent to."""

    def __init__(
        self,
        queue: JobQueue,
        desk_of: Callable[[str], Desk],
        desk_ids: Callable[[], Iterable[str]],
        *,
        count: int = 1,
        lease_s: float = LEASE_S,
    ) -> None:
        self._queue = queue
        self._desk_of = desk_of
        self._desk_ids = desk_ids
        self._lease_s = lease_s
        self._draining = threading.Event()
        queue.attend(self._work_on)
        self._consumer: Any = _Consumer(queue.huey, workers=count, periodic=False, max_delay=POLL_S)
        self._sweeper = threading.Thread(target=self._sweep, name="job-sweep", daemon=True)

    def start(self) -> None:
        self._consumer.start()
        self._sweeper.start()

    def stop(self) -> None:
        """Lets each worker end the item that it is at; its job goes back to the queue for the next worker."""
        self._draining.set()
        self._consumer.stop(graceful=True)
        self._sweeper.join()
        self._queue.close()

    def _work_on(self, desk_id: str, job_id: str) -> None:
        if self._draining.is_set():
            return  # the job is due as it was; whoever comes next finds it
        work_on(self._desk_of(desk_id), job_id, self._draining, self._lease_s)

    def _sweep(self) -> None:
        while not self._draining.wait(min(SWEEP_S, self._lease_s)):
            try:
                # A queue that is not empty may hold the very messages.
                if self._queue.is_empty():
                    self._wake_due()
            except Unavailable as error:
                _log.warning("no look for jobs that are due was possible: %s", error)
            self._consumer.check_worker_health()

    def _wake_due(self) -> None:
        for desk_id in self._desk_ids():
            for job_id in self._desk_of(desk_id).books.jobs.due():
                self._queue.wake(desk_id, job_id)
