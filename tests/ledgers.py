"""The ledgers of paid calls in plain Python, for tests that need no database."""

import threading
from datetime import UTC, date, datetime

from service.domain.cost import Cost, CostLine


def today() -> date:
    """The day that a call made now is booked on; a run of the tests may last past midnight."""
    return datetime.now(UTC).date()


class MemoryCosts:
    """The port `Costs`; it sums nothing by line."""

    def __init__(self) -> None:
        self.rows: list[Cost] = []
        self._reserving = threading.Lock()

    def book(self, cost: Cost) -> None:
        self.rows.append(cost)

    def reserve(self, cost: Cost, budget_microusd: int) -> bool:
        with self._reserving:
            if self.spent(cost.day, cost.key_id) + (cost.microusd or 0) > budget_microusd:
                return False
            self.book(cost)
            return True

    def spent(self, day: date, key_id: str | None = None) -> int:
        return sum(row.microusd or 0 for row in self.rows if row.day == day and key_id in (None, row.key_id))

    def lines(self, since: date, until: date) -> list[CostLine]:
        raise NotImplementedError


class MemoryAnswers:
    """The port `AnswerCache`."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[datetime, str]] = {}

    def get(self, key: str, since: datetime) -> str | None:
        at, value = self.kept.get(key, (datetime.min.replace(tzinfo=UTC), ""))
        return value if at >= since else None

    def put(self, key: str, model: str, value: str) -> None:
        self.kept[key] = (datetime.now(UTC), value)

    def forget(self, before: datetime) -> int:
        old = [key for key, (at, _) in self.kept.items() if at < before]
        for key in old:
            del self.kept[key]
        return len(old)
