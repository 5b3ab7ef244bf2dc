"""One server a folder, whoever asks; it ends with the process that started it, and never before."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.errors import IndexUnavailable
from service.index import server as server_module
from service.index.chroma import open_index
from service.index.lock import Served, read_served, take_lock
from service.index.server import ChromaServer
from tests.index.vectors import make_vectors

pytestmark = pytest.mark.enable_socket  # loopback only

ROOT = Path(__file__).parents[2]

OTHER = """
import sys, time
from pathlib import Path
from service.index.server import ChromaServer
server = ChromaServer(Path(sys.argv[1]))
print(server.url(), flush=True)
time.sleep(120)
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ChromaServer]:
    server = ChromaServer(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that uses the same folder; its first line is the address that it got."""
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def wait_until_free(lock_file: Path) -> None:
    """The lock is free exactly when no server lives."""
    deadline = time.monotonic() + 10
    while (lock := take_lock(lock_file)) is None:
        assert time.monotonic() < deadline, "a server still lives"
        time.sleep(0.02)
    os.close(lock)


def test_the_server_ends_when_its_parent_is_killed(other: subprocess.Popen[str], tmp_path: Path) -> None:
    served = Served(url=first_line(other), pid=other.pid)
    assert served.answers()
    other.send_signal(signal.SIGKILL)
    wait_until_free(tmp_path / "index.server.json")
    assert not served.answers()


def test_two_processes_share_one_server(other: subprocess.Popen[str], server: ChromaServer, tmp_path: Path) -> None:
    assert first_line(other) == server.url()
    server.stop()
    assert server.url() == server.url(), "a guest's stop leaves the owner's server alone"


def test_two_processes_that_start_at_once_start_one_server(other: subprocess.Popen[str], server: ChromaServer) -> None:
    assert server.url() == first_line(other)


def test_a_guest_goes_on_alone_when_the_owner_is_killed(other: subprocess.Popen[str], tmp_path: Path) -> None:
    first_url = first_line(other)
    index = open_index(tmp_path, None)
    try:
        index.upsert(["a", "b"], make_vectors(2))
        other.send_signal(signal.SIGKILL)
        wait_for_refusal(first_url)
        assert index.count() == 2
        served = read_served(tmp_path / "index.server.json")
        assert served is not None
        assert served.url != first_url
    finally:
        index.close()


def wait_for_refusal(url: str) -> None:
    deadline = time.monotonic() + 10
    while Served(url=url, pid=0).answers():
        assert time.monotonic() < deadline, "the server still answers"
        time.sleep(0.02)


def test_setting_aside_ends_the_server_of_another_process(
    other: subprocess.Popen[str], server: ChromaServer, tmp_path: Path
) -> None:
    first_url = first_line(other)
    server.set_aside()
    assert not Served(url=first_url, pid=0).answers()
    assert len(list(tmp_path.glob("index.broken-*"))) == 1
    assert server.url() != first_url


def test_the_server_outlives_the_thread_that_started_it(server: ChromaServer) -> None:
    urls: list[str] = []
    thread = threading.Thread(target=lambda: urls.append(server.url()))
    thread.start()
    thread.join()
    time.sleep(0.2)
    assert Served(url=urls[0], pid=0).answers()
    assert server.url() == urls[0]


def test_a_stopped_server_is_gone_and_its_lock_is_free(server: ChromaServer, tmp_path: Path) -> None:
    url = server.url()
    server.stop()
    assert not Served(url=url, pid=0).answers()
    wait_until_free(tmp_path / "index.server.json")


def test_a_holder_that_never_answers_is_named_not_killed(
    server: ChromaServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "START_DEADLINE_S", 0.2)
    lock = take_lock(tmp_path / "index.server.json")
    assert lock is not None
    try:
        with pytest.raises(IndexUnavailable, match="did not answer"):
            server.url()
        with pytest.raises(IndexUnavailable, match="Another process"):
            server.set_aside()
    finally:
        os.close(lock)


def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("in the way")
    with pytest.raises(IndexUnavailable, match="cannot be started"):
        ChromaServer(tmp_path / "a file").url()


def test_a_chatty_session_does_not_grow_the_log(server: ChromaServer, tmp_path: Path) -> None:
    index = open_index(tmp_path, server.url())
    index.upsert(["a"], make_vectors(1))
    size = (tmp_path / "index.log").stat().st_size
    for _ in range(20):
        index.query(make_vectors(1)[0], 1)
    index.close()
    assert (tmp_path / "index.log").stat().st_size == size
