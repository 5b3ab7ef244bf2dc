"""What was done to the record becomes a chain of rows in which no row can be changed unseen.

Each hash covers its row and the hash before it (Haber and Stornetta, "How to Time-Stamp a Digital
Document", 1991). The chain shows an edit, a loss or an insertion anywhere but a cut at its end: who
fears that keeps the last hash elsewhere (`claimdesk audit head`). `prove.py` looks for what does not fit.
"""

import hashlib
import json
from collections.abc import Mapping

from sqlalchemy import Connection, Select, insert, select

from service.domain.audit import AuditEntry
from service.record.moments import now, to_text
from service.record.newest import newest_rows
from service.record.tables import AUDIT

GENESIS = "0" * 64
"""What stands for the hash before the first row."""

Payload = Mapping[str, str | int | bool | None]


def append(connection: Connection, action: str, subject: str, payload: Payload) -> None:
    """Adds a row as a part of the caller's transaction, which must be one of `Database.writing`.

    That transaction holds the write lock, so the row that is last now is still last at its commit.
    """
    last = connection.execute(select(AUDIT.c.seq, AUDIT.c.hash).order_by(AUDIT.c.seq.desc()).limit(1)).first()
    seq, previous = (last.seq + 1, last.hash) if last else (1, GENESIS)
    at = to_text(now())
    canonical = to_canonical(dict(payload))
    connection.execute(
        insert(AUDIT).values(
            seq=seq,
            at=at,
            action=action,
            subject=subject,
            payload=canonical,
            previous=previous,
            hash=hash_row(seq, at, action, subject, canonical, previous),
        )
    )


def newest(connection: Connection, before: int | None, limit: int) -> list[AuditEntry]:
    """Rows, newest first, those before the number `before`."""
    return _entries(connection, newest_rows(AUDIT, before, limit))


def of_subject(connection: Connection, subject: str) -> list[AuditEntry]:
    """Every row about `subject`, oldest first."""
    return _entries(connection, select(AUDIT).where(AUDIT.c.subject == subject).order_by(AUDIT.c.seq))


def hash_row(seq: int, at: str, action: str, subject: str, payload: str, previous: str) -> str:
    """The hex SHA-256 of a row and the hash before it."""
    return hashlib.sha256(to_canonical([seq, at, action, subject, payload, previous]).encode()).hexdigest()


def digest(text: str) -> str:
    """What a row vouches for a stored text by: its hex SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()


def to_canonical(value: object) -> str:
    """JSON that is the same bytes for the same value: sorted keys, no spaces, ASCII only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _entries(connection: Connection, query: Select[tuple[object, ...]]) -> list[AuditEntry]:
    rows = connection.execute(query).mappings()
    return [AuditEntry.model_validate({name: row[name] for name in AuditEntry.model_fields}) for row in rows]
