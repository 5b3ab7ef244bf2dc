"""What the database drivers raise becomes an error of our tree that says what to do."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from service.errors import ClaimdeskError, InputError, RecordLocked, RecordUnavailable

# SQLSTATE: lock not available, deadlock detected, serialisation failure.
_LOCK_STATES = frozenset({"55P03", "40P01", "40001"})

_LOCKED = "Another process has held the record for too long. Wait until it is done, then try again."

# The primary code of SQLite's error names (SQLITE_BUSY_SNAPSHOT is a BUSY).
_SQLITE_ADVICE = {
    "CANTOPEN": "it cannot be opened. Check that its folder exists and that this user may write there",
    "NOTADB": "it is not an SQLite database. Move the file away, or point the setting at another",
    "CORRUPT": "it is damaged. Stop every process that uses it and restore the latest backup",
    "READONLY": "it is read-only. Let this user write to the file and to its folder",
    "PERM": "this user may not use it. Let this user read and write the file and its folder",
    "AUTH": "this user may not use it. Let this user read and write the file and its folder",
    "FULL": "the disk is full. Free some space, then try again; nothing was stored",
    "IOERR": "the disk fails to read or write it. Check the disk and its free space",
}

# The tables are not those that the migrations made. SQLite has one code for every kind of wrong SQL.
_ALTERED = re.compile(r"no such (?:table|column|index|module)|has no column named|already exists|duplicate column name")
_ALTERED_STATES = frozenset({"42P01", "42703", "42P07", "42701", "42704", "42710"})  # undefined or duplicate

# By SQLSTATE, or its class.
_POSTGRES_ADVICE = {
    "42501": "the user lacks a privilege there. Grant it CREATE and USAGE on the schema",
    "53": "the server is out of connections, memory or disk. Free some, then try again",
    "54": "a sentence is longer than the server can index. Split the text into sentences first",
}


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Raises RecordLocked, RecordUnavailable or InputError for what a driver raises inside.

    `place` names the database in the message; it must not hold a password. Tables that are missing or were
    made before are a hand's work, or half a copy; what only a mistake in our own SQL can cause passes unchanged.
    """
    try:
        yield
    except PoolTimeout as error:
        raise RecordUnavailable(f"Every connection to {place} is in use. Try again in a moment.") from error
    except UnicodeEncodeError as error:
        raise InputError(_unstorable()) from error
    except DBAPIError as error:
        failure = _sqlite(error, place) if isinstance(error.orig, sqlite3.Error) else _postgres(error, place)
        if failure is None:
            raise
        raise failure from error


@contextmanager
def understood(place: str) -> Iterator[None]:
    """Raises RecordUnavailable for a row, read inside, that is not as Claimdesk writes them."""
    try:
        yield
    except UnicodeError:  # of a query's words, not of a row
        raise
    except (ValueError, TypeError) as error:  # NULL where there was a vector is a TypeError
        problem = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise altered(place, problem) from error


def _sqlite(error: DBAPIError, place: str) -> ClaimdeskError | None:
    name = getattr(error.orig, "sqlite_errorname", "").removeprefix("SQLITE_").split("_")[0]
    if name in ("BUSY", "LOCKED"):
        return RecordLocked(_LOCKED)
    if _ALTERED.search(str(error.orig)):
        return altered(place, str(error.orig))
    advice = _SQLITE_ADVICE.get(name)
    return RecordUnavailable(f"The record {place} is unavailable: {advice}.") if advice else None


def _postgres(error: DBAPIError, place: str) -> ClaimdeskError | None:
    state = getattr(error.orig, "sqlstate", None) or ""
    if state in _LOCK_STATES:
        return RecordLocked(_LOCKED)
    if state in _ALTERED_STATES:
        return altered(place, str(error.orig).splitlines()[0])
    if isinstance(error, DataError):
        return InputError(_unstorable())
    advice = _POSTGRES_ADVICE.get(state) or _POSTGRES_ADVICE.get(state[:2])
    if advice is None and isinstance(error, OperationalError | InterfaceError):
        advice = f"{_what_failed(error)}. Check that the server runs and that DATABASE_URL names it rightly"
    return RecordUnavailable(f"The record at {place} is unavailable: {advice}.") if advice else None


def altered(place: str, what: str) -> RecordUnavailable:
    """What to say of a record whose tables or rows are not as they were written."""
    return RecordUnavailable(
        f"The record {place} was altered by something else than Claimdesk ({what}). Restore the latest backup into a "
        "new data folder with `claimdesk restore`, or ingest the sources again there."
    )


def _what_failed(error: DBAPIError) -> str:
    """What libpq says of a connection that failed: it has no SQLSTATE then, and never quotes the password.

    Its advice ("Is the server running ...?") is left out: ours follows.
    """
    lines = [line.strip() for line in str(error.orig).splitlines()]
    said = [line for line in lines if line and not line.startswith("Is the server running")]
    return said[-1].rstrip(".") if said else "the server does not answer"


def _unstorable() -> str:
    return (
        "The text holds a NUL character or half of a surrogate pair, which the record cannot keep. "
        "Save the source as clean UTF-8 and try again."
    )
