"""An API key as the record knows it: who may do what, how often and for how much, never the secret itself."""

from datetime import datetime
from enum import StrEnum

from service.domain.base import Frozen

MAIN_DESK = "main"
"""The desk of whoever needs no key: the local user, and today's data folder."""


class KeyScope(StrEnum):
    """What a key may do; ADMIN includes all others."""

    READ = "read"  # articles, claims, results
    CHECK = "check"  # ask, check, chat
    INGEST = "ingest"  # take articles and fact-checks in, delete them
    REVIEW = "review"  # work on the desk's claims: assign, decide, publish
    ADMIN = "admin"  # keys, webhooks, jobs of others, audit


class Key(Frozen):
    """A key without its secret. `prefix` is the secret's first characters, to recognise it by."""

    seq: int
    id: str
    name: str
    prefix: str
    desk: str
    scopes: tuple[KeyScope, ...]
    rate_per_minute: int
    daily_budget_microusd: int | None  # millionths of a US dollar for paid models; None: no limit
    created: datetime
    revoked: datetime | None = None

    def allows(self, scope: KeyScope) -> bool:
        """Whether the key may do what `scope` names; a revoked key may do nothing."""
        return self.revoked is None and (scope in self.scopes or KeyScope.ADMIN in self.scopes)


class NewKey(Frozen):
    """A key that has just been made, with the secret that is shown this once."""

    key: Key
    secret: str
