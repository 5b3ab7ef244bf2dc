"""A job that a worker has taken stays its own while it works, and the worker learns when to stop.

A thread prolongs the lease; what it hears (the job was cancelled, another worker has it) is raised at the next
checkpoint, which comes between two items: no item is left half done.
"""

import logging
import threading
from types import TracebackType
from typing import Self

from service.domain.job import Cursor, Job, JobItem
from service.errors import LeaseLost, Unavailable
from service.ledgers import Jobs
from service.run import Cancellation

LEASE_S = 30.0
"""How long a killed worker's job waits for the next one. A third of it is the time between two signs of life."""

_log = logging.getLogger(__name__)


class Drained(Exception):
    """The worker ends: the job goes back to the queue."""


class Withdrawn(Exception):
    """The job was cancelled."""


class Lease:
    """A running job. Use it in a `with` block; `draining` is set when the worker is to end."""

    def __init__(self, jobs: Jobs, job: Job, draining: threading.Event, lease_s: float = LEASE_S) -> None:
        self.job = job
        self.cancellation = Cancellation()
        self._jobs = jobs
        self._draining = draining
        self._lease_s = lease_s
        self._lost: LeaseLost | None = None
        self._withdrawn = False
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name=f"lease-{job.id}", daemon=True)

    def checkpoint(self) -> None:
        """Raises LeaseLost, Withdrawn or Drained when the work must stop here."""
        if self._lost is not None:
            raise self._lost
        if self._withdrawn:
            raise Withdrawn
        if self._draining.is_set():
            raise Drained

    def book(self, cursor: Cursor, item: JobItem | None = None, total: int | None = None) -> None:
        """Keeps an item's result and the place of the next one. Raises LeaseLost."""
        self.job = self._jobs.advance(self.job, cursor, item, total=total)
        self._withdrawn = self._withdrawn or self.job.cancel_requested

    def report(self, done: int, total: int) -> None:
        """Shows progress of work that has no items. Raises LeaseLost."""
        self._jobs.report(self.job, done, total)

    def pause(self, seconds: float) -> None:
        """Waits, less long when the worker is to end."""
        self._draining.wait(seconds)

    def _keep(self) -> None:
        while not self._ended.wait(self._lease_s / 3):
            try:
                if self._jobs.renew(self.job, self._lease_s):
                    self._withdrawn = True
                    self.cancellation.cancel()
            except LeaseLost as error:
                self._lost = error
                self.cancellation.cancel()
                return
            except Unavailable as error:  # tried again; if it lasts, the lease runs out and the job is another's
                _log.warning("the lease of job %s could not be prolonged: %s", self.job.id, error)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
