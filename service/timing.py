"""A stopwatch: the stages of one run become milliseconds by name."""

import time
from collections.abc import Mapping


class Stopwatch:
    """Starts when it is made; may carry on the laps of an earlier stage."""

    def __init__(self, laps_ms: Mapping[str, float] | None = None) -> None:
        self._laps = dict(laps_ms or {})
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        """Books the time since the last lap under `name`."""
        now = time.perf_counter()
        self._laps[name] = round(self._laps.get(name, 0.0) + (now - self._last) * 1000, 2)
        self._last = now

    @property
    def laps_ms(self) -> dict[str, float]:
        return dict(self._laps)
