"""Work that outlives a request: what is to be done, how far it is, and what came of each item."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from service.domain.base import Frozen
from service.domain.report import Failure, IngestedArticle, Report

MOST_CLAIMS = 1_000
"""Claims in one batch."""


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"  # every item was worked on; single items may have failed
    FAILED = "failed"  # it could not go on: see `error`
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        return self in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class IngestWork(Frozen):
    """Take in what the sources hold: files, folders, JSONL archives and addresses that the worker can read."""

    kind: Literal["ingest"] = "ingest"
    sources: tuple[str, ...] = Field(min_length=1)
    budget_microusd: int | None = None  # of whoever asked, for a day, where embeddings cost; None: as the settings say


class ClaimToCheck(Frozen):
    text: str
    as_of: date | None = None


class CheckWork(Frozen):
    """Check each claim by the archive."""

    kind: Literal["check"] = "check"
    claims: tuple[ClaimToCheck, ...] = Field(min_length=1, max_length=MOST_CLAIMS)
    budget_microusd: int | None = None  # of whoever asked, for a day; None: as the settings say
    llm_only: bool = False  # a claim fails where the remote model does


class ReindexWork(Frozen):
    """Rebuild the vector index from the record."""

    kind: Literal["reindex"] = "reindex"


Work = Annotated[IngestWork | CheckWork | ReindexWork, Field(discriminator="kind")]


class Cursor(Frozen):
    """Where the next item is: the source, and the item in it, both from 0."""

    source: int = 0
    item: int = 0


class JobError(Frozen):
    code: str
    message: str


class Job(Frozen):
    """One job. `done` items of `total` (None: not known yet) are worked on, `failed` of them without success.

    `attempts` counts the workers that took it. It is the fencing token too: a worker that lost its lease
    holds an old number, and whatever it still wants to write is refused.
    """

    seq: int
    id: str
    work: Work
    state: JobState
    cursor: Cursor = Cursor()
    done: int = 0
    failed: int = 0
    total: int | None = None
    attempts: int = 0
    cancel_requested: bool = False
    error: JobError | None = None
    created_by: str
    created: datetime
    started: datetime | None = None
    finished: datetime | None = None

    @property
    def kind(self) -> str:
        return self.work.kind


class JobItem(Frozen):
    """What came of one item: exactly one of an article, a report and a failure. `position` counts from 0."""

    position: int
    article: IngestedArticle | None = None
    report: Report | None = None
    failure: Failure | None = None
