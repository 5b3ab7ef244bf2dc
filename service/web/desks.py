"""A desk's id becomes its open Desk; the desks of one server share their models."""

import threading
from collections.abc import Callable

from service.desk import Desk, open_desk
from service.settings import Settings

MAIN = "main"
"""The desk of the local user, and of a newsroom that has only one."""


class Desks:
    """Opens each desk when it is first asked for and keeps it open; safe to use from many threads."""

    def __init__(self, settings: Settings, opener: Callable[[str], Desk] | None = None) -> None:
        """`opener` makes the desk with an id; tests give one of their own."""
        self.settings = settings
        self._opener = opener or (lambda _: open_desk(settings, serving=True))
        self._open: dict[str, Desk] = {}
        self._mutex = threading.Lock()

    def desk(self, desk_id: str) -> Desk:
        """The desk, with every part made. Raises what opening its record or loading a model raises."""
        with self._mutex:
            if desk_id not in self._open:
                desk = self._opener(desk_id)
                desk.prepare()
                self._open[desk_id] = desk
            return self._open[desk_id]

    def close(self) -> None:
        """Ends every desk, and the index server if this process started it."""
        with self._mutex:
            for desk in self._open.values():
                desk.close()
            self._open.clear()
