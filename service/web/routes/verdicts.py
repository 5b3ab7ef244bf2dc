"""`/v1/ask`, `/v1/check` and `/v1/search`: questions answered, claims judged and sentences found."""

from typing import Annotated

from fastapi import APIRouter, Query

from service.domain.report import Answer, Report
from service.retrieve.search import Found, Scope
from service.web.bodies import AskBody, AsOf, CheckBody, Words
from service.web.caller import CallersDesk
from service.web.problems import documented

router = APIRouter(tags=["verdicts"], responses=documented())


@router.post("/ask")
def ask(body: AskBody, desk: CallersDesk) -> Answer:
    """Answers a question with cited sentences, or abstains."""
    return desk.ask(body.question, body.as_of)


@router.post("/check")
def check(body: CheckBody, desk: CallersDesk) -> Report:
    """Judges a claim: supported, refuted, conflicting evidence or not enough evidence."""
    return desk.check(body.claim, body.as_of, without_article=body.without_article)


@router.get("/search")
def search(
    q: Annotated[Words, Query(min_length=1, max_length=2_000, description="Words, or a whole sentence.")],
    desk: CallersDesk,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
    as_of: AsOf = None,
) -> Found:
    """Finds the stored sentences nearest to a query, best first, each with its article and offsets."""
    return desk.search(q, limit, Scope(as_of=as_of))
