"""A job becomes its results, item by item from its cursor on; each item is booked before the next begins."""

import logging
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from service.desk import Desk
from service.domain.job import CheckWork, Cursor, IngestWork, JobError, JobItem, JobState, ReindexWork
from service.domain.report import Failure, IngestedArticle, Report
from service.errors import Cancelled, ClaimdeskError, InputError, LeaseLost, Unavailable, UnreadableFile, UpstreamFailed
from service.ingest.document import Document
from service.ingest.pipeline import PUSH_EVERY, ingest, require
from service.ingest.read import Unread, is_url
from service.ingest.upload import read_upload
from service.jobs.lease import LEASE_S, Drained, Lease, Withdrawn
from service.ports import Embedder
from service.run import Run

PAUSES_S = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Waits before an item whose record or model does not answer is tried again; after the last one it has failed."""

_log = logging.getLogger(__name__)
T = TypeVar("T")

Tell = Callable[[Report], None]
"""Is told of each verdict once it is booked."""


def tell_nobody(_: Report) -> None:
    """For workers whose verdicts nobody counts."""


def work_on(
    desk: Desk, job_id: str, draining: threading.Event, lease_s: float = LEASE_S, tell: Tell = tell_nobody
) -> None:
    """Does the job, or what is left of it, if nobody else has it. Raises RecordLocked and RecordUnavailable."""
    job = desk.books.jobs.take(job_id, lease_s)
    if job is None:
        return
    with Lease(desk.books.jobs, job, draining, lease_s) as lease:
        try:
            _work(desk, lease, tell)
        except LeaseLost as error:  # whatever else was to be written: it is another's to write now
            _log.warning("%s", error)


def _work(desk: Desk, lease: Lease, tell: Tell) -> None:
    jobs = desk.books.jobs
    try:
        _do(desk, lease, tell)
    except Drained:
        jobs.release(lease.job)
    except (Withdrawn, Cancelled):
        jobs.finish(lease.job, JobState.CANCELLED)
    except (LeaseLost, Unavailable):
        raise  # the row is not ours, or cannot be written now: then the job is due when the lease has run out
    except ClaimdeskError as error:
        jobs.finish(lease.job, JobState.FAILED, JobError(code=error.code, message=str(error)))
    else:
        jobs.finish(lease.job, JobState.DONE)


def _do(desk: Desk, lease: Lease, tell: Tell) -> None:
    match lease.job.work:
        case IngestWork() as work:
            _ingest(desk, work, lease)
        case CheckWork() as work:
            _check(desk, work, lease, tell)
        case ReindexWork():
            _reindex(desk, lease)


def _ingest(desk: Desk, work: IngestWork, lease: Lease) -> None:
    """An article is committed, then booked: what was committed right before a kill is found unchanged after it."""
    start = lease.job.cursor
    embedder = desk.embedder_of(_run_of(lease, work))
    for source_at in range(start.source, len(work.sources)):
        skip = start.item if source_at == start.source else 0
        with closing(_read(desk, work.sources[source_at])) as documents:
            for item_at, document in enumerate(documents):
                if item_at < skip:
                    continue
                lease.checkpoint()
                position = lease.job.done
                taken = _try(lease, partial(_take, desk, embedder, document))
                item = (
                    _failure(position, document.source, taken)
                    if isinstance(taken, ClaimdeskError)
                    else JobItem(position=position, article=taken)
                )
                lease.book(Cursor(source=source_at, item=item_at + 1), item)
                if position % PUSH_EVERY == PUSH_EVERY - 1:
                    desk.push()
        lease.book(Cursor(source=source_at + 1))
    desk.push()


def _read(desk: Desk, source: str) -> Generator[Document | Unread, None, None]:
    """The documents of a source. An upload's are those that they would be without a job, wherever it was kept."""
    path = Path(source)
    if is_url(source) or not path.is_relative_to(desk.settings.data_dir):
        yield from desk.reader.read([source])
        return
    try:
        with path.open("rb") as stream:
            yield from read_upload(path.name, stream, desk.settings.max_input_bytes)
    except OSError as error:
        yield Unread(path.name, UnreadableFile(f"{path.name} cannot be opened: {error.strerror}. Upload it again."))


def _take(desk: Desk, embedder: Embedder, document: Document | Unread) -> IngestedArticle:
    return ingest(require(document), desk.reader.extract, desk.record, embedder, desk.originals.keep)


def _run_of(lease: Lease, work: IngestWork | CheckWork) -> Run:
    """The run on the account of whoever asked for the job."""
    return Run(cancellation=lease.cancellation, key=lease.job.created_by, budget_microusd=work.budget_microusd)


def _check(desk: Desk, work: CheckWork, lease: Lease, tell: Tell) -> None:
    total = len(work.claims)
    run = replace(_run_of(lease, work), llm_only=work.llm_only)
    for position in range(lease.job.cursor.item, total):
        lease.checkpoint()
        claim = work.claims[position]
        report = _try(lease, partial(desk.check, claim.text, claim.as_of, run=run))
        item = (
            _failure(position, claim.text, report)
            if isinstance(report, ClaimdeskError)
            else JobItem(position=position, report=report)
        )
        lease.book(Cursor(item=position + 1), item, total)
        if item.report:
            tell(item.report)


def _reindex(desk: Desk, lease: Lease) -> None:
    """A rebuild that is left half way counts too few vectors: the next search finds that out and starts anew."""

    def progress(done: int, total: int) -> None:
        lease.checkpoint()
        lease.report(done, total)

    lease.checkpoint()
    desk.reindex(progress)


def _try(lease: Lease, step: Callable[[], T]) -> T | ClaimdeskError:
    """The step's result, or the error that it failed with for good."""
    for pause in PAUSES_S:
        try:
            return step()
        except (InputError, UpstreamFailed) as error:
            return error
        except Unavailable as error:
            _log.warning("an item of job %s is tried again in %.0f s: %s", lease.job.id, pause, error)
            lease.pause(pause)
            lease.checkpoint()
    try:
        return step()
    except (InputError, UpstreamFailed, Unavailable) as error:
        return error


def _failure(position: int, source: str, error: ClaimdeskError) -> JobItem:
    return JobItem(position=position, failure=Failure(source=source, code=error.code, message=str(error)))
