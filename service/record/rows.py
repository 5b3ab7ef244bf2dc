"""A record becomes a stream of rows, the same from SQLite and PostgreSQL, and such a stream becomes an equal record.

The lexical index is left out, since each database has a kind of its own, and made anew.
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby, islice
from operator import itemgetter

from sqlalchemy import Column, Connection, Date, LargeBinary, MetaData, Table, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from service.errors import BadBackup, RecordNotEmpty
from service.record import lexical
from service.record.connect import Database
from service.record.migrate import migrate, revision_of
from service.record.tables import ARTICLES, REVISION

_NOT_KEPT = ("lexical", "alembic_version", "sqlite_", "claimdesk_queue")
"""What the names of tables begin with that are made anew, or hold messages that jobs do without."""

BATCH = 1000

Line = tuple[str, str]
"""A table's name, and one of its rows as a JSON object."""


def dump(database: Database) -> Iterator[Line]:
    """Every row as one moment saw it, tables in an order in which they can be written again.

    The first line is ("", the revision).
    """
    with database.snapshot() as connection:
        yield "", json.dumps({"revision": revision_of(connection)})
        for table in _tables(connection):
            query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
            encoders = [(column.name, _encoder(column)) for column in table.columns]
            with connection.execute(query) as rows:
                for row in rows:
                    values = {name: encode(value) for (name, encode), value in zip(encoders, row, strict=True)}
                    yield table.name, json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def load(database: Database, lines: Iterable[Line]) -> int:
    """Writes the rows of a dump into an empty record in one transaction; returns how many.

    Rows of an older revision are brought up to date. Raises RecordNotEmpty, BadBackup for rows that do not fit, and
    RecordUnavailable for those of a newer Claimdesk.
    """
    stream = iter(lines)
    revision = json.loads(next(stream, ("", "{}"))[1]).get("revision")
    if not isinstance(revision, str):
        raise BadBackup("The backup does not begin with a revision. It was cut, or is no backup of Claimdesk.")
    with database.reading() as connection:
        if revision_of(connection) not in (None, revision):
            raise _not_empty(database.place, "the tables of another revision")
    migrate(database, revision)
    written = 0
    with database.writing() as connection:
        tables = {table.name: table for table in _tables(connection)}
        _require_empty(connection, tables.values(), database.place)
        for name, group in groupby(stream, itemgetter(0)):
            if name not in tables:
                raise BadBackup(f"The backup holds a table {name!r} that no record of revision {revision} has.")
            written += _load_table(connection, tables[name], (row for _, row in group))
        for (key,) in connection.execute(select(ARTICLES.c.key).where(ARTICLES.c.newest)).all():
            lexical.index(connection, key)
    migrate(database, REVISION)
    return written


def _load_table(connection: Connection, table: Table, rows: Iterator[str]) -> int:
    decoders = {column.name: _decoder(column) for column in table.columns}
    written = 0
    while batch := list(islice(rows, BATCH)):
        try:
            values = [{name: decode(row[name]) for name, decode in decoders.items()} for row in map(json.loads, batch)]
            connection.execute(insert(table), values)
        except (KeyError, TypeError, ValueError, IntegrityError) as error:
            raise BadBackup(f"A row of {table.name} in the backup does not fit: {type(error).__name__}.") from error
        written += len(batch)
    _advance_sequence(connection, table)
    return written


def _tables(connection: Connection) -> list[Table]:
    """The tables as they are in the database: of any revision, and those that a later module adds."""
    known = MetaData()
    known.reflect(connection, only=lambda name, _: not name.startswith(_NOT_KEPT))
    return known.sorted_tables


def _require_empty(connection: Connection, tables: Iterable[Table], place: str) -> None:
    for table in tables:
        if connection.execute(select(table).limit(1)).first() is not None:
            raise _not_empty(place, f"rows in {table.name}")


def _not_empty(place: str, what: str) -> RecordNotEmpty:
    return RecordNotEmpty(
        f"The record {place} holds {what} already, and a restore must not mix two records. "
        "Name an empty data folder or database, or move this one away."
    )


def _advance_sequence(connection: Connection, table: Table) -> None:
    """Lets PostgreSQL number new rows after the restored ones; SQLite does so by itself."""
    if connection.dialect.name != "postgresql" or "seq" not in table.c:
        return
    sequence = connection.scalar(select(func.pg_get_serial_sequence(f'"{table.name}"', "seq")))
    newest = connection.scalar(select(func.max(table.c.seq)))
    if sequence is not None and newest is not None:
        connection.execute(text("SELECT setval(:sequence, :newest)"), {"sequence": sequence, "newest": newest})


def _encoder(column: "Column[object]") -> Callable[[object], object]:
    if isinstance(column.type, LargeBinary):
        return lambda value: base64.b64encode(value).decode() if isinstance(value, bytes) else value
    if isinstance(column.type, Date):
        return lambda value: value.isoformat() if isinstance(value, date) else value
    return lambda value: value


def _decoder(column: "Column[object]") -> Callable[[object], object]:
    if isinstance(column.type, LargeBinary):
        return lambda value: base64.b64decode(value) if isinstance(value, str) else value
    if isinstance(column.type, Date):
        return lambda value: date.fromisoformat(value) if isinstance(value, str) else value
    return lambda value: value
