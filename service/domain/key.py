"""An API key as the record knows it: who may do what, how often and for how much, never the secret itself."""

import re
from datetime import datetime

from service.domain.base import Frozen
from service.domain.scope import MAIN_DESK as MAIN_DESK
from service.domain.scope import KeyScope as KeyScope
from service.errors import InputError

_DESK_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


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


def require_desk_id(desk_id: str) -> str:
    """The id itself. Raises InputError for one that could not name a folder and a schema."""
    if not _DESK_ID.fullmatch(desk_id):
        raise InputError(
            f"{desk_id!r} is no desk's id: use 1 to 32 of a-z, 0-9 and -, beginning with a letter or a digit."
        )
    return desk_id
