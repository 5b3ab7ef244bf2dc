"""At its moment a deadline cuts every connection, whenever that was made."""

import socket
from types import SimpleNamespace

from service.ingest.deadline import Deadline


def test_a_connection_that_is_made_too_late_is_cut_at_once() -> None:
    here, there = socket.socketpair()
    with here, there, Deadline(0) as deadline:
        deadline._timer.join()
        stream = SimpleNamespace(get_extra_info=lambda _: here)
        deadline.trace("connection.connect_tcp.complete", {"return_value": stream})
        assert there.recv(1) == b""
