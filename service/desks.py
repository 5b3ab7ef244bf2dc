"""A desk's id becomes its open Desk; the desks of one server share their models."""

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from service.desk import Desk
from service.domain.key import MAIN_DESK
from service.ledgers import Keys
from service.settings import Settings
from service.tenancy import place_of
from service.wiring import Parts, choose_parts


class Desks:
    """Opens each desk when it is first asked for and keeps it open; safe to use from many threads."""

    def __init__(self, settings: Settings, opener: Callable[[str], Desk] | None = None) -> None:
        """`opener` makes the desk with an id; tests give one of their own."""
        self.settings = settings
        self._opener = opener or self._open
        self._models: Parts | None = None
        self._opened: dict[str, Desk] = {}
        self._mutex = threading.Lock()

    def _open(self, desk_id: str) -> Desk:
        parts = choose_parts(self.settings, place_of(self.settings, desk_id))
        if self._models is None:  # of the first desk, each made once
            self._models = replace(
                parts,
                embedder=cache(parts.embedder),
                judge=cache(parts.judge),
                answerer=cache(parts.answerer),
                detector=cache(parts.detector),
            )
        shared = replace(self._models, books=parts.books, index=parts.index)
        return Desk(self.settings, shared, rebuild_inline=False)

    def desk(self, desk_id: str) -> Desk:
        """The desk, with every part made. Raises what opening its record or loading a model raises."""
        desk = self._opened.get(desk_id)
        if desk is not None:
            return desk
        with self._mutex:
            if desk_id not in self._opened:
                desk = self._opener(desk_id)
                desk.prepare()
                self._opened[desk_id] = desk
            return self._opened[desk_id]

    @property
    def keys(self) -> Keys:
        """The API keys of every desk."""
        return self.desk(MAIN_DESK).books.keys

    def opened(self) -> dict[str, Desk]:
        """The desks that are open now, by id."""
        with self._mutex:
            return dict(self._opened)

    def close(self) -> None:
        """Ends every desk, and the index server if this process started it."""
        with self._mutex:
            for desk in self._opened.values():
                desk.close()
            self._opened.clear()
