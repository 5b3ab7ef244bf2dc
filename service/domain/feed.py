"""A feed that a desk watches, and what came of it so far."""

from datetime import datetime

from service.domain.base import Frozen


class WatchedFeed(Frozen):
    """An RSS or Atom feed that workers look at again and again.

    `taken` counts its articles since it was added, `failing` those that could not be read so far, and `problem` says
    what went wrong at the last look, if anything did.
    """

    seq: int
    id: str
    url: str
    added: datetime
    added_by: str
    looked: datetime
    taken: int = 0
    failing: int = 0
    problem: str | None = None
