"""`/v1/chat/completions` and `/v1/models`: the desk for clients that speak OpenAI's protocol."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.sse import EventSourceResponse, format_sse_event
from starlette.exceptions import HTTPException

from service.domain.event import SentenceEvent
from service.domain.report import Answer, Report
from service.errors import ClaimdeskError
from service.run import Run
from service.web import openai
from service.web.caller import Caller, Checker, Reader
from service.web.openai_wire import (
    ChatBody,
    Completion,
    Delta,
    ModelCard,
    ModelList,
    ModelName,
    TokenUsage,
    require_model,
)
from service.web.problems import (
    Problem,
    documented,
    headers_of,
    problem_of,
    problem_of_http,
    problem_of_invalid,
    respond,
)
from service.web.routing import Handler, Route, make_router
from service.web.serving import Shared
from service.web.stream import STREAMED, Done, run_events


class OpenAiRoute(Route):
    """A route whose problems carry an `error` too, where OpenAI's clients look for it."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            request.state.form = _refuse
            try:
                return await handle(request)
            except ClaimdeskError as error:
                return _refuse(problem_of(error), headers_of(error))
            except RequestValidationError as error:
                return _refuse(problem_of_invalid(error), None)
            except HTTPException as error:
                return _refuse(problem_of_http(error, request), dict(error.headers or {}))

        return answer


router = make_router(tag="openai", problems=(502,), route=OpenAiRoute, shape="OpenAiProblem")


@router.get("/models")
def list_models(_: Reader) -> ModelList:
    """Lists the two models: one that answers, and one that checks a claim."""
    return ModelList(data=tuple(ModelCard(id=name) for name in ModelName))


@router.get("/models/{model}", responses=documented(404, shape="OpenAiProblem"))
def read_model(model: str, _: Reader) -> ModelCard:
    """One of the two models."""
    return ModelCard(id=require_model(model))


@router.post(
    "/chat/completions",
    response_model=Completion,
    responses={**STREAMED, **documented(404, shape="OpenAiProblem")},
)
def complete(body: ChatBody, request: Request, caller: Checker, serving: Shared) -> Completion | Response:
    """Answers the last message out of the archive, or checks it, in OpenAI's form, at once or in pieces."""
    model = require_model(body.model)
    question, history, base_url = body.question, body.history, str(request.base_url).rstrip("/")

    def work(run: Run) -> Answer | Report:
        wanted = replace(run, llm_only=body.llm_only)
        if model is ModelName.CHECKS:
            report = caller.desk.check(question, run=wanted)
            serving.metrics.count_report("chat", report)
            return report
        answer = caller.desk.chat(history, question, run=wanted)
        serving.metrics.count_answer("chat", answer)
        return answer

    if body.stream:
        return EventSourceResponse(_pieces(body, model, caller, work, base_url), headers={"Cache-Control": "no-store"})
    return openai.complete(work(caller.run()), model, openai.new_id(), base_url)


async def _pieces(
    body: ChatBody, model: ModelName, caller: Caller, work: Callable[[Run], Answer | Report], base_url: str
) -> AsyncIterator[bytes]:
    """The completion in pieces: each verified sentence as it comes, then what is left, the notes and annotations."""
    completion_id, sent = openai.new_id(), ""

    def piece(delta: Delta | None, *, ends: bool = False, usage: TokenUsage | None = None) -> bytes:
        made = openai.make_piece(completion_id, model, delta, ends=ends, usage=usage)
        return format_sse_event(data_str=made.model_dump_json(exclude_unset=True))

    yield piece(Delta(role="assistant", content=""))
    async for happening in run_events(caller, work):
        if isinstance(happening, SentenceEvent):
            text = f"{' ' if sent else ''}{happening.text}"
            sent += text
            yield piece(Delta(content=text))
        elif isinstance(happening, Problem):
            yield format_sse_event(data_str=openai.with_error(happening).model_dump_json())
            return
        elif isinstance(happening, Done):
            result = happening.result
            content = openai.write(result)
            rest = content[len(sent) :] if content.startswith(sent) else f"\n\n{content}"
            annotations = openai.annotate(sent + rest, result.citations, base_url)
            yield piece(Delta(content=rest, annotations=annotations))
            yield piece(Delta(), ends=True)
            if body.stream_options and body.stream_options.include_usage:
                yield piece(None, usage=openai.count(result))
    yield format_sse_event(data_str="[DONE]")


def _refuse(problem: Problem, headers: dict[str, str] | None) -> Response:
    return respond(openai.with_error(problem), headers)
