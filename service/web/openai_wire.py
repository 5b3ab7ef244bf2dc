"""What a client of OpenAI's chat API sends and what it reads, as far as the desk speaks that protocol."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from service.domain.base import Frozen
from service.domain.chat import Turn
from service.errors import EmptyText, ModelNotFound
from service.web.bodies import MOST_TURNS, LlmOnly
from service.web.problems import Problem

NOTES = "\n\n[1]: “"
"""What an answer's notes begin with."""

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
    """A request as OpenAI's clients send it, and `llm_only`; fields of sampling and of tools are read past.

    `n` is not among them: who wants several answers must hear that there is one.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    model: Annotated[str, Field(description="claimdesk or claimdesk-check", examples=[ModelName.ANSWERS])]
    n: Literal[1] | None = None
    messages: Annotated[tuple[Message, ...], Field(min_length=1, max_length=1_000)]
    stream: bool = False
    stream_options: StreamOptions | None = None
    llm_only: LlmOnly = False

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
                turns.append(Turn(question=asked, answer=without_notes(message.text)))
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


def require_model(name: str) -> ModelName:
    """The model of that name. Raises ModelNotFound."""
    try:
        return ModelName(name)
    except ValueError as error:
        raise ModelNotFound(f"There is no model {name!r}. The models are {' and '.join(ModelName)}.") from error


def without_notes(content: str) -> str:
    """An answer as it was said, up to its notes."""
    return content.partition(NOTES)[0]
