"""A request becomes its caller: who it is, what it may do, and the one desk that it sees.

Without any key set up, the caller is the person at this machine. A page of another site, open in that person's
browser, could send requests here too; it is told by its Origin, and by a Host that is no name of this machine
(DNS rebinding).
"""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response
from fastapi.security import APIKeyHeader, HTTPBearer

from service.desk import Desk
from service.domain.event import Event
from service.domain.key import MAIN_DESK, Key, KeyScope
from service.errors import ForeignOrigin, KeyRequired, ScopeMissing, UnknownKey
from service.run import LOCAL_KEY, Cancellation, Run
from service.web.rates import Window
from service.web.serving import serving_of

_bearer = HTTPBearer(auto_error=False, description="An API key; `claimdesk keys create` makes one.")
_header = APIKeyHeader(name="X-API-Key", auto_error=False, description="The same key, where Authorization is taken.")


@dataclass(frozen=True)
class Caller:
    """Who calls, at the desk that is theirs. `key` is None for the local user.

    `cancellation` ends what this request runs, when its time is up or its client has gone.
    """

    desk: Desk
    key: Key | None
    cancellation: Cancellation

    @property
    def id(self) -> str:
        """Who pays, and who stands in the audit log."""
        return self.key.id if self.key else LOCAL_KEY

    @property
    def desk_id(self) -> str:
        return self.key.desk if self.key else MAIN_DESK

    def require(self, scope: KeyScope) -> None:
        """Raises ScopeMissing unless the caller may do what `scope` names."""
        if self.key and not self.key.allows(scope):
            raise ScopeMissing(f"The key {self.key.name!r} lacks the scope {scope}. Use one that has it.")

    def run(self, listen: Callable[[Event], None] | None = None) -> Run:
        """A run of a verb on this caller's account."""
        budget = self.key.daily_budget_microusd if self.key else None
        made = Run(cancellation=self.cancellation, key=self.id, budget_microusd=budget)
        return replace(made, listen=listen) if listen else made


def key_of(request: Request) -> Key | None:
    """The key of the request, or None for the local user.

    Raises KeyRequired and UnknownKey, and ForeignOrigin when another site's page sends it.
    """
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    secret = secret.strip() if scheme.lower() == "bearer" else request.headers.get("x-api-key", "")
    keys = serving_of(request).desks.keys
    if secret:
        key = keys.find(secret)
        if key is None:
            raise UnknownKey("This API key is unknown or was revoked. `claimdesk keys create` makes a new one.")
        return key
    if keys.any():
        raise KeyRequired("Send an API key as `Authorization: Bearer KEY`. `claimdesk keys create` makes one.")
    _require_this_machine(request)
    return None


def identify(
    request: Request, _: Annotated[object, Depends(_bearer)], __: Annotated[object, Depends(_header)]
) -> Key | None:
    """`key_of` as a dependency; the two schemes stand here for the API's description."""
    return key_of(request)


def admit(request: Request, key: Key | None) -> tuple[Caller, Window | None]:
    """The caller with that key, and what is left of its rate. Raises RateLimited, and what opening its desk raises."""
    serving, cancellation = serving_of(request), Cancellation()
    request.state.caller = key.id if key else LOCAL_KEY
    request.state.cancellation = cancellation
    window = serving.rates.take(key) if key else None
    return Caller(serving.desks.desk(key.desk if key else MAIN_DESK), key, cancellation), window


def may(scope: KeyScope) -> Callable[..., Caller]:
    """A dependency: the caller, who may do what `scope` names. Raises ScopeMissing and RateLimited."""

    def admitted(request: Request, response: Response, key: Annotated[Key | None, Depends(identify)]) -> Caller:
        caller, window = admit(request, key)
        if window:
            response.headers["RateLimit-Limit"] = str(window.limit)
            response.headers["RateLimit-Remaining"] = str(window.remaining)
            response.headers["RateLimit-Reset"] = str(window.reset_s)
        caller.require(scope)
        return caller

    return admitted


Reader = Annotated[Caller, Depends(may(KeyScope.READ))]
Checker = Annotated[Caller, Depends(may(KeyScope.CHECK))]
Ingester = Annotated[Caller, Depends(may(KeyScope.INGEST))]
Reviewer = Annotated[Caller, Depends(may(KeyScope.REVIEW))]
Admin = Annotated[Caller, Depends(may(KeyScope.ADMIN))]


def is_loopback(host: str) -> bool:
    """True when the name or address leads to this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.rstrip(".").lower() == "localhost"


def _require_this_machine(request: Request) -> None:
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    origin = request.headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if not is_loopback(host) or foreign or request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        raise ForeignOrigin(
            "Without API keys, Claimdesk serves only pages and programs of this machine, at its loopback address. "
            "To serve others, make a key with `claimdesk keys create`."
        )
