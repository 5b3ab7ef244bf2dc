"""What the migrations make is what the tables say, and an altered record says so, an up-to-date one opens without Alembic."""

import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from service.errors import RecordUnavailable
from service.record import desk_tables, migrate
from service.record.articles import SqlRecord, open_record
from service.record.tables import METADATA, REVISION
from tests.record.samples import add, make_article

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


def alter(record: SqlRecord, sql: str) -> None:
    with record.database.writing() as connection:
        connection.exec_driver_sql(sql)


def test_tables_that_no_migration_left_so_are_an_error_that_says_what_to_do(record: SqlRecord) -> None:
    alter(record, "DELETE FROM alembic_version")
    with pytest.raises(RecordUnavailable, match=r"altered by something else .* already exists"):
        migrate.migrate(record.database)
    alter(record, "DROP TABLE outbox")
    with pytest.raises(RecordUnavailable, match=r"altered by something else .*outbox"):
        record.pending(1)


@pytest.mark.parametrize(
    "sql", ["UPDATE sentences SET text = 'Other words.'", "UPDATE sentences SET section = 'nonsense'"]
)
def test_rows_that_claimdesk_did_not_write_are_an_error_that_says_what_to_do(record: SqlRecord, sql: str) -> None:
    article = add(record, make_article("One sentence here.", "Another one there."))
    alter(record, sql)
    with pytest.raises(RecordUnavailable, match="altered by something else"):
        record.article(article.id)


def test_the_record_of_a_newer_version_is_refused(record: SqlRecord) -> None:
    alter(record, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RecordUnavailable, match="newer Claimdesk"):
        migrate.migrate(record.database)
