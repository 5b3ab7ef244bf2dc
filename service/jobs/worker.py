"""Messages of the queue become finished jobs, and messages to webhooks are sent, until the process is told to end."""

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from huey.consumer import Consumer

from service.desk import Desk
from service.errors import Unavailable
from service.jobs.feeds import FeedRounds
from service.jobs.lease import LEASE_S
from service.jobs.prune import prune
from service.jobs.queue import JobQueue
from service.jobs.work import Tell, tell_nobody, work_on
from service.tenancy import place_of
from service.webhooks.send import deliver_due

SWEEP_S = 5.0
"""Time between two looks for jobs that are due, whose message was lost or whose worker was killed, and for messages."""

TIDY_S = 3_600.0
"""Time between two looks for what is older than the desk keeps."""

POLL_S = 0.5
"""Longest time between two looks into a SQLite queue; PostgreSQL tells by itself."""

_log = logging.getLogger(__name__)


class _Consumer(Consumer):  # type: ignore[misc]
    """Huey's threads, without its signal handlers: those belong to the process that has the threads."""

    def _set_signal_handlers(self) -> None:
        pass


class Workers:
    """`count` threads that do jobs, one that finds those that nobody was sent to, and one each that sends, looks
    at feeds, and tidies up.

    `private` lets webhooks be on loopback and private addresses; `tell` is told of every verdict of a job.
    """

    def __init__(
        self,
        queue: JobQueue,
        desk_of: Callable[[str], Desk],
        desk_ids: Callable[[], Iterable[str]],
        *,
        count: int = 1,
        lease_s: float = LEASE_S,
        private: bool = False,
        tell: Tell = tell_nobody,
    ) -> None:
        self._queue = queue
        self._desk_of = desk_of
        self._desk_ids = desk_ids
        self._lease_s = lease_s
        self._private = private
        self._tell = tell
        self._draining = threading.Event()
        queue.attend(self._work_on)
        self._consumer: Any = _Consumer(queue.huey, workers=count, periodic=False, max_delay=POLL_S)
        often = min(SWEEP_S, lease_s)
        self._feeds = FeedRounds(self._draining)
        rounds = {
            "job-sweep": (self._sweep, often),
            "webhooks": (self._send, often),
            "feeds": (self._look, often),
            "tidy": (self._tidy, TIDY_S),
        }
        self._rounds = [
            threading.Thread(target=self._repeat, args=(name, *round_), name=name, daemon=True)
            for name, round_ in rounds.items()
        ]

    def start(self) -> None:
        self._consumer.start()
        for thread in self._rounds:
            thread.start()

    def stop(self) -> None:
        """Lets each worker end the item that it is at; its job goes back to the queue for the next worker."""
        self._draining.set()
        self._consumer.stop(graceful=True)
        for thread in self._rounds:
            thread.join()
        self._queue.close()

    def _work_on(self, desk_id: str, job_id: str) -> None:
        if self._draining.is_set():
            return  # the job is due as it was; whoever comes next finds it
        work_on(self._desk_of(desk_id), job_id, self._draining, self._lease_s, self._tell)

    def _repeat(self, name: str, round_: Callable[[], None], every_s: float) -> None:
        while not self._draining.wait(every_s):
            try:
                round_()
            except Unavailable as error:
                _log.warning("a round of %s was not possible: %s", name, error)

    def _sweep(self) -> None:
        self._consumer.check_worker_health()
        if not self._queue.is_empty():
            return  # it may hold the very messages
        for desk_id in self._desk_ids():
            for job_id in self._desk_of(desk_id).books.jobs.due():
                self._queue.wake(desk_id, job_id)

    def _send(self) -> None:
        for desk_id in self._desk_ids():
            deliver_due(self._desk_of(desk_id).books.webhooks, private=self._private, stop=self._draining)

    def _look(self) -> None:
        for desk_id in self._desk_ids():
            self._feeds.look(self._desk_of(desk_id))

    def _tidy(self) -> None:
        for desk_id in self._desk_ids():
            desk = self._desk_of(desk_id)
            if desk.settings.keep_days:
                prune(desk.books, place_of(desk.settings, desk_id), timedelta(days=desk.settings.keep_days))
