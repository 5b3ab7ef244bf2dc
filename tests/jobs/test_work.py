"""A job is worked on from its cursor, item by item, and ends as it should."""

import threading
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from service.desk import Desk
from service.domain.job import CheckWork, ClaimToCheck, Cursor, IngestWork, JobState, ReindexWork
from service.domain.report import Report, Status
from service.domain.verdict import Label
from service.domain.webhook import Event
from service.errors import BadSettings, LlmBadReply, RecordLocked
from service.ingest.pipeline import ingest
from service.jobs import work
from service.jobs.work import work_on
from service.run import Run
from service.settings import Settings
from tests.desks import make_desk
from tests.reports import make_report

STORY = "Ministers meet\n\nJapan's Foreign Minister Fumio Kishida met Vladimir Putin. Kishida and Putin have met five times."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with make_desk(Settings(data_dir=tmp_path / "data", threads=1, _env_file=None)) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "stories"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"{STORY} It was day {number}.")
    (folder / "3.xyz").write_text("?")
    return folder


def test_files_are_taken_in_and_what_cannot_be_read_is_told(desk: Desk, folder: Path) -> None:
    job = desk.books.jobs.submit(IngestWork(sources=(str(folder), str(folder / "gone.txt"))), "me")
    work_on(desk, job.id, threading.Event())
    done = desk.books.jobs.job(job.id)
    assert (done.state, done.done, done.failed, done.cursor) == (JobState.DONE, 5, 2, Cursor(source=2))
    items = desk.books.jobs.items(job.id)
    assert [item.failure.code for item in items if item.failure] == ["unsupported_type", "unreadable_file"]
    assert [item.article.status for item in items if item.article] == [Status.ADDED] * 3
    assert desk.index.count() == desk.record.count() > 0


def test_a_job_goes_on_at_its_cursor(desk: Desk, folder: Path) -> None:
    job = desk.books.jobs.submit(IngestWork(sources=("gone.txt", str(folder))), "me")
    held = desk.books.jobs.take(job.id, 60)
    assert held is not None
    desk.books.jobs.release(desk.books.jobs.advance(held, Cursor(source=1, item=2), None))
    work_on(desk, job.id, threading.Event())
    items = desk.books.jobs.items(job.id)
    assert [item.article is not None for item in items] == [True, False]  # the third story, and the odd file
    assert len(desk.record.articles()) == 1


def test_claims_are_checked_and_an_empty_one_is_a_failure_of_its_own(desk: Desk, folder: Path) -> None:
    desk.ingest([str(folder)])
    claims = ("Kishida and Putin have met seven times.", "...", "Kishida met Putin.")
    job = desk.books.jobs.submit(CheckWork(claims=tuple(ClaimToCheck(text=claim) for claim in claims)), "me")
    work_on(desk, job.id, threading.Event())
    done = desk.books.jobs.job(job.id)
    assert (done.state, done.done, done.total, done.failed) == (JobState.DONE, 3, 3, 1)
    first, second, third = desk.books.jobs.items(job.id)
    assert first.report is not None
    assert first.report.label is Label.REFUTED
    assert second.failure is not None
    assert second.failure.code == "empty_text"
    assert third.report is not None
    assert third.report.claim == claims[2]


def test_the_index_is_rebuilt(desk: Desk, folder: Path) -> None:
    desk.ingest([str(folder)])
    desk.index.reset()
    job = desk.books.jobs.submit(ReindexWork(), "me")
    work_on(desk, job.id, threading.Event())
    done = desk.books.jobs.job(job.id)
    assert (done.state, done.done, done.total) == (JobState.DONE, desk.record.count(), desk.record.count())
    assert desk.index.count() == desk.record.count()


def test_a_worker_that_ends_gives_the_job_back_between_two_items(desk: Desk, folder: Path) -> None:
    draining = threading.Event()
    draining.set()
    job = desk.books.jobs.submit(IngestWork(sources=(str(folder),)), "me")
    work_on(desk, job.id, draining)
    assert desk.books.jobs.job(job.id).state is JobState.QUEUED
    assert desk.books.jobs.due() == [job.id]


