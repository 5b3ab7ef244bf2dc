"""`/v1/conversations`: the chat, kept: questions and claims turn by turn, each with the result that was shown."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import Path, Request, Response
from pydantic import Field

from service.ask.chain import LONGEST_QUESTION
from service.check.chain import LONGEST_CLAIM
from service.claims.claimreview import draft_claim_review
from service.domain.base import Frozen
from service.domain.chat import Turn
from service.domain.conversation import Conversation, ConversationSummary, SaidTurn, TurnKind
from service.domain.report import Answer, Report
from service.errors import ForeignConversation, NotFound
from service.run import Run
from service.web.bodies import MOST_TURNS, AsOf, LlmOnly
from service.web.caller import Caller, Checker, Reader
from service.web.cursors import PAGE, Cursor, Limit, cut_page, decode_cursor
from service.web.problems import documented
from service.web.routes.claims import LINKED_DATA
from service.web.routing import make_router
from service.web.serving import Serving, Shared
from service.web.stream import STREAMED, stream, wants_stream

router = make_router("/conversations", tag="conversations")

ConversationId = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[^\x00]+$")]


class TitleBody(Frozen):
    """A title, such as the first question; what is longer than 200 characters is cut."""

    title: Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION, pattern=r"\S")]


class SayBody(Frozen):
    """What is asked or claimed next."""

    kind: TurnKind
    said: Annotated[str, Field(min_length=1, max_length=max(LONGEST_QUESTION, LONGEST_CLAIM))]
    as_of: AsOf = None
    llm_only: LlmOnly = False


class Conversations(Frozen):
    """A page of the caller's own conversations; `next` is the cursor of the next one."""

    conversations: tuple[ConversationSummary, ...]
    next: str | None


@router.post("", status_code=HTTPStatus.CREATED)
def begin(body: TitleBody, caller: Checker) -> ConversationSummary:
    """Begins a conversation, as yet without a turn."""
    return caller.desk.books.conversations.begin(body.title, caller.id)


@router.get("")
def list_conversations(caller: Reader, limit: Limit = PAGE, cursor: Cursor = None) -> Conversations:
    """Lists the caller's own conversations, the last begun first."""
    before = decode_cursor(cursor)
    found = caller.desk.books.conversations.conversations(caller.id, before=before, limit=limit + 1)
    conversations, following = cut_page(found, limit)
    return Conversations(conversations=conversations, next=following)


@router.get("/{conversation_id}", responses=documented(404))
def read(conversation_id: ConversationId, caller: Reader) -> Conversation:
    """A conversation with its turns. Anyone at the desk who has its address may read it."""
    return caller.desk.books.conversations.conversation(conversation_id)


@router.patch("/{conversation_id}", responses=documented(403, 404))
def rename(conversation_id: ConversationId, body: TitleBody, caller: Checker) -> ConversationSummary:
    """Gives a conversation of the caller's own another title."""
    _require_own(conversation_id, caller)
    return caller.desk.books.conversations.rename(conversation_id, body.title)


@router.delete("/{conversation_id}", status_code=HTTPStatus.NO_CONTENT, responses=documented(403, 404))
def delete(conversation_id: ConversationId, caller: Checker) -> None:
    """Deletes a conversation of the caller's own, with its turns."""
    _require_own(conversation_id, caller)
    caller.desk.books.conversations.delete(conversation_id)


@router.post("/{conversation_id}/turns", response_model=SaidTurn, responses=STREAMED | documented(403, 404, 502))
def say(
    conversation_id: ConversationId, body: SayBody, request: Request, caller: Checker, serving: Shared
) -> SaidTurn | Response:
    """Answers a question that may lean on the turns before, or checks a claim, and keeps it as the next turn."""
    conversation = _require_own(conversation_id, caller)

    def work(run: Run) -> SaidTurn:
        result = _answer(body, conversation, caller, replace(run, llm_only=body.llm_only))
        _count(serving, result)
        return caller.desk.books.conversations.add_turn(conversation_id, _turn(body, result))

    return stream(caller, work) if wants_stream(request) else work(caller.run())


@router.get(
    "/{conversation_id}/turns/{number}/claimreview",
    response_class=Response,
    responses={**LINKED_DATA, **documented(404)},
)
def read_draft(
    conversation_id: ConversationId, number: Annotated[int, Path(ge=1, le=2**31 - 1)], caller: Reader, serving: Shared
) -> Response:
    """A checked claim's report as a ClaimReview in JSON-LD: a draft, for a person to decide on."""
    turns = caller.desk.books.conversations.conversation(conversation_id).turns
    turn = next((each for each in turns if each.number == number), None)
    if turn is None or turn.report is None:
        raise NotFound(f"Turn {number} of this conversation is no checked claim. Read it to see its turns.")
    settings = serving.desks.settings
    place = f"{settings.public_url.rstrip('/')}/c/{conversation_id}#turn-{number}"
    draft = draft_claim_review(turn.report, turn.as_of, turn.at.date(), place, settings.publisher)
    return Response(draft, media_type="application/ld+json")


def _require_own(conversation_id: str, caller: Caller) -> Conversation:
    conversation = caller.desk.books.conversations.conversation(conversation_id)
    if conversation.created_by != caller.id:
        raise ForeignConversation("This conversation is a colleague's. Read it here; to go on, begin one of your own.")
    return conversation


def _answer(body: SayBody, conversation: Conversation, caller: Caller, run: Run) -> Answer | Report:
    if body.kind is TurnKind.CLAIM:
        return caller.desk.check(body.said, body.as_of, run=run)
    history = [
        Turn(question=turn.answer.rewritten or turn.said, answer=turn.answer.answer)
        for turn in conversation.turns
        if turn.answer is not None
    ]
    return caller.desk.chat(history[-MOST_TURNS:], body.said, body.as_of, run=run)


def _count(serving: Serving, result: Answer | Report) -> None:
    if isinstance(result, Answer):
        serving.metrics.count_answer("ask", result)
    else:
        serving.metrics.count_report("check", result)


def _turn(body: SayBody, result: Answer | Report) -> Callable[[int], SaidTurn]:
    """The turn with that result, once its number is known."""
    answer, report = (result, None) if isinstance(result, Answer) else (None, result)
    stated = {"at": datetime.now(UTC), **body.model_dump(exclude={"llm_only"})}
    return lambda number: SaidTurn(number=number, **stated, answer=answer, report=report)
