"""Turns a data folder into the address of the one Chroma server that works on it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from service.errors import IndexBroken, IndexUnavailable
from service.index.lock import Served, announce, read_served, take_lock

START_DEADLINE_S = 20.0
"""python -m eval.bench_index: a start takes 0.1 to 0.5 s; the rest is for a cold disk and a busy machine."""

STARTS = 3
STARTS_WITHIN_S = 60.0
"""A server that needs more starts than this is not unlucky: its folder is broken."""

SET_ASIDE = 2
"""Broken folders kept for a look; each is as large as the index."""

GRACE_S = 3.0
"""From SIGTERM to SIGKILL. An idle server ends in 0.02 s; one that saves its index takes longer."""

_POLL_S = 0.02


class ServerGone(IndexUnavailable):
    """The server, or its collection, is no more: worth connecting anew, once."""


class ChromaServer:
    """The Chroma server over `data_dir / "index"`: ours, or that of another process on the same folder.

    Safe to call from several threads. The server listens on loopback only, since it asks for no password.
    """

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._folder = data_dir / "index"
        self._log = data_dir / "index.log"
        self._lock_file = data_dir / "index.server.json"
        self._child: subprocess.Popen[bytes] | None = None
        self._starts: deque[float] = deque(maxlen=STARTS)
        self._mutex = threading.Lock()

    def url(self) -> str:
        """The address of a server that answers, started now if none does.

        Raises IndexUnavailable when none answers within START_DEADLINE_S, IndexBroken when it died STARTS
        times within STARTS_WITHIN_S.
        """
        deadline = time.monotonic() + START_DEADLINE_S
        with self._mutex, self._files_at_hand():
            self._data_dir.mkdir(parents=True, exist_ok=True)
            while time.monotonic() < deadline:
                lock = take_lock(self._lock_file)
                served = read_served(self._lock_file) if lock is None else self._start(lock, deadline)
                if served and served.answers():
                    return served.url
                time.sleep(_POLL_S)
        raise IndexUnavailable(
            f"The vector index did not answer within {START_DEADLINE_S:.0f} s of being started. "
            f"See {self._log}; if the machine is not merely busy, run `claimdesk reindex`."
        )

    def set_aside(self) -> None:
        """Ends the server, whoever started it, and renames its folder to index.broken-<UTC time>.

        The next `url()` starts on an empty folder. Raises IndexUnavailable when the server cannot be ended.
        """
        with self._mutex, self._files_at_hand():
            self._end_child()
            lock = self._take_lock_from_server()
            try:
                if self._folder.exists():
                    now = datetime.now(UTC)
                    self._folder.rename(self._data_dir / f"index.broken-{now:%Y%m%dT%H%M%S.%fZ}")
                self._prune()
            finally:
                os.close(lock)
            self._starts.clear()

    def stop(self) -> None:
        """Ends the server if this process started it; other processes then start their own."""
        with self._mutex:
            self._end_child()

    @contextmanager
    def _files_at_hand(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise IndexUnavailable(
                f"The vector index in {self._data_dir} cannot be started or ended: {error}. "
                "Check the folder's owner, its permissions and the free space, then try again."
            ) from error

    def _start(self, lock: int, deadline: float) -> Served | None:
        """Starts a server that inherits the lock; None when it ended before it answered."""
        try:
            self._end_child()  # it is dead, since the lock was free
            self._allow_start()
            port = _free_port()
            self._child = self._spawn(lock, port)
            served = Served(url=f"http://127.0.0.1:{port}", pid=self._child.pid)
            while not served.answers():
                if self._child.poll() is not None:
                    return None
                if time.monotonic() > deadline:
                    self._end_child()
                    return None
                time.sleep(_POLL_S)
            announce(lock, served)
            return served
        finally:
            os.close(lock)

    def _allow_start(self) -> None:
        now = time.monotonic()
        if len(self._starts) == STARTS and now - self._starts[0] < STARTS_WITHIN_S:
            raise IndexBroken(
                f"The vector index ended {STARTS} times within {STARTS_WITHIN_S:.0f} s of its first start. "
                f"See {self._log}, then run `claimdesk reindex`: it is rebuilt from the record."
            )
        self._starts.append(now)

    def _spawn(self, lock: int, port: int) -> subprocess.Popen[bytes]:
        self._folder.mkdir(exist_ok=True)
        # Chroma takes settings of its own from CHROMA_* and OTEL_*, and by default logs 3 kB for each query.
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("CHROMA_", "OTEL_"))}
        environment |= {"RUST_LOG": "warn", "ANONYMIZED_TELEMETRY": "False"}
        script = Path(__file__).with_name("child.py")
        with self._log.open("wb") as log:
            return subprocess.Popen(  # noqa: S603  our own interpreter and script
                [sys.executable, "-P", str(script), str(self._folder.resolve()), str(port), str(GRACE_S)],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=environment,
                pass_fds=(lock,),
                start_new_session=True,  # Ctrl-C is for us; the server ends after us
            )

    def _end_child(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if child.stdin:
            child.stdin.close()
        try:
            child.wait(GRACE_S + 1)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def _take_lock_from_server(self) -> int:
        """Ends a server that another process started, and takes the lock that it held."""
        began = time.monotonic()
        while (lock := take_lock(self._lock_file)) is None:
            waited = time.monotonic() - began
            served = read_served(self._lock_file)
            if waited > START_DEADLINE_S:
                raise IndexUnavailable(
                    f"Another process holds the vector index in {self._data_dir} and does not end: "
                    f"{served or 'it is still starting'}. End it, then try again."
                )
            # Only what answers is ended: seen from another container, that pid may be some other process.
            if served and served.answers():
                with suppress(ProcessLookupError):
                    os.kill(served.pid, signal.SIGTERM if waited < GRACE_S else signal.SIGKILL)
            time.sleep(_POLL_S)
        return lock

    def _prune(self) -> None:
        for folder in sorted(self._data_dir.glob("index.broken-*"))[:-SET_ASIDE]:
            shutil.rmtree(folder)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
