"""A database of any earlier revision, or an empty one, becomes one of the newest."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.schema import CreateSchema

from service.errors import RecordUnavailable
from service.record.connect import Database
from service.record.tables import REVISION

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: Database, revision: str = REVISION) -> None:
    """Brings the tables to `revision`. Several processes may do so at once: one works, the others wait.

    Raises RecordUnavailable when a newer Claimdesk wrote the database, or its encoding is not UTF-8.
    """
    with database.reading() as connection:
        if revision_of(connection) == revision:
            return
    with database.writing() as connection:
        if database.schema is not None:
            connection.execute(CreateSchema(database.schema, if_not_exists=True))
        stored = revision_of(connection)
        if stored == revision:  # another opener was faster
            return
        if connection.dialect.name == "postgresql":
            _require_utf8(connection, database.place)
        _upgrade(connection, stored, revision, database.place)


def revision_of(connection: Connection) -> str | None:
    """The revision of the tables, or None while there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _require_utf8(connection: Connection, place: str) -> None:
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise RecordUnavailable(
            f"The database {place} keeps text as {encoding}, which cannot hold every article. "
            "Create it again with ENCODING 'UTF8' TEMPLATE template0."
        )


def _upgrade(connection: Connection, stored: str | None, revision: str, place: str) -> None:
    # Alembic takes longer to import than an up-to-date record takes to open.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    newer = next((unknown for unknown in (stored, revision) if unknown is not None and unknown not in known), None)
    if newer is not None:
        raise RecordUnavailable(
            f"The record {place} was written by a newer Claimdesk (revision {newer}). "
            "Install that version or a later one; this one would damage it."
        )
    command.upgrade(config, revision)
