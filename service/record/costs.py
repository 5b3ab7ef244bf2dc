"""Calls of paid models become rows that are only ever added, and their sums by day and key."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, case, func, insert, select

from service.domain.cost import Cost, CostLine
from service.record.connect import Database
from service.record.desk_tables import COSTS


class SqlCosts:
    """The port `Costs`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def book(self, cost: Cost) -> None:
        with self._database.writing() as connection:
            _insert(connection, cost)

    def reserve(self, cost: Cost, budget_microusd: int) -> bool:
        """Books the most that a call can cost, unless that would exceed its key's budget of the day: then False.

        What was not used is given back by booking the difference, negative: rows are never changed.
        """
        with self._database.writing() as connection:
            spent = connection.scalar(_spent(cost.day, cost.key_id)) or 0
            if int(spent) + (cost.microusd or 0) > budget_microusd:
                return False
            _insert(connection, cost)
        return True

    def spent(self, day: date, key_id: str | None = None) -> int:
        """Millionths of a US dollar spent on that day, by that key or by all; calls of unknown price count as 0."""
        with self._database.reading() as connection:
            return int(connection.scalar(_spent(day, key_id)) or 0)

    def lines(self, since: date, until: date) -> list[CostLine]:
        """Sums by day, key, task and model, newest day first."""
        by = [COSTS.c.day, COSTS.c.key_id, COSTS.c.task, COSTS.c.model]
        # A correction has no tokens of its own call to count: only rows that add tokens are calls.
        calls = func.sum(case((COSTS.c.tokens_in > 0, 1), else_=0))
        sums = [func.sum(COSTS.c[name]).label(name) for name in ("tokens_in", "tokens_out", "microusd")]
        no_price = (COSTS.c.tokens_in > 0) & COSTS.c.microusd.is_(None)
        unpriced = func.sum(case((no_price, 1), else_=0)).label("unpriced")
        query = (
            select(*by, calls.label("calls"), *sums, unpriced)
            .where(COSTS.c.day.between(since.isoformat(), until.isoformat()))
            .group_by(*by)
            .order_by(COSTS.c.day.desc(), *by[1:])
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return [CostLine.model_validate({name: value or 0 for name, value in row.items()}) for row in rows]


def _insert(connection: Connection, cost: Cost) -> None:
    connection.execute(insert(COSTS).values({**cost.model_dump(), "day": cost.day.isoformat()}))


def _spent(day: date, key_id: str | None) -> Select[Any]:
    query = select(func.sum(COSTS.c.microusd)).where(COSTS.c.day == day.isoformat())
    return query if key_id is None else query.where(COSTS.c.key_id == key_id)
