"""A claim on the desk becomes a claim with a machine verdict, kept for good beside whatever people decide."""

from service.desk import Desk
from service.domain.desk_claim import DeskClaim, RecordCheck
from service.run import Run

MACHINE = "machine"
"""Who the log says took the step."""


def check_claim(desk: Desk, claim_id: str, *, run: Run | None = None) -> DeskClaim:
    """Checks the claim by the archive as it stood when it was said, and keeps the report.

    The article that the claim was found in is no evidence for it. Raises ClaimNotFound, WrongStep, Cancelled.
    """
    claim = desk.books.claims.claim(claim_id)
    own = (claim.article_id,) if claim.article_id else ()
    report = desk.check(claim.text, claim.said, without_articles=own, run=run)
    return desk.books.claims.take_step(claim_id, RecordCheck(report=report), MACHINE)
