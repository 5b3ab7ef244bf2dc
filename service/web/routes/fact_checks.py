"""`/v1/fact-checks`: what others published and a claim comes near to; `/fact-checks/{id}`: what this desk published."""

from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from service.claims.claimreview import to_claim_review
from service.claims.collect import import_fact_checks, take_fact_checks
from service.claims.matching import match
from service.desks import Desks
from service.domain.base import Frozen
from service.domain.desk_claim import ClaimState, DeskClaim
from service.domain.fact_check import FactCheckMatch, Imported, StoredFactCheck
from service.errors import ClaimNotFound
from service.tenancy import known_desks
from service.web.bodies import MatchBody
from service.web.caller import Checker, Ingester, Reader
from service.web.cursors import PAGE, Cursor, Limit, cut_page, decode_cursor
from service.web.problems import documented
from service.web.routes.claims import LINKED_DATA, ClaimId
from service.web.routing import ArticleRoute, make_router
from service.web.serving import Shared
from service.web.uploads import REVIEWS_BODY, SentReviews, read_reviews

router = make_router("/fact-checks", tag="fact-checks")
imports = make_router("/fact-checks", tag="fact-checks", problems=(415, 424), route=ArticleRoute)
published = APIRouter(prefix="/fact-checks", tags=["fact-checks"], responses=documented(404))

MOST_MATCHES = 10


class FactChecks(Frozen):
    """A page of fact-checks, newest first; `next` is the cursor of the next one."""

    fact_checks: tuple[StoredFactCheck, ...]
    next: str | None


class Matches(Frozen):
    """Earlier fact-checks of a claim: the confirmed ones say the same, the suggested ones are worth a look."""

    matches: tuple[FactCheckMatch, ...]


@imports.post("", openapi_extra={"requestBody": REVIEWS_BODY})
def take_in(caller: Ingester, sent: Annotated[SentReviews, Depends(read_reviews)]) -> Imported:
    """Takes in the ClaimReviews of JSON-LD, of files, or of an address, which may be a feed. What cannot be used is told."""
    if sent.url is not None:
        return import_fact_checks(caller.desk, sent.url, caller.run())
    done = [take_fact_checks(caller.desk, content, name, caller.run()) for name, content in sent.files]
    return Imported(
        added=sum(each.added for each in done),
        known=sum(each.known for each in done),
        failed=tuple(problem for each in done for problem in each.failed),
    )


@router.get("")
def list_fact_checks(caller: Reader, limit: Limit = PAGE, cursor: Cursor = None) -> FactChecks:
    """Lists the fact-checks that this desk knows of."""
    found = caller.desk.books.fact_checks.fact_checks(before=decode_cursor(cursor), limit=limit + 1)
    page, following = cut_page(found, limit)
    return FactChecks(fact_checks=page, next=following)


@router.post("/match")
def find_matches(body: MatchBody, caller: Checker) -> Matches:
    """Finds earlier fact-checks of a claim. One is confirmed where each says what the other does, and nothing differs."""
    found = match(
        body.claim,
        body.said,
        caller.desk.books.fact_checks,
        caller.desk.embedder_of(caller.run()),
        caller.desk.judge,
        MOST_MATCHES,
    )
    return Matches(matches=tuple(found))


@published.get("/{claim_id}", response_class=Response, responses=LINKED_DATA)
def read_published(claim_id: ClaimId, serving: Shared) -> Response:
    """A desk's published verdict on a claim, as ClaimReview, for anyone: this is its stable address."""
    claim = _find_published(claim_id, serving.desks)
    settings = serving.desks.settings
    return Response(to_claim_review(claim, settings.publisher, settings.public_url), media_type="application/ld+json")


def _find_published(claim_id: str, desks: Desks) -> DeskClaim:
    """The claim with that id, at whichever desk published it. Raises ClaimNotFound."""
    for desk_id in known_desks(desks.keys):
        with suppress(ClaimNotFound):
            claim = desks.desk(desk_id).books.claims.claim(claim_id)
            if claim.state is ClaimState.PUBLISHED:
                return claim
    raise ClaimNotFound(f"No verdict on a claim {claim_id!r} is published here.")
