"""What is old is deleted, and nothing that somebody still needs."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from service.domain.job import CheckWork, ClaimToCheck, Cursor, IngestWork, JobItem, JobState
from service.domain.key import MAIN_DESK
from service.domain.report import Failure
from service.domain.webhook import DeliveryState, Event
from service.errors import JobNotFound
from service.jobs.prune import Pruned, prune
from service.ledgers import Books
from service.settings import Settings
from service.tenancy import Place, place_of
from tests.record.samples import add, make_article

pytest_plugins = ["tests.record.databases"]

NOW = timedelta(0)
MONTH = timedelta(days=30)


def upload(folder: Path, name: str, days_ago: float) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"12345")
    moment = path.stat().st_mtime - days_ago * 86_400
    os.utime(path, (moment, moment))
    return path


def place_in(folder: Path) -> Place:
    return place_of(Settings(data_dir=folder, _env_file=None), MAIN_DESK)


def end_a_job(books: Books, source: str) -> str:
    job = books.jobs.take(books.jobs.submit(IngestWork(sources=(source,)), "key_1").id, 60)
    assert job is not None
    failure = Failure(source=source, code="empty_page", message="It is empty.")
    books.jobs.advance(job, Cursor(source=1), JobItem(position=0, failure=failure))
    books.jobs.finish(job, JobState.DONE)
    return job.id


def test_ended_jobs_and_sent_messages_go_and_what_waits_stays(books: Books, tmp_path: Path) -> None:
    books.webhooks.subscribe("https://example.org/hook", [Event.JOB_FINISHED], "key_1")
    ended = end_a_job(books, "a")
    waiting = books.jobs.submit(CheckWork(claims=(ClaimToCheck(text="It rained."),)), "key_1").id
    (sent,) = books.webhooks.take_due(10, 0)
    books.webhooks.attempted(sent.id, status=200, error=None, retry_at=None)
    books.webhooks.publish(Event.JOB_FINISHED, "{}")

    assert prune(books, place_in(tmp_path), MONTH) == Pruned(jobs=0, messages=0, files=0, bytes=0)
    assert prune(books, place_in(tmp_path), NOW) == Pruned(jobs=1, messages=1, files=0, bytes=0)

    with pytest.raises(JobNotFound):
        books.jobs.items(ended)
    assert [job.id for job in books.jobs.jobs()] == [waiting]
    assert [each.state for each in books.webhooks.deliveries()] == [DeliveryState.WAITING]
    assert next(entry.action for entry in books.audit.entries()) == "record.pruned"
    assert books.audit.faults() == []


def test_an_upload_goes_when_it_is_old_and_no_job_has_to_read_it(books: Books, tmp_path: Path) -> None:
    old, new, needed, torn = (
        upload(tmp_path / "uploads", name, days) for name, days in (("1/a", 40), ("2/b", 1), ("3/c", 40), ("tmpx", 40))
    )
    end_a_job(books, str(old))
    books.jobs.submit(IngestWork(sources=(str(needed), "https://example.org/")), "key_1")
    assert prune(books, place_in(tmp_path), MONTH) == Pruned(jobs=0, messages=0, files=2, bytes=10)
    assert [path.exists() for path in (old, old.parent, new, needed, torn)] == [False, False, True, True, False]


def test_a_desk_that_has_no_uploads_is_no_error(books: Books, tmp_path: Path) -> None:
    assert prune(books, place_in(tmp_path), NOW).files == 0


def test_what_an_article_was_made_from_goes_with_the_article(books: Books, tmp_path: Path) -> None:
    add(books.record, make_article("It stays.", article_id="stays"))
    kept, orphan, torn, new = (
        upload(tmp_path / "originals", name, days)
        for name, days in (("stays.zip", 40), ("gone.zip", 40), ("tmpx", 40), ("late.zip", 1))
    )
    assert prune(books, place_in(tmp_path), MONTH) == Pruned(jobs=0, messages=0, files=2, bytes=10)
    assert [path.exists() for path in (kept, orphan, torn, new)] == [True, False, False, True]
