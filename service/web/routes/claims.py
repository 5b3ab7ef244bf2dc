"""`/v1/claims`: the desk's queue, from a claim's arrival to its published verdict."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Path, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from service.claims.check import check_claim
from service.claims.claimreview import to_claim_review
from service.claims.listing import every_claim
from service.claims.sheet import to_csv
from service.domain.audit import AuditEntry
from service.domain.base import Frozen
from service.domain.desk_claim import (
    Assign,
    ClaimState,
    Decide,
    Decision,
    DeskClaim,
    Dismiss,
    MachineVerdict,
    NewClaim,
    Note,
    Publish,
    Reopen,
    Second,
)
from service.domain.workflow import steps_from
from service.web.bodies import NO_NUL, ClaimBody
from service.web.caller import Checker, Reader, Reviewer
from service.web.cursors import PAGE, Cursor, Limit, cut_page, decode_cursor
from service.web.problems import documented
from service.web.routing import make_router
from service.web.serving import Shared

router = make_router("/claims", tag="claims")

LINKED_DATA: dict[int | str, dict[str, Any]] = {
    200: {"description": "A ClaimReview", "content": {"application/ld+json": {"schema": {"type": "object"}}}}
}
SHEET: dict[int | str, dict[str, Any]] = {
    200: {"description": "A line for each claim", "content": {"text/csv": {"schema": {"type": "string"}}}}
}

ClaimId = Annotated[str, Path(min_length=1, max_length=64, pattern=NO_NUL)]

PersonsStep = Annotated[Assign | Note | Decide | Second | Publish | Dismiss | Reopen, Field(discriminator="step")]
"""What a person may do; the machine's check is a route of its own, so that nobody can write its report."""


class Claims(Frozen):
    """A page of the queue; `next` is the cursor of the next one."""

    claims: tuple[DeskClaim, ...]
    next: str | None


class ClaimFile(Frozen):
    """All there is on a claim: where it stands, what may be done, and what was said and done, oldest first."""

    claim: DeskClaim
    steps: tuple[str, ...]
    verdicts: tuple[MachineVerdict, ...]
    decisions: tuple[Decision, ...]
    history: tuple[AuditEntry, ...]


@router.post("", status_code=HTTPStatus.CREATED)
def receive(body: ClaimBody, caller: Checker) -> DeskClaim:
    """Puts a claim into the desk's queue."""
    return caller.desk.books.claims.receive(NewClaim(**body.model_dump()), caller.id)


@router.get("")
def list_claims(
    caller: Reader,
    state: ClaimState | None = None,
    assignee: Annotated[str | None, Query(pattern=NO_NUL, max_length=200)] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Claims:
    """Lists the queue, the last received first; `assignee` is a name or a part of one."""
    found = caller.desk.books.claims.claims(
        state=state, assignee=assignee, before=decode_cursor(cursor), limit=limit + 1
    )
    claims, following = cut_page(found, limit)
    return Claims(claims=claims, next=following)


@router.get("/export", response_class=Response, responses=SHEET)
def export(caller: Reader, state: ClaimState | None = None) -> Response:
    """The queue as a CSV file, which no spreadsheet takes for formulas."""
    lines = to_csv(every_claim(caller.desk.books.claims, state))
    headers = {"Content-Disposition": 'attachment; filename="claims.csv"'}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/{claim_id}", responses=documented(404))
def read_claim(claim_id: ClaimId, caller: Reader) -> ClaimFile:
    """One claim with every verdict, decision and step."""
    claims = caller.desk.books.claims
    claim = claims.claim(claim_id)
    return ClaimFile(
        claim=claim,
        steps=steps_from(claim.state),
        verdicts=tuple(claims.verdicts(claim_id)),
        decisions=tuple(claims.decisions(claim_id)),
        history=tuple(claims.history(claim_id)),
    )


@router.get("/{claim_id}/claimreview", response_class=Response, responses={**LINKED_DATA, **documented(404, 409)})
def read_claim_review(claim_id: ClaimId, caller: Reader, serving: Shared) -> Response:
    """The published verdict as ClaimReview in JSON-LD. 409 when it is not published."""
    settings = serving.desks.settings
    review = to_claim_review(caller.desk.books.claims.claim(claim_id), settings.publisher, settings.public_url)
    return Response(review, media_type="application/ld+json")


@router.post("/{claim_id}/check", responses=documented(404, 409, 502))
def check(claim_id: ClaimId, caller: Checker, serving: Shared) -> DeskClaim:
    """Has the machine check the claim; its verdict is added to those before and replaces none, nor a person's."""
    claim = check_claim(caller.desk, claim_id, run=caller.run())
    serving.metrics.count_report("check", caller.desk.books.claims.verdicts(claim_id)[-1].report)
    return claim


@router.post("/{claim_id}/steps", responses=documented(404, 409))
def take_step(claim_id: ClaimId, body: PersonsStep, caller: Reviewer) -> DeskClaim:
    """Takes a person's step: assign, note, decide, second, publish, dismiss or reopen. 409 when it is not the time for it."""
    return caller.desk.books.claims.take_step(claim_id, body, caller.id)
