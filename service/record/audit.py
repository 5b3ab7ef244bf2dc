"""What was done to the record becomes a chain of rows in which no row can be changed unseen.

Each hash covers its row and the hash before it (Haber and Stornetta, "How to Time-Stamp a Digital
Document", 1991). The chain shows an edit, a loss or an insertion anywhere but a cut at its end: who
fears that keeps the last hash elsewhere.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

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
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    canonical = _canonical(dict(payload))
    connection.execute(
        insert(AUDIT).values(
            seq=seq,
            at=at,
            action=action,
            subject=subject,
            payload=canonical,
            previous=previous,
            hash=_hash(seq, at, action, subject, canonical, previous),
        )
    )


def verify(connection: Connection) -> int | None:
    """The sequence number at which the chain is first broken, or None when it is whole.

    A row that is missing is reported as its own number. Rows are read in a stream.
    """
    expected, previous = 1, GENESIS
    rows = select(AUDIT).order_by(AUDIT.c.seq).execution_options(yield_per=1000)
    with connection.execute(rows) as result:
        for row in result:
            whole = row.hash == _hash(row.seq, row.at, row.action, row.subject, row.payload, row.previous)
            if row.seq != expected or row.previous != previous or not whole:
                return expected
            expected, previous = row.seq + 1, row.hash
    return None


def _hash(seq: int, at: str, action: str, subject: str, payload: str, previous: str) -> str:
    return hashlib.sha256(_canonical([seq, at, action, subject, payload, previous]).encode()).hexdigest()


def _canonical(value: object) -> str:
    """JSON that is the same bytes for the same value: sorted keys, no spaces, ASCII only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
