"""Failures of an endpoint in a row become a pause, so that nobody waits for a server that is down."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from service.errors import LlmMisconfigured, LlmUnavailable

FAILURES = 3  # in a row: what one request may try, so one that fails throughout spares the next one the wait
PAUSE_S = 30.0


class Breaker:
    """Closed: everything passes. Open: nothing does. After the pause one request tries, and its end decides."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._open_until = 0.0
        self._trying = False
        self.problem: LlmUnavailable | LlmMisconfigured | None = None  # the last one, until a request succeeds

    def enter(self) -> None:
        """Asks to pass. Raises LlmUnavailable, with the time left, while the breaker is open."""
        with self._lock:
            if self._failures < FAILURES:
                return
            left = self._open_until - self._clock()
            if left > 0 or self._trying:
                raise LlmUnavailable(
                    f"The model failed {self._failures} times in a row and is left alone for a while. Ask again later.",
                    max(left, 1.0),
                )
            self._trying = True

    def succeed(self) -> None:
        with self._lock:
            self._failures, self._trying, self.problem = 0, False, None

    def fail(self, problem: LlmUnavailable | LlmMisconfigured, *, at_once: bool = False) -> None:
        """Counts a failure; `at_once` opens the breaker without waiting for more."""
        with self._lock:
            self._failures = max(self._failures + 1, FAILURES if at_once else 0)
            self._trying, self.problem = False, problem
            if self._failures >= FAILURES:
                self._open_until = self._clock() + max(PAUSE_S, getattr(problem, "retry_after_s", None) or 0.0)

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Lets one request pass, and counts how it ends. Raises LlmUnavailable while the breaker is open."""
        self.enter()
        try:
            yield
        except (LlmUnavailable, LlmMisconfigured) as error:
            self.fail(error)
            raise
        except BaseException:  # a bad reply, no money, or a caller who left: none tells that the endpoint is down
            self.abandon()
            raise
        self.succeed()

    def abandon(self) -> None:
        """A request that passed ended without telling how the endpoint is: its caller went away."""
        with self._lock:
            self._trying = False
