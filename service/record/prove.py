"""The audit log and the rows that it vouches for become the list of what does not fit."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from service.domain.audit import AuditEntry, AuditFault, Fault
from service.record import audit
from service.record.connect import Database
from service.record.desk_tables import CLAIM_DECISIONS, CLAIM_REPORTS, CLAIMS
from service.record.tables import AUDIT

MOST_FAULTS = 100
"""Faults that are looked for: a log with more is not repaired row by row."""


class SqlAuditLog:
    """The port `AuditLog`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, action: str, subject: str, payload: dict[str, str | int | bool | None]) -> None:
        """Adds a row."""
        with self._database.writing() as connection:
            audit.append(connection, action, subject, payload)

    def entries(self, *, before: int | None = None, limit: int = 50) -> list[AuditEntry]:
        """Rows, newest first; `before` is the number of the last one seen."""
        with self._database.reading() as connection:
            return audit.newest(connection, before, limit)

    def head(self) -> AuditEntry | None:
        """The newest row: keep its seq and hash elsewhere, and a cut at the end shows too."""
        return next(iter(self.entries(limit=1)), None)

    def faults(self, known_seq: int | None = None, known_hash: str | None = None) -> list[AuditFault]:
        """What does not fit, oldest first; none means that the log proves itself and what it vouches for.

        The chain is read in a stream. At most about MOST_FAULTS are reported.
        """
        with self._database.reading() as connection:
            return find_faults(connection, known_seq, known_hash)


def find_faults(
    connection: Connection, known_seq: int | None = None, known_hash: str | None = None
) -> list[AuditFault]:
    """See `SqlAuditLog.faults`. A broken log vouches for nothing, so the rows that it tells of are looked at last."""
    found = _broken_links(connection)
    if known_seq is not None:
        found += _cut(connection, known_seq, known_hash)
    return sorted(found or _unlike(connection), key=lambda fault: fault.seq)


def _broken_links(connection: Connection) -> list[AuditFault]:
    faults: list[AuditFault] = []
    unfit: list[Row[Any]] = []
    expected = 1
    previous: str | None = audit.GENESIS  # None after a row that is known to be wrong
    query = select(AUDIT).order_by(AUDIT.c.seq).execution_options(yield_per=1000)
    with connection.execute(query) as rows:
        for row in rows:
            fits = _fits(row, row.seq)
            if row.seq != expected:
                gone = f"row {expected} is" if row.seq == expected + 1 else f"rows {expected} to {row.seq - 1} are"
                faults.append(AuditFault(seq=expected, fault=Fault.MISSING, message=f"{gone.capitalize()} gone."))
            elif fits and previous is not None and row.previous != previous:
                wrong = f"Row {row.seq} does not follow from row {row.seq - 1}: one of the two was written anew."
                faults.append(AuditFault(seq=row.seq, fault=Fault.CHANGED, message=wrong))
            if not fits:
                unfit.append(row)
            expected, previous = row.seq + 1, row.hash if fits else None
            if len(faults) + len(unfit) >= MOST_FAULTS:
                break
    return faults + list(_name_unfit(unfit))


def _name_unfit(unfit: Sequence[Row[Any]]) -> Iterator[AuditFault]:
    """A row that would fit in the place of another unfit row was moved; any other was changed."""
    for row in unfit:
        home = next((other.seq for other in unfit if other is not row and _fits(row, other.seq)), None)
        if home is None:
            message = f"Row {row.seq} ({row.action} {row.subject}) was changed: its content does not fit its hash."
            yield AuditFault(seq=row.seq, fault=Fault.CHANGED, message=message)
        else:
            message = f"Row {row.seq} ({row.action} {row.subject}) was written as row {home}, and moved."
            yield AuditFault(seq=row.seq, fault=Fault.MOVED, message=message)


def _fits(row: Row[Any], seq: int) -> bool:
    expected = audit.hash_row(seq, row.at, row.action, row.subject, row.payload, row.previous)
    return bool(row.hash == expected)


def _cut(connection: Connection, known_seq: int, known_hash: str | None) -> list[AuditFault]:
    stored = connection.scalar(select(AUDIT.c.hash).where(AUDIT.c.seq == known_seq))
    if stored is None:
        message = f"Row {known_seq}, which was known to be in the log, is gone."
    elif known_hash is not None and stored != known_hash:
        message = f"Row {known_seq} has another hash than the known one: the log was written anew."
    else:
        return []
    return [AuditFault(seq=known_seq, fault=Fault.CUT, message=message)]


def _unlike(connection: Connection) -> Iterator[AuditFault]:
    """Claims, machine reports and decisions that are not what the log says was stored."""
    told: dict[tuple[str, str, int], tuple[int, str]] = {}
    query = select(AUDIT).where(AUDIT.c.action.startswith("claim.")).order_by(AUDIT.c.seq)
    for row in connection.execute(query.execution_options(yield_per=1000)):
        payload = json.loads(row.payload)
        told["claim", row.subject, 0] = (row.seq, payload["claim"])
        if row.action in ("claim.checked", "claim.decided"):
            told[row.action, row.subject, payload["number"]] = (row.seq, payload["digest"])
    kept = dict(_kept(connection))
    for what, (seq, expected) in told.items():
        if kept.pop(what, None) != expected:
            yield AuditFault(seq=seq, fault=Fault.UNLIKE, message=f"{_name(*what)} is not what row {seq} vouches for.")
    for what in kept:
        yield AuditFault(seq=0, fault=Fault.UNLIKE, message=f"{_name(*what)} stands in no row of the log.")


def _kept(connection: Connection) -> Iterator[tuple[tuple[str, str, int], str]]:
    """What is stored, by what it is, with the digest of the stored text."""
    for row in connection.execute(select(CLAIMS.c.id, CLAIMS.c.value).execution_options(yield_per=1000)):
        yield ("claim", row.id, 0), audit.digest(row.value)
    for table, action, text in (
        (CLAIM_REPORTS, "claim.checked", CLAIM_REPORTS.c.report),
        (CLAIM_DECISIONS, "claim.decided", CLAIM_DECISIONS.c.decision),
    ):
        query = select(table.c.claim_id, table.c.number, text.label("text")).execution_options(yield_per=1000)
        for stored in connection.execute(query):
            yield (action, stored.claim_id, stored.number), audit.digest(stored.text)


def _name(what: str, claim_id: str, number: int) -> str:
    if what == "claim":
        return f"The claim {claim_id}"
    kind = "machine verdict" if what == "claim.checked" else "decision"
    return f"The {kind} {number} on claim {claim_id}"
