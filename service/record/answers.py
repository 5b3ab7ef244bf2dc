"""Answers of models become rows by the digest of what went into them."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from service.record.connect import Database
from service.record.desk_tables import ANSWER_CACHE
from service.record.moments import now, to_text


class SqlAnswerCache:
    """The port `AnswerCache`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str, since: datetime) -> str | None:
        """The answer, unless it is unknown or older than `since`."""
        young = ANSWER_CACHE.c.created >= to_text(since)
        with self._database.reading() as connection:
            value: str | None = connection.scalar(select(ANSWER_CACHE.c.value).where(ANSWER_CACHE.c.key == key, young))
        return value

    def put(self, key: str, model: str, value: str) -> None:
        values = {"model": model, "value": value, "created": to_text(now())}
        with self._database.writing() as connection:
            changed = connection.execute(update(ANSWER_CACHE).where(ANSWER_CACHE.c.key == key).values(values))
            if not changed.rowcount:
                connection.execute(insert(ANSWER_CACHE).values(key=key, **values))

    def forget(self, before: datetime) -> int:
        """Deletes answers older than that; returns how many."""
        with self._database.writing() as connection:
            return connection.execute(delete(ANSWER_CACHE).where(ANSWER_CACHE.c.created < to_text(before))).rowcount
