"""The desk as a model of OpenAI's chat API: a conversation becomes an answer whose notes are its citations.

Two models: `claimdesk` answers the last message out of the archive, `claimdesk-check` judges it as a claim. Each
statement ends in its [number]; notes below quote the sentences, and `url_citation` annotations mark the numbers for
clients that show them. Settings of sampling have no meaning here, and system messages change nothing: an answer is
made of stored sentences.
"""

import re
import time
import uuid
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from service.domain.base import Frozen
from service.domain.chat import Turn
from service.domain.passage import Citation
from service.domain.report import Answer, Report
from service.errors import EmptyText
from service.web.bodies import MOST_TURNS
from service.web.problems import Problem

_NUMBER = re.compile(r"\[(\d+)]")
_LONGEST_MESSAGE = 100_000  # characters; a question has its own limit


class ModelName(StrEnum):
    ANSWERS = "claimdesk"
    CHECKS = "claimdesk-check"


class TextPart(BaseModel):
    """A part of a message; only text can be read."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: Literal["text"]
    text: Annotated[str, Field(max_length=_LONGEST_MESSAGE)]


class Message(BaseModel):
    """One message of the conversation."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str, Field(max_length=_LONGEST_MESSAGE)] | tuple[TextPart, ...] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content or ())


class StreamOptions(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    include_usage: bool = False


class ChatBody(BaseModel):
    """A request as OpenAI's clients send it; fields of sampling and of tools are read past."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    model: ModelName
    messages: Annotated[tuple[Message, ...], Field(min_length=1, max_length=1_000)]
    stream: bool = False
    stream_options: StreamOptions | None = None

    @property
    def question(self) -> str:
        """The last message, which must be the user's. Raises EmptyText."""
        if self.messages[-1].role != "user":
            raise EmptyText("The last message is not the user's. End `messages` with the question or the claim.")
        return self.messages[-1].text

    @property
    def history(self) -> tuple[Turn, ...]:
        """The turns before: each of the user's messages with the answer that followed it, the newest kept."""
        turns: list[Turn] = []
        asked: str | None = None
        for message in self.messages[:-1]:
            if message.role == "user":
                asked = message.text
            elif message.role == "assistant" and asked is not None:
                turns.append(Turn(question=asked, answer=_without_notes(message.text)))
                asked = None
        return tuple(turns[-MOST_TURNS:])


class UrlCitation(Frozen):
    start_index: int
    end_index: int
    title: str
    url: str


class Annotation(Frozen):
    """A stretch of the content, its [number], and the page that it points to."""

    type: Literal["url_citation"]
    url_citation: UrlCitation


class Said(Frozen):
    """The assistant's message."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: tuple[Annotation, ...] = ()


class Choice(Frozen):
    index: int = 0
    message: Said
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class TokenUsage(Frozen):
    """The tokens of the remote model, if one was asked; the local models count none."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Completion(Frozen):
    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: ModelName
    choices: tuple[Choice, ...]
    usage: TokenUsage


class Delta(Frozen):
    """What a piece adds to the message; only what it sets is sent."""

    role: Literal["assistant"] | None = None
    content: str | None = None
    annotations: tuple[Annotation, ...] | None = None


class PieceChoice(Frozen):
    index: Literal[0]
    delta: Delta
    finish_reason: Literal["stop"] | None


class Piece(Frozen):
    """One piece of a completion that is streamed; the last one has no choice, and the usage."""

    id: str
    object: Literal["chat.completion.chunk"]
    created: int
    model: ModelName
    choices: tuple[PieceChoice, ...]
    usage: TokenUsage | None


class OpenAiError(Frozen):
    """An error where OpenAI's clients look for it."""

    message: str
    type: Literal["invalid_request_error", "server_error"]
    param: None = None
    code: str


class OpenAiProblem(Problem):
    """A problem document that is an error of OpenAI's protocol too."""

    error: OpenAiError


class ModelCard(Frozen):
    id: ModelName
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "claimdesk"


class ModelList(Frozen):
    object: Literal["list"] = "list"
    data: tuple[ModelCard, ...]


def with_error(problem: Problem) -> OpenAiProblem:
    error = OpenAiError(
        message=problem.detail,
        type="invalid_request_error" if problem.status < 500 else "server_error",
        code=problem.code,
    )
    return OpenAiProblem(**problem.model_dump(), error=error)


def new_id() -> str:
    return f"chatcmpl-{uuid.uuid4().hex}"


def make_piece(
    completion_id: str, model: ModelName, delta: Delta | None, *, ends: bool = False, usage: TokenUsage | None = None
) -> Piece:
    choices = () if delta is None else (PieceChoice(index=0, delta=delta, finish_reason="stop" if ends else None),)
    return Piece(
        id=completion_id,
        object="chat.completion.chunk",
        created=int(time.time()),
        model=model,
        choices=choices,
        usage=usage,
    )


def complete(result: Answer | Report, model: ModelName, completion_id: str, base_url: str) -> Completion:
    """The completion that a result becomes. Citations without an address of their own open their article here."""
    content = write(result)
    said = Said(content=content, annotations=annotate(content, result.citations, base_url))
    return Completion(
        id=completion_id, created=int(time.time()), model=model, choices=(Choice(message=said),), usage=count(result)
    )


def write(result: Answer | Report) -> str:
    """The result in words, and its notes."""
    return (result.answer if isinstance(result, Answer) else _write_verdict(result)) + write_notes(result)


def write_notes(result: Answer | Report) -> str:
    """The quoted sentences by number, and what the reader should know besides; empty when there is nothing."""
    notes = [_note(citation) for citation in result.citations]
    if result.degraded:
        notes.append("Part of the search did not answer, so something may be missing here.")
    return "\n\n" + "\n".join(notes) if notes else ""


def annotate(content: str, citations: Sequence[Citation], base_url: str) -> tuple[Annotation, ...]:
    """An annotation for every [number] in the words, up to the notes."""
    by_number = {citation.number: citation for citation in citations}
    return tuple(
        Annotation(
            type="url_citation",
            url_citation=UrlCitation(
                start_index=match.start(),
                end_index=match.end(),
                title=by_number[int(match[1])].title or "Untitled",
                url=_address(by_number[int(match[1])], base_url),
            ),
        )
        for match in _NUMBER.finditer(_without_notes(content))
        if int(match[1]) in by_number
    )


def count(result: Answer | Report) -> TokenUsage:
    used = result.usage
    prompt, written = (used.input_tokens, used.output_tokens) if used else (0, 0)
    return TokenUsage(prompt_tokens=prompt, completion_tokens=written, total_tokens=prompt + written)


def _write_verdict(report: Report) -> str:
    numbers = " ".join(f"[{citation.number}]" for citation in report.citations)
    verdict = report.label.value.replace("_", " ").capitalize()
    lines = [f"{verdict} (confidence {report.confidence:.2f}). {numbers}".rstrip()]
    lines += [
        f"It says “{each.claim_text}”; the source says “{each.evidence_text}” [{each.citation.number}]."
        for each in report.differences
    ]
    if report.corrected_claim:
        lines.append(f"Corrected: {report.corrected_claim}")
    return "\n\n".join(lines)


_NOTES = "\n\n[1]: “"


def _note(citation: Citation) -> str:
    place = ", ".join(str(part) for part in (citation.title, citation.published, citation.url) if part)
    return f"[{citation.number}]: “{' '.join(citation.quote.split())}”" + (f" ({place})" if place else "")


def _without_notes(content: str) -> str:
    return content.partition(_NOTES)[0]


def _address(citation: Citation, base_url: str) -> str:
    return citation.url or f"{base_url}/v1/articles/{citation.article_id}/text?version={citation.version}"
