"""A caller becomes one run of a verb: who pays, who watches, and how to stop it from outside."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from service.domain.event import Event, Stage, StageEvent
from service.errors import Cancelled

LOCAL_KEY = "local"  # who pays when nobody signed in


class Cancellation:
    """A switch that any thread may throw once; what waits for a model then is woken at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thrown = False
        self._stops: list[Callable[[], object]] = []

    def cancel(self) -> None:
        """Stops the run: calls that wait now are closed, and no further stage begins."""
        with self._lock:
            self._thrown = True
            stops = tuple(self._stops)
        for stop in stops:
            stop()

    def check(self) -> None:
        """Raises Cancelled once the switch is thrown."""
        if self._thrown:
            raise Cancelled("The request was cancelled by its caller. Send it again if it is still wanted.")

    @contextmanager
    def stopping(self, stop: Callable[[], object]) -> Iterator[None]:
        """Calls `stop` if the switch is thrown inside the block. Raises Cancelled if it was thrown before."""
        with self._lock:
            self.check()
            self._stops.append(stop)
        try:
            yield
        finally:
            with self._lock:
                self._stops.remove(stop)


def _nobody_listens(_: Event) -> None:
    """The listener of a run that nobody watches."""


@dataclass(frozen=True)
class Run:
    """One call of a verb. `listen` is called in the thread that runs it, and should return at once."""

    listen: Callable[[Event], None] = _nobody_listens
    cancellation: Cancellation = field(default_factory=Cancellation)
    key: str = LOCAL_KEY  # whose budget pays
    budget_microusd: int | None = None  # of that key, for a day, in millionths of a dollar; None: as the settings say
    llm_only: bool = False  # an error is wanted rather than the local backend's answer

    def begin(self, stage: Stage, count: int | None = None) -> None:
        """Tells the listener of a stage. Raises Cancelled when the caller has gone."""
        self.cancellation.check()
        self.listen(StageEvent(stage=stage, count=count))
