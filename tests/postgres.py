"""A throw-away PostgreSQL server for tests: an empty folder becomes an address, until the block ends."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL

_PASSWORD = secrets.token_hex(8)  # of a server that only lives for this run, on loopback
_DEADLINE_S = 30.0


@contextmanager
def postgres_server() -> Iterator[URL]:
    """The address of the database "postgres" of a new server on loopback, with a password.

    Skips the test where Debian's server binaries are not installed.
    """
    binaries = _find_binaries()
    with tempfile.TemporaryDirectory(prefix="claimdesk-pg-", dir="/tmp") as folder:
        base = Path(folder)
        password_file = base / "password"
        password_file.write_text(_PASSWORD)
        owner = _unprivileged_owner(base, password_file)
        data = base / "data"
        initdb: list[str | Path] = [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256"]
        # Locale C: the hardest for text that is not English, and the same on every machine.
        initdb += [f"--pwfile={password_file}", "--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run([*owner, *initdb], check=True, capture_output=True, cwd=base)
        port = _free_port()
        settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(base)}
        settings |= {"fsync": "off", "autovacuum": "off"}  # it does not outlive the tests, whose tables are small
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command: list[str | Path] = [*owner, binaries / "postgres", "-D", data, "-p", str(port), *options]
        with (base / "log").open("wb") as log:
            server = subprocess.Popen(command, cwd=base, stdout=subprocess.DEVNULL, stderr=log)
        try:
            url = URL.create("postgresql", "postgres", _PASSWORD, "127.0.0.1", port, "postgres")
            _await(url, server, base / "log")
            yield url
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
            server.wait(timeout=_DEADLINE_S)


def create_database(server: URL, name: str, *, encoding: str = "UTF8") -> str:
    """Creates an empty database on the server; returns its address, password and all."""
    with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0")
    return server.set(database=name).render_as_string(hide_password=False)


def create_schema(server: URL, name: str) -> str:
    """Creates an empty schema, which is much quicker than a database; returns an address that sees it alone."""
    with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return server.update_query_dict({"options": f"-csearch_path={name}"}).render_as_string(hide_password=False)


def _find_binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        pytest.skip("PostgreSQL's server is not installed (Debian: apt-get install postgresql)")
    return found[-1] if found else Path(str(on_path)).parent


def _unprivileged_owner(base: Path, password_file: Path) -> list[str]:
    """The command prefix under which the server may run (it refuses root) and ends with the tests.

    setpriv replaces itself by what it starts, so the pid is the server's own.
    """
    if os.geteuid() != 0:
        return ["setpriv", "--pdeathsig=QUIT", "--"]
    account = pwd.getpwnam("postgres")
    for path in (base, password_file):
        os.chown(path, account.pw_uid, account.pw_gid)
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--pdeathsig=QUIT", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(url: URL, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _DEADLINE_S
    while True:
        try:
            psycopg.connect(url.render_as_string(hide_password=False), connect_timeout=2).close()
            return
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the test server did not start: {log.read_text()}") from error
            time.sleep(0.05)
