"""API keys become rows that hold no secret, and a secret becomes the key that it opens.

A secret has 256 random bits, so nobody can guess it and no dictionary holds it: one SHA-256 is enough to keep it
from whoever reads the database. The slow, salted hashes for passwords (Argon2, bcrypt) make guessing a *weak* secret
dear; here they would only make every request slow. An index look-up by digest tells no timing of the secret itself.
"""

import hashlib
import secrets
from collections.abc import Sequence

from sqlalchemy import Row, func, insert, select, update

from service.domain.key import MAIN_DESK, Key, KeyScope, NewKey, require_desk_id
from service.errors import InputError, KeyNotFound
from service.record import audit
from service.record.connect import Database
from service.record.desk_tables import KEYS
from service.record.moments import now, to_text

MARK = "cdk_"
"""What every secret begins with, so that scanners of leaked secrets can know one."""

PREFIX = len(MARK) + 6
"""Characters of the secret that are kept and shown: 36 of its 256 bits."""

_COLUMNS = [KEYS.c[name] for name in Key.model_fields]


class SqlKeys:
    """The port `Keys`."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
        require_desk_id(desk)
        if not name.strip() or not scopes:
            raise InputError("A key needs a name and at least one scope: read, check, ingest, review or admin.")
        if rate_per_minute < 1 or (daily_budget_microusd or 0) < 0:
            raise InputError("A key's rate must be at least 1 a minute, and its budget cannot be less than 0.")
        secret = MARK + secrets.token_urlsafe(32)
        values = {
            "id": f"key_{secrets.token_hex(6)}",
            "name": name.strip(),
            "prefix": secret[:PREFIX],
            "desk": desk,
            "scopes": sorted({scope.value for scope in scopes}),
            "rate_per_minute": rate_per_minute,
            "daily_budget_microusd": daily_budget_microusd,
            "created": to_text(now()),
        }
        with self._database.writing() as connection:
            seq = connection.execute(insert(KEYS).values(digest=_digest(secret), **values).returning(KEYS.c.seq))
            key = Key.model_validate({"seq": seq.scalar_one(), **values})
            noted = {"desk": desk, "name": key.name, "scopes": " ".join(key.scopes)}
            audit.append(connection, "key.created", key.id, noted)
        return NewKey(key=key, secret=secret)

    def find(self, secret: str) -> Key | None:
        """The key with that secret, or None when there is none or it was revoked."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(*_COLUMNS).where(KEYS.c.digest == _digest(secret), KEYS.c.revoked.is_(None))
            ).first()
        return _key(row) if row else None

    def all_keys(self) -> list[Key]:
        """Every key, revoked ones too, newest first."""
        with self._database.reading() as connection:
            return [_key(row) for row in connection.execute(select(*_COLUMNS).order_by(KEYS.c.seq.desc()))]

    def revoke(self, key_id: str) -> Key:
        """The key, revoked from now on; once is enough. Raises KeyNotFound."""
        with self._database.writing() as connection:
            row = connection.execute(select(*_COLUMNS).where(KEYS.c.id == key_id)).first()
            if row is None:
                raise KeyNotFound(f"There is no key {key_id!r}. `claimdesk keys list` shows their ids.")
            key = _key(row)
            if key.revoked is None:
                revoked = now()
                connection.execute(update(KEYS).where(KEYS.c.id == key_id).values(revoked=to_text(revoked)))
                audit.append(connection, "key.revoked", key_id, {"desk": key.desk, "name": key.name})
                key = key.model_copy(update={"revoked": revoked})
        return key

    def any(self) -> bool:
        """Whether there is a key that works."""
        with self._database.reading() as connection:
            return bool(connection.scalar(select(func.count()).where(KEYS.c.revoked.is_(None))))


def _key(row: "Row[tuple[object, ...]]") -> Key:
    return Key.model_validate(dict(row._mapping))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
