"""A number of seconds becomes a moment at which the connections of a fetch are cut, whatever they are doing.

HTTP clients bound each wait for the next bytes, so a server that sends a byte a second is waited for for ever.
"""

import socket
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Any, Self


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
