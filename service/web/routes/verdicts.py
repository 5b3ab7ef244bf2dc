"""`/v1/ask`, `/v1/check` and `/v1/search`: questions answered, claims judged and sentences found."""

from typing import Annotated

from fastapi import Query

from service.domain.report import Answer, Report
from service.retrieve.search import Found, Scope
from service.web.bodies import AskBody, AsOf, CheckBody, Words
from service.web.caller import Checker, Reader
from service.web.routing import make_router
from service.web.serving import Shared

router = make_router(tag="verdicts")


@router.post("/ask")
def ask(body: AskBody, caller: Checker, serving: Shared) -> Answer:
    """Answers a question with cited sentences, or abstains."""
    answer = caller.desk.ask(body.question, body.as_of, run=caller.run())
    serving.metrics.count_answer("ask", answer)
    return answer


@router.post("/check")
def check(body: CheckBody, caller: Checker, serving: Shared) -> Report:
    """Judges a claim: supported, refuted, conflicting evidence or not enough evidence."""
    without = [body.without_article] if body.without_article else []
    report = caller.desk.check(body.claim, body.as_of, without_articles=without, run=caller.run())
    serving.metrics.count_report("check", report)
    return report


@router.get("/search")
def search(
    q: Annotated[Words, Query(min_length=1, max_length=2_000, description="Words, or a whole sentence.")],
    caller: Reader,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
    as_of: AsOf = None,
) -> Found:
    """Finds the stored sentences nearest to a query, best first, each with its article and offsets."""
    return caller.desk.search(q, limit, Scope(as_of=as_of))
