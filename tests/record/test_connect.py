"""Addresses and locks: what opens, what is refused, and what the message says to do."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import URL, text

from service.errors import BadSettings, RecordLocked, RecordUnavailable
from service.record.articles import open_record
from tests.postgres import create_database, create_schema
from tests.record.samples import add, in_parallel, make_article, numbers

pytest_plugins = ["tests.record.databases"]


class TestOpening:
    def test_openers_of_an_empty_database_do_not_race(self, address: str) -> None:
        def open_and_close() -> None:
            open_record(address).close()

        assert in_parallel([open_and_close] * 6) == []
        record = open_record(address)
        assert record.count() == 0
        record.close()

    def test_a_record_of_a_newer_claimdesk_is_left_alone(self, address: str) -> None:
        record = open_record(address)
        with record.database.writing() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        record.close()
        with pytest.raises(RecordUnavailable, match="newer Claimdesk"):
            open_record(address)

    def test_a_postgresql_address_may_begin_with_postgres(self, postgres: URL) -> None:
        address = create_schema(postgres, f"record_{next(numbers)}")
        record = open_record(address.replace("postgresql://", "postgres://"))
        assert record.count() == 0
        record.close()

    def test_a_server_that_is_away_is_named_without_its_password(self, postgres: URL) -> None:
        away = postgres.set(port=1).render_as_string(hide_password=False)
        with pytest.raises(RecordUnavailable, match=r"127\.0\.0\.1:1/postgres") as caught:
            open_record(away)
        assert str(postgres.password) not in str(caught.value)

    def test_what_the_server_refuses_is_said(self, postgres: URL) -> None:
        for url, reason in (
            (postgres.set(password="mistyped"), "password authentication failed"),  # noqa: S106 - wrong on purpose
            (postgres.set(database="nowhere"), "does not exist"),
        ):
            with pytest.raises(RecordUnavailable, match=reason) as caught:
                open_record(url.render_as_string(hide_password=False))
            assert str(url.password) not in str(caught.value)

    def test_a_database_that_cannot_hold_all_text_is_refused(self, postgres: URL) -> None:
        with pytest.raises(RecordUnavailable, match="ENCODING 'UTF8'"):
            open_record(create_database(postgres, f"record_{next(numbers)}", encoding="LATIN1"))

    def test_a_user_who_may_not_create_tables_is_told_so(self, postgres: URL) -> None:
        address = create_database(postgres, f"record_{next(numbers)}")
        owner = open_record(address)
        with owner.database.writing() as connection:
            connection.execute(text("CREATE ROLE reporter LOGIN PASSWORD 'reporter'"))
        owner.close()
        empty = create_database(postgres, f"record_{next(numbers)}")
        with pytest.raises(RecordUnavailable, match="privilege"):
            open_record(empty.replace(f"{postgres.username}:{postgres.password}", "reporter:reporter"))


class TestOpeningSqlite:
    @pytest.mark.parametrize(
        ("name", "advice"),
        [
            ("missing/record.sqlite3", "folder exists"),
            (".", "cannot be opened"),
            ("letter.txt", "not an SQLite database"),
        ],
    )
    def test_a_file_that_cannot_be_the_record_is_refused(self, tmp_path: Path, name: str, advice: str) -> None:
        (tmp_path / "letter.txt").write_text("Dear editor, " * 200)
        with pytest.raises(RecordUnavailable, match=advice):
            open_record(f"sqlite:///{tmp_path / name}")
        assert (tmp_path / "letter.txt").read_text().startswith("Dear editor")

    def test_a_damaged_file_is_named_as_such(self, tmp_path: Path) -> None:
        file = tmp_path / "record.sqlite3"
        record = open_record(f"sqlite:///{file}")
        add(record, make_article(*(f"Sentence {n}." for n in range(200))))
        record.close()
        whole = file.read_bytes()
        file.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
        with pytest.raises(RecordUnavailable, match="backup"):
            open_record(f"sqlite:///{file}").article("a")

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_a_read_only_file_says_so(self, tmp_path: Path) -> None:
        file = tmp_path / "record.sqlite3"
        open_record(f"sqlite:///{file}").close()
        file.chmod(0o400)
        record = open_record(f"sqlite:///{file}")
        with pytest.raises(RecordUnavailable, match="read-only"):
            add(record, make_article("One."))
        record.close()

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "sqlite://",
            "sqlite:///:memory:",
            "mysql://u:secret@h/d",
            "record.sqlite3",
            "postgresql://u:p@h:secret/d",
        ],
    )
    def test_an_address_of_another_kind_is_refused_without_repeating_it(self, url: str) -> None:
        with pytest.raises(BadSettings, match="DATABASE_URL") as caught:
            open_record(url)
        assert "secret" not in str(caught.value)

    def test_processes_that_open_an_empty_file_at_once_do_not_race(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path}/record.sqlite3"
        code = f"from service.record.articles import open_record; print(open_record({url!r}).count())"
        openers = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(2)]
        assert [opener.communicate()[0] for opener in openers] == [b"0\n"] * 2

    def test_what_was_acknowledged_outlives_a_killed_process(self, tmp_path: Path) -> None:
        """And the file is in the mode that outlives the loss of power: WAL, synced at every commit."""
        url = f"sqlite:///{tmp_path}/record.sqlite3"
        code = f"""
import os, signal
from service.record.articles import open_record
from tests.record.samples import add, make_article
add(open_record({url!r}), make_article("It stays."))
os.kill(os.getpid(), signal.SIGKILL)
"""
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
        record = open_record(url)
        assert (record.article("a").text, record.search(["stay"], 9)) == ("It stays. ", ["a:1:0"])
        with record.database.reading() as connection:
            assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
            assert connection.scalar(text("PRAGMA synchronous")) == 2
        record.close()

    def test_another_program_that_holds_the_file_is_waited_for_and_then_named(self, tmp_path: Path) -> None:
        record = open_record(f"sqlite:///{tmp_path}/record.sqlite3", lock_deadline_s=0.1)
        other = sqlite3.connect(tmp_path / "record.sqlite3")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordLocked):
            record.confirm([1])
        other.close()
        record.confirm([1])
        record.close()


class TestLocks:
    def test_a_writer_that_waits_too_long_is_told_so(self, address: str) -> None:
        first, second = open_record(address), open_record(address, lock_deadline_s=0.2)
        with first.database.writing(), pytest.raises(RecordLocked, match="try again"):
            add(second, make_article("One."))
        add(second, make_article("One."))
        assert first.count() == 1
        first.close()
        second.close()

    def test_a_reader_does_not_wait_for_a_writer(self, address: str) -> None:
        first, second = open_record(address), open_record(address, lock_deadline_s=0.2)
        with first.database.writing():
            assert second.articles() == []
            assert second.count() == 0
        first.close()
        second.close()


@pytest.mark.parametrize("name", ["what?.sqlite3", "100%.sqlite3", "a#b c.sqlite3", "%3F.sqlite3"])
def test_a_path_means_itself(tmp_path: Path, name: str) -> None:
    open_record(f"sqlite:///{tmp_path / name}").close()
    assert (tmp_path / name).exists()
