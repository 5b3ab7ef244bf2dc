"""The audit log is appended to, never changed, and shows it when it was."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from service.record import audit
from service.record.articles import SqlRecord
from service.record.prove import find_faults
from tests.record.samples import add, make_article

pytest_plugins = ["tests.record.databases"]


class TestAudit:
    def test_storing_an_article_leaves_a_row_in_the_chain(self, record: SqlRecord) -> None:
        add(record, make_article("One."))
        add(record, make_article("Two.", version=2))
        with record.database.reading() as connection:
            rows = connection.execute(text("SELECT * FROM audit ORDER BY seq")).all()
            assert find_faults(connection) == []
        assert [(row.seq, row.action, row.subject) for row in rows] == [
            (1, "article.stored", "a"),
            (2, "article.stored", "a"),
        ]
        assert '"replaces":1' in rows[1].payload
        assert rows[1].previous == rows[0].hash

    @pytest.mark.parametrize("statement", ["UPDATE audit SET subject = 'b'", "DELETE FROM audit"])
    def test_the_database_refuses_to_change_a_row(self, record: SqlRecord, statement: str) -> None:
        add(record, make_article("One."))
        with pytest.raises(DBAPIError, match="append-only"), record.database.writing() as connection:
            connection.execute(text(statement))

    @pytest.mark.parametrize(
        ("forgery", "broken"),
        [
            ("UPDATE audit SET payload = '{}' WHERE seq = 2", 2),
            ("UPDATE audit SET at = '2020-01-01' WHERE seq = 3", 3),
            ("DELETE FROM audit WHERE seq = 2", 2),
            ("DELETE FROM audit WHERE seq = 1", 1),
        ],
    )
    def test_a_row_changed_behind_the_triggers_is_found(self, record: SqlRecord, forgery: str, broken: int) -> None:
        for name in "abcd":
            add(record, make_article("One.", article_id=name))
        with record.database.writing() as connection:
            if connection.dialect.name == "sqlite":
                connection.execute(text("DROP TRIGGER audit_keeps_rows"))
                connection.execute(text("DROP TRIGGER audit_loses_no_row"))
            else:
                connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
            connection.execute(text(forgery))
            assert [fault.seq for fault in find_faults(connection)] == [broken]

    def test_a_transaction_that_fails_leaves_no_row(self, record: SqlRecord) -> None:
        with pytest.raises(RuntimeError):
            append_and_fail(record)
        with record.database.reading() as connection:
            assert connection.scalar(text("SELECT count(*) FROM audit")) == 0


def append_and_fail(record: SqlRecord) -> None:
    with record.database.writing() as connection:
        audit.append(connection, "desk.tested", "nothing", {})
        raise RuntimeError
