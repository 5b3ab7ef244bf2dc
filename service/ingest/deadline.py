"""A number of seconds becomes a moment at which a fetch is given up, whatever it waits for.

HTTP clients bound each wait for the next bytes, so a server that sends a byte a second is waited for for ever.
"""

import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")


class Deadline:
    """Cuts, from a thread of its own, every connection that `trace` saw being made. Use it in a `with` block."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    @property
    def left_s(self) -> float:
        """Seconds until the cut; a little above 0 at the least, as a timeout must be."""
        return max(0.001, self._ends - time.monotonic())

    @property
    def passed(self) -> bool:
        return time.monotonic() >= self._ends

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Takes note of a connection: httpx2 calls its "trace" extension at each step of a request."""
        if event == "connection.connect_tcp.complete":
            connection: socket.socket = info["return_value"].get_extra_info("socket")
            self._sockets.append(connection.dup())  # TLS replaces the first one, and the connection stays
            if self.passed:  # the timer was there before it
                self._cut()

    def run(self, work: Callable[[], T]) -> T:
        """What the work returns or raises, or TimeoutError at the moment: for calls that nothing can cut, as a
        resolver's. Their thread is left behind, and ends when they do."""
        done: Future[T] = Future()
        threading.Thread(target=_settle, args=(done, work), daemon=True).start()
        return done.result(self.left_s)

    def _cut(self) -> None:
        for connection in self._sockets:
            with suppress(OSError):  # it has ended already
                connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._timer.join()
        for connection in self._sockets:
            connection.close()


def _settle(done: Future[T], work: Callable[[], T]) -> None:
    try:
        done.set_result(work())
    except BaseException as error:  # noqa: BLE001 - it is raised again where it is waited for
        done.set_exception(error)
