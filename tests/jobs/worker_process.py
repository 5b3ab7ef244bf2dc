"""A worker in a process of its own, to be killed."""

from multiprocessing import get_context
from multiprocessing.process import BaseProcess

from service.domain.key import MAIN_DESK
from service.jobs.process import run_workers
from service.settings import Settings
from tests.desks import make_desk

# The fork server has everything imported, so that a worker is there at once.
_processes = get_context("forkserver")
_processes.set_forkserver_preload([__name__])


def start_worker(settings: Settings, lease_s: float) -> BaseProcess:
    """Two threads that do the main desk's jobs."""
    process = _processes.Process(target=_work, args=(settings, lease_s))
    process.start()
    return process


def _work(settings: Settings, lease_s: float) -> None:
    with make_desk(settings) as desk:
        run_workers(settings, lambda _: desk, lambda: [MAIN_DESK], count=2, lease_s=lease_s)
