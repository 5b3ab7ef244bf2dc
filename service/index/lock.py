"""Turns a file in the data folder into the rule that one server works on it, and into that server's address.

Whoever starts the server takes the lock; the server inherits the open file, the starter closes its own.
So the lock is held exactly as long as the server lives, however it ends. The file's content is for other
processes, which connect to that server; the first to find the lock free starts the next one.
"""

import fcntl
import http.client
import os
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from service.domain.base import Frozen

_HEARTBEAT_S = 1.0


class Served(Frozen):
    """The server that holds the lock."""

    url: str
    pid: int

    def answers(self) -> bool:
        """Whether it is alive and ready. Plain http.client: it follows no proxy setting."""
        address = urlsplit(self.url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=_HEARTBEAT_S)
        try:
            connection.request("GET", "/api/v2/heartbeat")
            return b"heartbeat" in connection.getresponse().read(200)
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def take_lock(path: Path) -> int | None:
    """The open file, locked and emptied, or None while a server lives. Raises OSError."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    os.ftruncate(lock, 0)
    return lock


def announce(lock: int, served: Served) -> None:
    """Writes the server's address for other processes, before `lock` is closed."""
    os.pwrite(lock, served.model_dump_json().encode(), 0)


def read_served(path: Path) -> Served | None:
    """The living server, or None while it is still starting. Raises OSError."""
    try:
        return Served.model_validate_json(path.read_bytes())
    except ValidationError:
        return None
