"""A table becomes the query for a page of its rows, the last made first."""

from typing import Any

from sqlalchemy import Select, Table, select


def newest_rows(table: Table, before: int | None, limit: int, **wanted: str | None) -> Select[Any]:
    """At most `limit` rows made before the one with the seq `before`, whose columns hold what is wanted, where it is.

    A seq is no position: what is added or deleted between two pages moves nothing to another page.
    """
    query = select(table).order_by(table.c.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(table.c.seq < before)
    return query.where(*(table.c[name] == value for name, value in wanted.items() if value is not None))
