"""Workers take what the queue tells them, and find what it does not."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.desk import Desk
from service.domain.job import CheckWork, ClaimToCheck, JobState
from service.domain.key import MAIN_DESK, KeyScope
from service.errors import RecordUnavailable
from service.jobs.queue import JobQueue
from service.jobs.worker import Workers
from service.settings import Settings
from service.tenancy import known_desks
from tests.desks import make_desk

WORK = CheckWork(claims=(ClaimToCheck(text="Kishida met Putin."),))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", threads=1, _env_file=None)


@pytest.fixture
def desks(settings: Settings) -> Iterator[dict[str, Desk]]:
    opened = {desk_id: make_desk(settings, desk_id) for desk_id in (MAIN_DESK, "sports")}
    yield opened
    for desk in opened.values():
        desk.close()


def wait(desk: Desk, job_id: str) -> JobState:
    deadline = time.monotonic() + 20
    while not desk.books.jobs.job(job_id).state.is_final and time.monotonic() < deadline:
        time.sleep(0.02)
    return desk.books.jobs.job(job_id).state


def test_jobs_of_every_desk_are_done_whether_or_not_their_message_came(
    settings: Settings, desks: dict[str, Desk]
) -> None:
    desks[MAIN_DESK].books.keys.create("bot", [KeyScope.CHECK], desk="sports")
    queue = JobQueue(settings)
    told = {desk_id: queue.submit(desk_id, desk.books.jobs, WORK, "me").id for desk_id, desk in desks.items()}
    untold = {desk_id: desk.books.jobs.submit(WORK, "me").id for desk_id, desk in desks.items()}
    keys = desks[MAIN_DESK].books.keys
    workers = Workers(queue, desks.__getitem__, lambda: known_desks(keys), lease_s=0.5)
    workers.start()
    try:
        for jobs in (told, untold):
            assert [wait(desks[desk_id], job_id) for desk_id, job_id in jobs.items()] == [JobState.DONE] * 2
    finally:
        workers.stop()


def test_a_message_is_json_that_names_a_job_and_nothing_else(settings: Settings, desks: dict[str, Desk]) -> None:
    queue = JobQueue(settings)
    assert queue.is_empty()
    job = queue.submit(MAIN_DESK, desks[MAIN_DESK].books.jobs, WORK, "me")
    assert not queue.is_empty()
    with sqlite3.connect(settings.data_dir / "queue.sqlite3") as connection:
        ((data,),) = connection.execute("SELECT data FROM task").fetchall()
    connection.close()
    assert job.id.encode() in data
    assert b"Kishida" not in data
    assert data.startswith(b'["')
    queue.close()


def test_a_queue_that_cannot_be_written_loses_no_job(settings: Settings, desks: dict[str, Desk]) -> None:
    queue = JobQueue(settings)
    with sqlite3.connect(settings.data_dir / "queue.sqlite3") as connection:
        connection.execute("DROP TABLE task")
    connection.close()
    job = queue.submit(MAIN_DESK, desks[MAIN_DESK].books.jobs, WORK, "me")
    assert desks[MAIN_DESK].books.jobs.due() == [job.id]
    with pytest.raises(RecordUnavailable, match="queue"):
        queue.is_empty()
    queue.close()


def test_workers_outlive_a_time_without_queue_and_record(settings: Settings, desks: dict[str, Desk]) -> None:
    desk = desks[MAIN_DESK]
    away = threading.Event()
    away.set()
    asked = threading.Event()

    def desk_ids() -> list[str]:
        if away.is_set():
            asked.set()
            raise RecordUnavailable("The record is away.")
        return [MAIN_DESK]

    workers = Workers(JobQueue(settings), desks.__getitem__, desk_ids, lease_s=0.1)
    workers.start()
    try:
        assert asked.wait(10)
        job = desk.books.jobs.submit(WORK, "me")
        away.clear()
        assert wait(desk, job.id) is JobState.DONE
    finally:
        workers.stop()


def test_a_queue_that_cannot_be_opened_says_what_to_do(settings: Settings) -> None:
    settings.data_dir.mkdir()
    (settings.data_dir / "queue.sqlite3").write_bytes(b"no database" * 1_000)
    with pytest.raises(RecordUnavailable, match="may be deleted"):
        JobQueue(settings)
