"""What the migrations make is what the tables say, and opening an up-to-date record does not load Alembic."""

import subprocess
import sys

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from service.record import desk_tables, migrate
from service.record.articles import SqlRecord, open_record
from service.record.tables import METADATA, REVISION

pytest_plugins = ["tests.record.databases"]


def test_the_migrations_make_the_tables(record: SqlRecord) -> None:
    assert desk_tables.KEYS.metadata is METADATA
    with record.database.reading() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    # The lexical index is not among the tables: FTS5 keeps its own, PostgreSQL has one for it.
    assert [d for d in differences if "lexical" not in str(d)] == []


def test_the_revision_in_the_code_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def test_an_up_to_date_record_opens_without_alembic(address: str) -> None:
    open_record(address).close()
    code = (
        "import sys; from service.record.articles import open_record; "
        f"print(open_record({address!r}).count(), 'alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout == b"0 False\n"
