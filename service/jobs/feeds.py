"""The feeds that a desk watches become stored articles: each is looked at when it is due, and told what came of it."""

import logging
import threading
from datetime import UTC, datetime, timedelta

from service.desk import Desk
from service.domain.feed import WatchedFeed
from service.errors import ClaimdeskError
from service.run import Run
from service.watch import Arrived, Watch

EVERY = timedelta(minutes=5)
"""Time between two looks at a feed, as of `claimdesk watch`."""

_log = logging.getLogger(__name__)


class FeedRounds:
    """Looks at the feeds of every desk. Which addresses fail is remembered as long as the process lives."""

    def __init__(self, draining: threading.Event, every: timedelta = EVERY) -> None:
        self._draining = draining
        self._every = every
        self._watches: dict[str, Watch] = {}

    def look(self, desk: Desk) -> None:
        """Takes in what is new in the desk's feeds that are due, until there is none or the worker is to end."""
        before = datetime.now(UTC) - self._every
        while not self._draining.is_set() and (feed := desk.books.feeds.take_due(before)):
            watch = self._watches.setdefault(feed.id, Watch(desk, feed.url, Run(key=feed.added_by)))
            taken, problem = self._look(watch, feed)
            if problem is None and watch.failures:
                last = list(watch.failures.values())[-1]
                problem = last.message if last.source in last.message else f"{last.source}: {last.message}"
            desk.books.feeds.note(feed.id, taken=taken, failing=len(watch.failures), problem=problem)

    def _look(self, watch: Watch, feed: WatchedFeed) -> tuple[int, str | None]:
        """How many articles arrived, and what ended the look before its time, if anything did."""
        taken = 0
        try:
            for found in watch.look():
                taken += isinstance(found, Arrived)
                if self._draining.is_set():
                    break
        except ClaimdeskError as error:
            _log.warning("the look at %s ended early: %s", feed.id, error)
            return taken, str(error)
        return taken, None
