"""A worker that is killed at any moment loses no item of its job and doubles none; one that is asked to end drains."""

import json
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import URL

from service.books import open_books_of
from service.domain.job import IngestWork, Job, JobState
from service.domain.key import MAIN_DESK
from service.jobs.queue import JobQueue
from service.ledgers import Books
from service.settings import Settings
from service.tenancy import place_of
from tests.jobs.worker_process import start_worker
from tests.postgres import create_database
from tests.record.samples import numbers

pytest_plugins = ["tests.record.databases"]

ARTICLES = 80
KILLS = 4
LEASE_S = 0.6
DEADLINE_S = 60.0


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    if request.param == "sqlite":
        return Settings(data_dir=tmp_path / "data", _env_file=None)
    server: URL = request.getfixturevalue("postgres")
    address = create_database(server, f"jobs_{next(numbers)}")
    return Settings(data_dir=tmp_path / "data", database_url=SecretStr(address), _env_file=None)


@pytest.fixture
def books(settings: Settings) -> Iterator[Books]:
    opened = open_books_of(settings, place_of(settings, MAIN_DESK))
    yield opened
    opened.record.close()


@pytest.fixture
def queue(settings: Settings) -> Iterator[JobQueue]:
    opened = JobQueue(settings)
    yield opened
    opened.close()


@contextmanager
def worker(settings: Settings) -> Iterator[BaseProcess]:
    process = start_worker(settings, LEASE_S)
    try:
        yield process
    finally:
        process.kill()
        process.join()
        process.close()


def wait_for(books: Books, job_id: str, done: int) -> Job:
    deadline = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline:
        job = books.jobs.job(job_id)
        if job.done >= done or job.state.is_final:
            return job
        time.sleep(0.01)
    raise AssertionError(f"the job did not get to {done}: {books.jobs.job(job_id)}")


def write_archive(path: Path) -> str:
    lines = [{"id": i, "text": f"Story {i}\n\nMayor Zed{i} opened bridge {i}. It was cold."} for i in range(ARTICLES)]
    lines[7] = {"id": 7, "text": "  "}
    path.write_text("\n".join(json.dumps(line) for line in lines))
    return str(path)


def test_a_job_survives_kills_at_any_moment(settings: Settings, books: Books, queue: JobQueue, tmp_path: Path) -> None:
    generator = random.Random(20140304)
    job = queue.submit(MAIN_DESK, books.jobs, IngestWork(sources=(write_archive(tmp_path / "archive.jsonl"),)), "me")
    for kill in range(1, KILLS + 1):
        with worker(settings) as process:
            reached = wait_for(books, job.id, books.jobs.job(job.id).done + 1)
            time.sleep(generator.uniform(0, 0.1))
            process.kill()
        assert reached.attempts >= kill  # more, where the lease ran out before a busy machine renewed it
    with worker(settings):
        ended = wait_for(books, job.id, ARTICLES)
        while not ended.state.is_final:
            ended = wait_for(books, job.id, ARTICLES + 1)
    assert (ended.state, ended.done, ended.failed) == (JobState.DONE, ARTICLES, 1)
    items = books.jobs.items(job.id, limit=2 * ARTICLES)
    assert [item.position for item in items] == list(range(ARTICLES))
    assert [item.position for item in items if item.failure] == [7]
    stored = {article.id: article.version for article in books.record.articles()}
    assert stored == {item.article.id: 1 for item in items if item.article}
    assert len(stored) == ARTICLES - 1
    assert books.audit.faults() == []


def test_a_worker_that_is_asked_to_end_gives_its_job_back_at_once(
    settings: Settings, books: Books, queue: JobQueue, tmp_path: Path
) -> None:
    job = queue.submit(MAIN_DESK, books.jobs, IngestWork(sources=(write_archive(tmp_path / "archive.jsonl"),)), "me")
    with worker(settings) as process:
        wait_for(books, job.id, 1)
        process.terminate()
        process.join(20)
        assert process.exitcode == 0
    given_back = books.jobs.job(job.id)
    assert given_back.state is JobState.QUEUED
    assert 0 < given_back.done < ARTICLES
    assert given_back.cursor.item == given_back.done
    assert books.jobs.due() == [job.id]
