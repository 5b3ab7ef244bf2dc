"""A key's requests become a window that it has used up or not."""

import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from service.domain.base import Frozen
from service.domain.key import Key
from service.errors import RateLimited


class Window(Frozen):
    """What a key has left of this minute, in the words of the RateLimit header fields."""

    limit: int
    remaining: int
    reset_s: int


class Rates:
    """Counts the requests of the last minute by key, in this process: each server of several has its own count."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def take(self, key: Key) -> Window:
        """Books a request. Raises RateLimited when the key's minute is used up."""
        item = RateLimitItemPerMinute(key.rate_per_minute)
        allowed = self._limiter.hit(item, key.id)
        stats = self._limiter.get_window_stats(item, key.id)
        reset_s = max(1, round(stats.reset_time - time.time()))
        if not allowed:
            raise RateLimited(
                f"The key {key.name!r} may send {key.rate_per_minute} requests a minute. Wait {reset_s} s, or ask "
                "for a key with a higher rate.",
                retry_after_s=reset_s,
            )
        return Window(limit=key.rate_per_minute, remaining=stats.remaining, reset_s=reset_s)
