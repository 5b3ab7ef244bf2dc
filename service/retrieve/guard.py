"""The index guard: tells whether the vector index can be trusted now, and mends it when it cannot."""

import threading
import time
from collections.abc import Callable

from service.errors import IndexBroken, IndexUnavailable, WrongDimension
from service.ports import Index, Record
from service.retrieve.indexing import Health, probe, rebuild, sync

PROBE_EVERY_S = 300.0  # canaries cost a few queries; a broken index is noticed within five minutes
RETRY_AFTER_S = 10.0  # an index that did not answer is asked again after this long, not on every query


class IndexGuard:
    """Keeps the index in step with the record.

    `rebuild_inline` makes the caller wait for a rebuild (a command that would end otherwise); without it a
    thread rebuilds while searches go on without vectors.
    """

    def __init__(
        self,
        record: Record,
        index: Index,
        *,
        rebuild_inline: bool = True,
        progress: Callable[[int, int], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._record = record
        self._index = index
        self._inline = rebuild_inline
        self._progress = progress
        self._clock = clock
        self._lock = threading.Lock()
        self._probed_at: float | None = None
        self._retry_at = 0.0
        self._rebuilding: threading.Thread | None = None
        self.problem: str | None = None

    def ready(self) -> bool:
        """True when the index holds what the record holds and finds it; False says: search without it."""
        with self._lock:
            if self._rebuilding is not None and self._rebuilding.is_alive():
                return False
            if self._clock() < self._retry_at:
                return False
            try:
                return self._catch_up()
            except IndexUnavailable as error:
                self.problem = str(error)
                self._probed_at = None
                self._retry_at = self._clock() + RETRY_AFTER_S
                return False

    def _catch_up(self) -> bool:
        refusal = None
        try:
            sync(self._record, self._index)
            if self._probed_at is not None and self._clock() - self._probed_at < PROBE_EVERY_S:
                return True
        except WrongDimension as error:  # it was filled by an earlier embedder
            return self._mend(str(error))
        except IndexBroken as error:  # of its folder, or for want of room: the probe tells
            refusal = error
        state = probe(self._record, self._index)
        if state.health is Health.ABSENT:
            raise IndexUnavailable(state.reason)
        if state.health is Health.BROKEN:
            return self._mend(state.reason)
        if refusal:
            raise refusal
        self.problem = None
        self._probed_at = self._clock()
        return True

    def _mend(self, reason: str) -> bool:
        """Rebuilds the index, or has a thread do so; whether it can be searched now."""
        self.problem = reason
        if not self._inline:
            self._rebuilding = threading.Thread(target=self._rebuild, name="index-rebuild", daemon=True)
            self._rebuilding.start()
            return False
        rebuild(self._record, self._index, self._progress)
        self.problem = None
        self._probed_at = self._clock()
        return True

    def _rebuild(self) -> None:
        try:
            rebuild(self._record, self._index, self._progress)
        except IndexUnavailable as error:
            self.problem = str(error)
            self._retry_at = self._clock() + RETRY_AFTER_S
