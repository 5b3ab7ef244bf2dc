"""`/v1/keys` and `/v1/audit`: who may do what, and what was done."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Path, Query
from pydantic import Field

from service.domain.audit import AuditEntry, AuditFault
from service.domain.base import Frozen
from service.domain.key import Key, KeyScope, NewKey
from service.errors import KeyNotFound
from service.web.bodies import NO_NUL
from service.web.caller import Admin, Caller
from service.web.cursors import PAGE, Cursor, Limit, cut_page, decode_cursor
from service.web.problems import documented
from service.web.routing import SecretRoute, make_router
from service.web.serving import Serving, Shared

router = make_router(tag="administration", problems=(409,), route=SecretRoute)

Digest = Annotated[str | None, Query(pattern="^[0-9a-f]{64}$")]


class KeyBody(Frozen):
    """A key to make, for the desk of the key that asks."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    scopes: Annotated[tuple[KeyScope, ...], Field(min_length=1, max_length=len(KeyScope))]
    rate_per_minute: Annotated[int, Field(ge=1, le=100_000, strict=True)] = 120
    daily_budget_microusd: Annotated[
        int | None, Field(ge=0, le=10**15, strict=True, description="Of millionths of a dollar.")
    ] = None


class Keys(Frozen):
    keys: tuple[Key, ...]


class AuditPage(Frozen):
    """A page of the log, newest first; `next` is the cursor of the next one."""

    entries: tuple[AuditEntry, ...]
    next: str | None


class AuditProof(Frozen):
    """What does not fit in the log; none means that it proves itself. Keep `head`: with it, a cut at the end shows."""

    whole: bool
    faults: tuple[AuditFault, ...]
    head: AuditEntry | None


@router.post("/keys", status_code=HTTPStatus.CREATED)
def create_key(body: KeyBody, caller: Admin, serving: Shared) -> NewKey:
    """Makes a key for this desk. Its secret is in this answer and nowhere else."""
    return serving.desks.keys.create(
        body.name,
        body.scopes,
        desk=caller.desk_id,
        rate_per_minute=body.rate_per_minute,
        daily_budget_microusd=body.daily_budget_microusd,
    )


@router.get("/keys")
def list_keys(caller: Admin, serving: Shared) -> Keys:
    """Lists this desk's keys, without their secrets."""
    return Keys(keys=_keys(caller, serving))


@router.delete("/keys/{key_id}", responses=documented(404))
def revoke_key(key_id: Annotated[str, Path(max_length=64, pattern=NO_NUL)], caller: Admin, serving: Shared) -> Key:
    """Revokes a key of this desk: its next request is refused."""
    if key_id not in {key.id for key in _keys(caller, serving)}:
        raise KeyNotFound(f"There is no key {key_id!r} at this desk. GET /v1/keys lists them.")
    return serving.desks.keys.revoke(key_id)


@router.get("/audit")
def read_audit(caller: Admin, limit: Limit = PAGE, cursor: Cursor = None) -> AuditPage:
    """Lists what was done at this desk, newest first."""
    found = caller.desk.books.audit.entries(before=decode_cursor(cursor), limit=limit + 1)
    entries, following = cut_page(found, limit)
    return AuditPage(entries=entries, next=following)


@router.get("/audit/verify")
def verify_audit(
    caller: Admin,
    known_seq: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    known_hash: Digest = None,
) -> AuditProof:
    """Proves the log; `known_seq` and `known_hash` are those of a head that was kept elsewhere."""
    log = caller.desk.books.audit
    faults = tuple(log.faults(known_seq, known_hash))
    return AuditProof(whole=not faults, faults=faults, head=log.head())


def _keys(caller: Caller, serving: Serving) -> tuple[Key, ...]:
    every = serving.desks.keys.all_keys()
    return tuple(key for key in every if key.desk == caller.desk_id)
