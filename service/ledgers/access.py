"""The tasks of keeping who may call, what was answered to them, and what paid models were used and said."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from service.domain.cost import Cost, CostLine
from service.domain.idempotency import KeptResponse
from service.domain.key import MAIN_DESK, Key, KeyScope, NewKey


class Keys(Protocol):
    """API keys; they live in the main desk's record."""

    def create(
        self,
        name: str,
        scopes: Sequence[KeyScope],
        *,
        desk: str = MAIN_DESK,
        rate_per_minute: int = 120,
        daily_budget_microusd: int | None = None,
    ) -> NewKey:
        """A new key; its secret is in the result and nowhere else. Raises InputError for a bad desk id or limit."""

    def find(self, secret: str) -> Key | None:
        """The key with that secret, or None when there is none or it was revoked."""

    def all_keys(self) -> list[Key]:
        """Every key, revoked ones too, newest first."""

    def revoke(self, key_id: str) -> Key:
        """The key, revoked from now on; once is enough. Raises KeyNotFound."""

    def any(self) -> bool:
        """Whether there is a key that works."""


class Idempotency(Protocol):
    """Requests that carried an Idempotency-Key, and their answers, for a day."""

    def begin(self, key_id: str, key: str, route: str, body_hash: str) -> KeptResponse | None:
        """The kept answer; None says: go on, and call `keep` or `forget`.

        Raises RequestMismatch when the key was used for another request, RequestInProgress while the first runs.
        """

    def keep(self, key_id: str, key: str, response: KeptResponse) -> None: ...

    def forget(self, key_id: str, key: str) -> None:
        """Lets the request be tried again: it failed before it did anything."""


class Costs(Protocol):
    """What paid models used."""

    def book(self, cost: Cost) -> None: ...

    def reserve(self, cost: Cost, budget_microusd: int) -> bool:
        """Books the most that a call can cost, unless that would exceed its key's budget of the day: then False.

        What was not used is given back by booking the difference, negative: rows are never changed.
        """

    def spent(self, day: date, key_id: str | None = None) -> int:
        """Millionths of a US dollar spent on that day, by that key or by all; calls of unknown price count as 0."""

    def lines(self, since: date, until: date) -> list[CostLine]:
        """Sums by day, key, task and model, newest day first."""


class AnswerCache(Protocol):
    """Answers of models by the digest of everything that went into them."""

    def get(self, key: str, since: datetime) -> str | None:
        """The answer, unless it is unknown or older than `since`."""

    def put(self, key: str, model: str, value: str) -> None: ...

    def forget(self, before: datetime) -> int:
        """Deletes answers older than that; returns how many."""
