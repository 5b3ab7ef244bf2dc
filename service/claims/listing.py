"""The desk's queue, page by page, becomes one stream of claims, the newest first."""

from collections.abc import Iterator

from service.domain.desk_claim import ClaimState, DeskClaim
from service.ledgers import Claims

PAGE = 200


def every_claim(claims: Claims, state: ClaimState | None = None) -> Iterator[DeskClaim]:
    """Every claim that was there at the start, or those in that state."""
    before: int | None = None
    while page := claims.claims(state=state, before=before, limit=PAGE):
        yield from page
        before = page[-1].seq
