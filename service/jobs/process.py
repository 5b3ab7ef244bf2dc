"""The settings become a process that does jobs until it is asked to end."""

import signal
import threading
from collections.abc import Callable, Iterable
from types import FrameType

from service.desk import Desk
from service.jobs.lease import LEASE_S
from service.jobs.queue import JobQueue
from service.jobs.work import Tell, tell_nobody
from service.jobs.worker import Workers
from service.settings import Settings


def run_workers(
    settings: Settings,
    desk_of: Callable[[str], Desk],
    desk_ids: Callable[[], Iterable[str]],
    *,
    count: int,
    lease_s: float = LEASE_S,
    tell: Tell = tell_nobody,
) -> None:
    """Returns after SIGTERM or Ctrl-C, when every worker has ended the item that it was at."""
    asked = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        asked.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    workers = Workers(
        JobQueue(settings), desk_of, desk_ids, count=count, lease_s=lease_s, private=settings.fetch_private, tell=tell
    )
    workers.start()
    try:
        asked.wait()
    finally:
        workers.stop()
        for number, handler in before.items():
            signal.signal(number, handler)
