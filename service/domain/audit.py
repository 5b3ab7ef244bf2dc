"""A row of the audit log, and what is wrong with a log that does not prove itself."""

from datetime import datetime
from enum import StrEnum

from service.domain.base import Frozen


class AuditEntry(Frozen):
    """What was done, by whom, to what. `payload` is canonical JSON, the bytes that the hash covers."""

    seq: int
    at: datetime
    action: str
    subject: str
    payload: str
    hash: str


class Fault(StrEnum):
    CHANGED = "changed"  # the row's content does not fit its hash
    MISSING = "missing"  # the row before is gone
    MOVED = "moved"  # the row is not where it was written
    CUT = "cut"  # the end of the log, as it was known, is gone
    UNLIKE = "unlike"  # what the row vouches for (a report, a decision) is not what is stored


class AuditFault(Frozen):
    seq: int
    fault: Fault
    message: str
