"""The audit log is appended to, never changed, and shows it when it was."""

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from service.domain.audit import Fault
from service.record import audit
from service.record.articles import SqlRecord
from service.record.prove import SqlAuditLog, find_faults
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
        ("forgeries", "broken"),
        [
            (["UPDATE audit SET payload = '{}' WHERE seq = 2"], ["2 changed"]),
            (["UPDATE audit SET at = '2020-01-01' WHERE seq = 3"], ["3 changed"]),
            (["UPDATE audit SET payload = '{}', hash = 'new' WHERE seq = 2"], ["2 changed"]),
            (["DELETE FROM audit WHERE seq = 2"], ["2 missing"]),
            (["DELETE FROM audit WHERE seq = 1"], ["1 missing"]),
            (["DELETE FROM audit WHERE seq IN (2, 3)"], ["2 missing"]),
            (
                ["DELETE FROM audit WHERE seq = 1", "UPDATE audit SET payload = '{}' WHERE seq = 4"],
                ["1 missing", "4 changed"],
            ),
            (
                [
                    "UPDATE audit SET seq = 9 WHERE seq = 2",
                    "UPDATE audit SET seq = 2 WHERE seq = 3",
                    "UPDATE audit SET seq = 3 WHERE seq = 9",
                ],
                ["2 moved", "3 moved"],
            ),
        ],
    )
    def test_a_row_changed_behind_the_triggers_is_named(
        self, record: SqlRecord, forgeries: list[str], broken: list[str]
    ) -> None:
        for name in "abcd":
            add(record, make_article("One.", article_id=name))
        with record.database.writing() as connection:
            _disarm(connection)
            for forgery in forgeries:
                connection.execute(text(forgery))
            assert [f"{fault.seq} {fault.fault}" for fault in find_faults(connection)] == broken

    def test_a_row_written_anew_with_its_hash_does_not_lead_on_to_the_next(self, record: SqlRecord) -> None:
        for name in "abc":
            add(record, make_article("One.", article_id=name))
        with record.database.writing() as connection:
            _disarm(connection)
            row = connection.execute(text("SELECT * FROM audit WHERE seq = 2")).one()
            forged = audit.hash_row(2, row.at, row.action, "x", row.payload, row.previous)
            connection.execute(text("UPDATE audit SET subject = 'x', hash = :hash WHERE seq = 2"), {"hash": forged})
            (fault,) = find_faults(connection)
        assert (fault.seq, fault.fault) == (3, Fault.CHANGED)
        assert "row 2" in fault.message

    def test_a_cut_at_the_end_shows_to_whoever_kept_the_last_hash(self, record: SqlRecord) -> None:
        for name in "abc":
            add(record, make_article("One.", article_id=name))
        log = SqlAuditLog(record.database)
        head = log.head()
        assert head is not None
        assert log.faults(head.seq, head.hash) == []
        with record.database.writing() as connection:
            _disarm(connection)
            connection.execute(text("DELETE FROM audit WHERE seq = 3"))
        assert log.faults() == []
        assert [fault.fault for fault in log.faults(head.seq, head.hash)] == [Fault.CUT]
        add(record, make_article("Another.", article_id="d"))
        assert [fault.fault for fault in log.faults(head.seq, head.hash)] == [Fault.CUT]

    def test_a_transaction_that_fails_leaves_no_row(self, record: SqlRecord) -> None:
        with pytest.raises(RuntimeError):
            append_and_fail(record)
        with record.database.reading() as connection:
            assert connection.scalar(text("SELECT count(*) FROM audit")) == 0


def _disarm(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text("DROP TRIGGER audit_keeps_rows"))
        connection.execute(text("DROP TRIGGER audit_loses_no_row"))
    else:
        connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))


def append_and_fail(record: SqlRecord) -> None:
    with record.database.writing() as connection:
        audit.append(connection, "desk.tested", "nothing", {})
        raise RuntimeError
