"""The record becomes a few sentences spread over all of it, by which the index is probed."""

from sqlalchemy import Connection, func, select

from service.record.tables import SENTENCES


def spread(connection: Connection, limit: int) -> list[str]:
    """Ids of the first searchable sentences at or after evenly spaced keys: an index look-up each."""
    searchable = SENTENCES.c.searchable
    # Asked for both at once, SQLite would read the whole index.
    low = connection.scalar(select(func.min(SENTENCES.c.key)).where(searchable))
    high = connection.scalar(select(func.max(SENTENCES.c.key)).where(searchable))
    if low is None or high is None:
        return []
    ids: list[str] = []
    after = -1
    for step in range(limit):
        target = max(after + 1, low + (high - low) * step // limit)
        row = connection.execute(
            select(SENTENCES.c.key, SENTENCES.c.id)
            .where(searchable, SENTENCES.c.key >= target)
            .order_by(SENTENCES.c.key)
            .limit(1)
        ).first()
        if row is None:
            break
        after = row.key
        ids.append(row.id)
    return ids
