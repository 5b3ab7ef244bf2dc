"""An installation becomes a list of what is well and what is not, each with what to do about it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from service.backends.local import weights
from service.desk import Desk
from service.domain.base import Frozen
from service.domain.job import JobState
from service.domain.webhook import DeliveryState
from service.errors import ClaimdeskError
from service.retrieve.indexing import Health, probe

LEAST_FREE = 2_000_000_000
"""Bytes: a record of 100,000 sentences with its index takes 0.4 GB (`python -m eval.bench_record`)."""

WAITING = timedelta(minutes=10)
"""How long a job may wait for a worker before it looks as if there were none."""


class Verdict(StrEnum):
    WELL = "well"
    LOOK = "look"  # it works, and should be looked at
    ILL = "ill"


class Finding(Frozen):
    """What was looked at, how it is, and in one sentence why and what to do."""

    what: str
    verdict: Verdict
    message: str


def examine(desk: Desk) -> Iterator[Finding]:
    """One finding after the other; a part that fails is a finding too, and the others are still looked at."""
    parts: dict[str, Callable[[Desk], tuple[Verdict, str]]] = {
        "settings": _settings,
        "disk": _disk,
        "weights": _weights,
        "record": _record,
        "index": _index,
        "audit": _audit,
        "keys": _keys,
        "jobs": _jobs,
        "webhooks": _webhooks,
    }
    for what, look in parts.items():
        try:
            verdict, message = look(desk)
        except ClaimdeskError as error:
            verdict, message = Verdict.ILL, f"{error} [{error.code}]"
        yield Finding(what=what, verdict=verdict, message=message)


def _settings(desk: Desk) -> tuple[Verdict, str]:
    settings = desk.settings
    record = "PostgreSQL" if settings.database_url else "SQLite"
    index = "an outside Chroma server" if settings.chroma_url else "an own Chroma server"
    message = f"{record} and {index}, data in {settings.data_dir}, backend {settings.backend}"
    if settings.fetch_private:
        return Verdict.LOOK, f"{message}. CLAIMDESK_FETCH_PRIVATE lets addresses reach this network: unset it if unsure"
    return Verdict.WELL, message


def _disk(desk: Desk) -> tuple[Verdict, str]:
    folder = next(
        path for path in (desk.settings.data_dir, *desk.settings.data_dir.absolute().parents) if path.exists()
    )
    free = shutil.disk_usage(folder).free
    message = f"{free / 1e9:.1f} GB are free at {folder}"
    if free < LEAST_FREE:
        return Verdict.ILL, f"{message}: make room before the record or the index fails to write"
    return Verdict.WELL, message


def _weights(_: Desk) -> tuple[Verdict, str]:
    return Verdict.WELL, f"{weights.verify()} files are as they were published"


def _record(desk: Desk) -> tuple[Verdict, str]:
    embedder = desk.record.embedder_id()
    message = f"{len(desk.record.articles()):,} articles, {desk.record.count():,} sentences that can be cited"
    if embedder not in (None, desk.embedder.id):
        return Verdict.ILL, f"{message}, with vectors of {embedder}: run `claimdesk reindex --embed`"
    return Verdict.WELL, message


def _index(desk: Desk) -> tuple[Verdict, str]:
    state = probe(desk.record, desk.index)
    if state.health is Health.BROKEN:
        return Verdict.ILL, f"{state.reason}. Searches go by words alone: run `claimdesk reindex`"
    return (Verdict.WELL if state.health is Health.HEALTHY else Verdict.LOOK), state.reason


def _audit(desk: Desk) -> tuple[Verdict, str]:
    faults = desk.books.audit.faults()
    if faults:
        return Verdict.ILL, f"{faults[0].message} {len(faults)} fault(s) in all: see `claimdesk audit verify`"
    head = desk.books.audit.head()
    return Verdict.WELL, f"{head.seq if head else 0:,} rows prove themselves; keep `claimdesk audit head` elsewhere"


def _keys(desk: Desk) -> tuple[Verdict, str]:
    working = sum(key.revoked is None for key in desk.books.keys.all_keys())
    if not working:
        return Verdict.WELL, "none: only this machine is served. `claimdesk keys create` makes the first"
    return Verdict.WELL, f"{working} work"


def _jobs(desk: Desk) -> tuple[Verdict, str]:
    waiting = desk.books.jobs.jobs(state=JobState.QUEUED, limit=1000)
    late = [job for job in waiting if datetime.now(UTC) - job.created > WAITING]
    if late:
        return Verdict.LOOK, f"{len(late)} wait for more than ten minutes: is `claimdesk worker` or the server running?"
    return Verdict.WELL, f"{desk.books.jobs.depth()} queued or running"


def _webhooks(desk: Desk) -> tuple[Verdict, str]:
    failed = desk.books.webhooks.deliveries(state=DeliveryState.FAILED, limit=1000)
    if failed:
        return Verdict.LOOK, f"{len(failed)} messages never arrived, the last: {failed[0].last_error}. Replay them"
    return Verdict.WELL, f"{len(desk.books.webhooks.webhooks())} subscribed, no message lost"