def test_a_cancelled_job_ends_after_the_present_item_and_tells_its_webhook(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.books.webhooks.subscribe("https://example.org/hook", [Event.JOB_FINISHED], "me")
    job = desk.books.jobs.submit(IngestWork(sources=(str(folder),)), "me")

    def ingest_and_cancel(*arguments: object) -> object:
        desk.books.jobs.cancel(job.id)
        return ingest(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "ingest", ingest_and_cancel)
    work_on(desk, job.id, threading.Event())
    ended = desk.books.jobs.job(job.id)
    assert (ended.state, ended.done) == (JobState.CANCELLED, 1)
    (message,) = desk.books.webhooks.deliveries()
    assert '"state": "cancelled"' in message.body
    assert "stories" not in message.body


def fail(error: Exception, *_: object) -> object:
    raise error


def test_an_item_whose_record_is_locked_is_tried_again_before_it_fails(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "PAUSES_S", (0.0, 0.0))
    answers = iter([RecordLocked("Locked."), RecordLocked("Locked."), None, *[RecordLocked("Locked.")] * 9])

    def ingest_in_time(*arguments: object) -> object:
        error = next(answers)
        if error is not None:
            raise error
        return ingest(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "ingest", ingest_in_time)
    job = desk.books.jobs.submit(IngestWork(sources=tuple(str(folder / f"{number}.txt") for number in range(2))), "me")
    work_on(desk, job.id, threading.Event())
    first, second = desk.books.jobs.items(job.id)
    assert first.article is not None
    assert second.failure is not None
    assert second.failure.code == "record_locked"


def test_a_wrong_setting_fails_the_job_with_what_to_do(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "ingest", partial(fail, BadSettings("Set it right.")))
    job = desk.books.jobs.submit(IngestWork(sources=(str(folder),)), "me")
    work_on(desk, job.id, threading.Event())
    ended = desk.books.jobs.job(job.id)
    assert ended.state is JobState.FAILED
    assert ended.error is not None
    assert (ended.error.code, ended.error.message) == ("bad_settings", "Set it right.")


def test_a_worker_whose_lease_another_took_leaves_the_job_alone(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    job = desk.books.jobs.submit(IngestWork(sources=(str(folder),)), "me")

    def ingest_too_late(*arguments: object) -> object:
        time.sleep(0.1)  # longer than the lease, which nobody prolongs in time
        assert desk.books.jobs.take(job.id, 60) is not None
        return ingest(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "ingest", ingest_too_late)
    monkeypatch.setattr(desk.books.jobs, "renew", partial(fail, RecordLocked("Locked.")))
    work_on(desk, job.id, threading.Event(), lease_s=0.05)
    running = desk.books.jobs.job(job.id)
    assert (running.state, running.attempts, running.done) == (JobState.RUNNING, 2, 0)
    assert "Another worker has taken the job" in caplog.text


def test_a_batch_is_paid_by_whoever_asked_and_a_bad_reply_of_the_model_costs_one_claim(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    payers: list[tuple[str, int | None, bool]] = []

    def check(claim: str, as_of: date | None, *, run: Run) -> Report:
        payers.append((run.key, run.budget_microusd, run.llm_only))
        if claim == "One.":
            raise LlmBadReply("The model answered off its schema. Ask again.")
        return make_report(claim)

    monkeypatch.setattr(desk, "check", check)
    claims = (ClaimToCheck(text="One."), ClaimToCheck(text="Two."))
    job = desk.books.jobs.submit(CheckWork(claims=claims, budget_microusd=7, llm_only=True), "key_1")
    work_on(desk, job.id, threading.Event())
    first, second = desk.books.jobs.items(job.id)
    assert first.failure is not None
    assert first.failure.code == "llm_bad_reply"
    assert second.report == make_report("Two.")
    assert payers == [("key_1", 7, True)] * 2
