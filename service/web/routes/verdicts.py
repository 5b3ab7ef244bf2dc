"""`/v1/ask`, `/v1/check` and `/v1/search`: questions answered, claims judged and sentences found."""

from dataclasses import replace
from typing import Annotated

from fastapi import Query, Request, Response

from service.domain.report import Answer, Report
from service.retrieve.search import Found, Scope
from service.run import Run
from service.web.bodies import NO_NUL, AskBody, AsOf, CheckBody
from service.web.caller import Checker, Reader
from service.web.routing import make_router
from service.web.serving import Shared
from service.web.stream import STREAMED, stream, wants_stream

router = make_router(tag="verdicts", problems=(502,))


@router.post("/ask", response_model=Answer, responses=STREAMED)
def ask(body: AskBody, request: Request, caller: Checker, serving: Shared) -> Answer | Response:
    """Answers a question with cited sentences, or abstains. With `history`, the question may lean on it."""

    def work(run: Run) -> Answer:
        wanted = replace(run, llm_only=body.llm_only)
        answer = caller.desk.chat(body.history, body.question, body.as_of, run=wanted)
        serving.metrics.count_answer("ask", answer)
        return answer

    return stream(caller, work) if wants_stream(request) else work(caller.run())


@router.post("/check", response_model=Report, responses=STREAMED)
def check(body: CheckBody, request: Request, caller: Checker, serving: Shared) -> Report | Response:
    """Judges a claim: supported, refuted, conflicting evidence or not enough evidence."""
    without = {*body.without_articles, body.without_article or ""}

    def work(run: Run) -> Report:
        wanted = replace(run, llm_only=body.llm_only)
        report = caller.desk.check(body.claim, body.as_of, without_articles=without, run=wanted)
        serving.metrics.count_report("check", report)
        return report

    return stream(caller, work) if wants_stream(request) else work(caller.run())


@router.get("/search")
def search(
    q: Annotated[str, Query(pattern=NO_NUL, min_length=1, max_length=2_000, description="Words, or a whole sentence.")],
    caller: Reader,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
    as_of: AsOf = None,
) -> Found:
    """Finds the stored sentences nearest to a query, best first, each with its article and offsets."""
    return caller.desk.search(q, limit, Scope(as_of=as_of), run=caller.run())
