"""The feeds that a desk watches become rows, each with what came of its last look."""

import secrets
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from service.domain.feed import WatchedFeed
from service.errors import FeedNotFound
from service.record import audit
from service.record.connect import Database
from service.record.desk_tables import FEEDS
from service.record.moments import now, to_text


class SqlFeeds:
    """The port `Feeds`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def watch(self, url: str, added_by: str) -> WatchedFeed:
        moment = to_text(now())
        values = {"id": f"feed_{secrets.token_hex(6)}", "url": url, "added": moment, "added_by": added_by}
        with self._database.writing() as connection:
            query = select(FEEDS).where(FEEDS.c.url == url)
            if connection.execute(query).first() is None:
                connection.execute(insert(FEEDS).values(looked=moment, taken=0, failing=0, **values))
                audit.append(connection, "feed.watched", values["id"], {"url": url, "by": added_by})
            return WatchedFeed.model_validate(dict(connection.execute(query).one()._mapping))

    def unwatch(self, feed_id: str, actor: str) -> None:
        with self._database.writing() as connection:
            if not connection.execute(delete(FEEDS).where(FEEDS.c.id == feed_id)).rowcount:
                raise FeedNotFound(f"There is no watched feed {feed_id!r}. List the feeds to see their ids.")
            audit.append(connection, "feed.unwatched", feed_id, {"by": actor})

    def feeds(self) -> list[WatchedFeed]:
        with self._database.reading() as connection:
            rows = connection.execute(select(FEEDS).order_by(FEEDS.c.seq.desc()))
            return [WatchedFeed.model_validate(dict(row._mapping)) for row in rows]

    def take_due(self, before: datetime) -> WatchedFeed | None:
        due = select(FEEDS).where(FEEDS.c.looked < to_text(before)).order_by(FEEDS.c.looked).limit(1)
        with self._database.writing() as connection:
            row = connection.execute(due).first()
            if row is None:
                return None
            connection.execute(update(FEEDS).where(FEEDS.c.id == row.id).values(looked=to_text(now())))
            return WatchedFeed.model_validate(dict(row._mapping))

    def note(self, feed_id: str, *, taken: int, failing: int, problem: str | None) -> None:
        values = {"taken": FEEDS.c.taken + taken, "failing": failing, "problem": problem}
        with self._database.writing() as connection:
            connection.execute(update(FEEDS).where(FEEDS.c.id == feed_id).values(values))
