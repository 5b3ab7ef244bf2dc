"""A claim on its way through a fact-check desk: received, assigned, checked, decided, published."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from service.domain.base import Frozen
from service.domain.report import Report
from service.domain.verdict import Label


class ClaimOrigin(StrEnum):
    """How a claim came to the desk."""

    API = "api"
    CHAT = "chat"
    BATCH = "batch"
    REVIEW = "review"


class ClaimState(StrEnum):
    QUEUED = "queued"
    ASSIGNED = "assigned"
    CHECKED = "checked"  # by the machine; a person has not decided yet
    AWAITING_SECOND = "awaiting_second"  # decided by one person where the desk wants two
    DECIDED = "decided"
    PUBLISHED = "published"
    DISMISSED = "dismissed"  # not worth a verdict; the reason is in the log


class NewClaim(Frozen):
    """A claim as it is handed in."""

    text: str = Field(min_length=1, max_length=2_000)
    origin: ClaimOrigin
    claimant: str | None = Field(default=None, max_length=500)  # who said it
    said: date | None = None  # when it was said: relative dates count from here
    source_url: str | None = Field(default=None, max_length=2_000)  # where it was said
    article_id: str | None = None  # the stored article that it was found in


class Decision(Frozen):
    """A person's verdict on a claim. It stands beside the machine's, never in its place."""

    number: int  # from 1, per claim
    label: Label
    note: str
    corrected_text: str | None
    decided_by: str
    decided: datetime
    seconded_by: str | None = None


class MachineVerdict(Frozen):
    """What the machine said of a claim, once and for all. `digest` is what the audit log proves it by."""

    number: int  # from 1, per claim
    checked: datetime
    digest: str  # hex SHA-256 of the stored report
    report: Report


class DeskClaim(Frozen):
    """Where a claim stands. The machine's full reports are kept apart: see `Claims.verdicts`."""

    seq: int
    id: str
    text: str
    origin: ClaimOrigin
    state: ClaimState
    received: datetime
    received_by: str
    updated: datetime
    claimant: str | None = None
    said: date | None = None
    source_url: str | None = None
    article_id: str | None = None
    assignee: str | None = None
    machine_label: Label | None = None  # of the newest machine verdict
    machine_verdicts: int = 0
    decision: Decision | None = None  # the standing one
    decisions: int = 0
    published: datetime | None = None


class Assign(Frozen):
    step: Literal["assign"] = "assign"
    to: str = Field(min_length=1, max_length=200)


class Note(Frozen):
    """Words for the desk, at any time: they stand in the log and change nothing."""

    step: Literal["note"] = "note"
    note: str = Field(min_length=1, max_length=20_000)


class RecordCheck(Frozen):
    """The machine's report on the claim."""

    step: Literal["check"] = "check"
    report: Report


class Decide(Frozen):
    """A person's verdict, with the reasons that readers will see."""

    step: Literal["decide"] = "decide"
    label: Label
    note: str = Field(min_length=1, max_length=20_000)
    corrected_text: str | None = Field(default=None, max_length=2_000)


class Second(Frozen):
    """A second person's yes or no to the standing decision; a no sends the claim back with a note."""

    step: Literal["second"] = "second"
    agrees: bool
    note: str | None = Field(default=None, max_length=20_000)

    @model_validator(mode="after")
    def _a_no_has_a_reason(self) -> "Second":
        if not self.agrees and not (self.note or "").strip():
            raise ValueError("a second person who does not agree must say why in `note`")
        return self


class Publish(Frozen):
    step: Literal["publish"] = "publish"


class Dismiss(Frozen):
    step: Literal["dismiss"] = "dismiss"
    reason: str = Field(min_length=1, max_length=2_000)


class Reopen(Frozen):
    """Takes a decided, published or dismissed claim back to work, for instance to correct it."""

    step: Literal["reopen"] = "reopen"
    reason: str = Field(min_length=1, max_length=2_000)


Step = Annotated[
    Assign | Note | RecordCheck | Decide | Second | Publish | Dismiss | Reopen, Field(discriminator="step")
]
