"""A key's requests become a window that it has used up or not."""

import math
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable

from service.domain.base import Frozen
from service.domain.key import Key
from service.errors import RateLimited

MINUTE_S = 60.0


class Window(Frozen):
    """What a key has left of this minute, in the words of the RateLimit header fields."""

    limit: int
    remaining: int
    reset_s: int


class Rates:
    """Counts the requests of the last minute by key, in this process: each server of several has its own count.

    `now` is a clock that never goes back: by that of the wall, an hour set back would lock a key out for the hour.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._taken: defaultdict[str, deque[float]] = defaultdict(deque)  # when each request of the minute came
        self._mutex = threading.Lock()

    def take(self, key: Key) -> Window:
        """Books a request. Raises RateLimited when the key's minute is used up."""
        with self._mutex:
            now, taken = self._now(), self._taken[key.id]
            while taken and taken[0] <= now - MINUTE_S:
                taken.popleft()
            allowed = len(taken) < key.rate_per_minute
            if allowed:
                taken.append(now)
            reset_s = max(1, math.ceil(taken[0] + MINUTE_S - now))
            remaining = key.rate_per_minute - len(taken)
        if not allowed:
            raise RateLimited(
                f"The key {key.name!r} may send {key.rate_per_minute} requests a minute. Wait {reset_s} s, or ask "
                "for a key with a higher rate.",
                retry_after_s=reset_s,
            )
        return Window(limit=key.rate_per_minute, remaining=remaining, reset_s=reset_s)
