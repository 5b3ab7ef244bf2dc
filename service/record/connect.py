"""A database's address becomes connections whose write transactions come one at a time."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from service.errors import BadSettings, ClaimdeskError
from service.record.failures import translated, understood

LOCK_DEADLINE_S = 5
"""How long to wait for another writer. `python -m eval.bench_record`: a write takes about 15 ms."""

CONNECT_DEADLINE_S = 5

# Starlette's threadpool runs 40 requests at once. Connections are opened when they are first needed.
_CONNECTIONS = 40

# The advisory lock of PostgreSQL that every writer of a record takes: an arbitrary number, and the schema, so that
# desks in one database do not wait for each other. A schema that is yet to be made has no name.
_WRITE_LOCK = "pg_advisory_xact_lock(1668047209, hashtext(coalesce(current_schema(), '')))"

# A connection fills its cache only with the pages that it reads. `python -m eval.bench_record`: a search for
# frequent words among 30,000 sentences takes 24 to 35 ms with 16 MB or more, and 45 with SQLite's own 2 MB.
_CACHE_KIB = 16_384

_SQLITE = "sqlite:///"
_POSTGRES = frozenset({"postgres", "postgresql", "postgresql+psycopg"})


class Database:
    """An open SQLite or PostgreSQL database, there in `schema`; safe to use from several threads.

    Raises, in every method, RecordLocked when another writer is too slow and RecordUnavailable when
    the database cannot be used.
    """

    def __init__(self, url: str, lock_deadline_s: float = LOCK_DEADLINE_S, schema: str | None = None) -> None:
        parsed = _parse(url)
        self.schema = schema
        self.place = _place(parsed)
        self._lock_deadline_ms = int(lock_deadline_s * 1000)
        if parsed.drivername == "sqlite":
            self._engine = self._open_sqlite(parsed)
        else:
            self._engine = self._open_postgres(parsed)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads; it waits for no writer. A row that cannot be understood was altered."""
        with self._transaction(write=False) as connection, understood(self.place):
            yield connection

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that holds the record's one write lock from before its first statement.

        What it reads cannot change before it commits, and its own sequence numbers have no rival.
        """
        return self._transaction(write=True)

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A transaction that sees one moment, however long it reads and whatever is written meanwhile."""
        with self.reading() as connection:
            if connection.dialect.name == "postgresql":  # SQLite's transactions are like that by themselves
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield connection

    @contextmanager
    def _transaction(self, *, write: bool) -> Iterator[Connection]:
        with translated(self.place), self._engine.execution_options(write=write).begin() as connection:
            yield connection

    def close(self) -> None:
        self._engine.dispose()

    def _open_sqlite(self, url: URL) -> Engine:
        engine = create_engine(
            url, pool_size=_CONNECTIONS, max_overflow=0, pool_timeout=CONNECT_DEADLINE_S, hide_parameters=True
        )
        event.listen(engine, "connect", self._prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _prepare_sqlite(self, connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # the driver must not begin transactions: `_begin_sqlite` does
        connection.execute(f"PRAGMA busy_timeout = {self._lock_deadline_ms}")
        connection.execute("PRAGMA foreign_keys = ON")
        # An acknowledged article must survive the loss of power too: FULL syncs the WAL at every commit.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._ensure_wal(connection)

    def _ensure_wal(self, connection: sqlite3.Connection) -> None:
        """Turns a new file to WAL. SQLite's own busy timeout does not cover two that do so at once."""
        deadline = time.monotonic() + self._lock_deadline_ms / 1000
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)

    def _open_postgres(self, url: URL) -> Engine:
        connecting: dict[str, object] = {"connect_timeout": CONNECT_DEADLINE_S, "client_encoding": "utf8"}
        if self.schema is not None:
            # Only this schema is searched: a table that is missing here is never found in another desk's.
            connecting["options"] = f"{url.query.get('options', '')} -csearch_path={self.schema}".strip()
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=_CONNECTIONS,
            max_overflow=0,
            pool_timeout=CONNECT_DEADLINE_S,
            pool_pre_ping=True,  # a server that was restarted costs one reconnection, not one error
            hide_parameters=True,
            connect_args=connecting,
        )
        event.listen(engine, "begin", self._begin_postgres)
        return engine

    def _begin_postgres(self, connection: Connection) -> None:
        if _is_write(connection):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {self._lock_deadline_ms}")
            connection.exec_driver_sql(f"SELECT {_WRITE_LOCK}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _is_write(connection) else "BEGIN")


def _is_write(connection: Connection) -> bool:
    options: dict[str, Any] = dict(connection.get_execution_options())
    return bool(options.get("write"))


def _parse(url: str) -> URL:
    if url.startswith(_SQLITE):  # the rest is a path, in which "?" and "%" mean themselves
        return _sqlite(url.removeprefix(_SQLITE))
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # The parser's own words can quote a part of the password: keep them out of the chain.
        raise _not_an_address() from None
    if parsed.drivername in _POSTGRES:
        return parsed
    raise _not_an_address()


def _sqlite(path: str) -> URL:
    if path in ("", ":memory:"):  # each connection would have a database of its own
        raise _not_an_address()
    return URL.create("sqlite", database=path)


def _not_an_address() -> ClaimdeskError:
    return BadSettings(
        "The record's address is not understood. Set DATABASE_URL to postgresql://USER:PASSWORD@HOST/NAME, "
        "special characters of the password percent-encoded, or leave it unset to use SQLite."
    )


def _place(url: URL) -> str:
    """The database's name for messages: never the password, nor parameters that can hold it."""
    if url.drivername == "sqlite":
        return str(url.database)
    return f"{url.host or 'the local socket'}:{url.port or 5432}/{url.database or ''}"
