"""One request becomes one whole reply, read piece by piece."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from typing import Any

import httpx2
import openai
from langchain_core.messages import AIMessageChunk, BaseMessage

from service.backends.llm.line import Line
from service.backends.llm.wire import A_STREAM, Endpoint, open_model
from service.domain.base import Frozen
from service.errors import LlmBadReply, LlmRefused
from service.run import Cancellation

MOST_TOKENS = 100_000_000  # that a server may say one reply used: a count beyond it, or below 0, is none
_LOG = logging.getLogger(__name__)


class Tokens(Frozen):
    """What a reply cost in tokens, as the server counted them."""

    input: int
    output: int


NOTHING = Tokens(input=0, output=0)


class Reply(Frozen):
    """A whole reply; `tokens` is None where the server did not count them, or not in earnest."""

    text: str
    tokens: Tokens | None


class Streamer:
    """Asks one endpoint for replies from any thread. Close it: it holds connections and a thread."""

    def __init__(self, endpoint: Endpoint, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self._endpoint = endpoint
        self._line = Line(endpoint, A_STREAM, transport)
        self._model = open_model(endpoint, self._line.client)

    def read(
        self, messages: Sequence[BaseMessage], options: dict[str, Any], seconds: float, cancellation: Cancellation
    ) -> Reply:
        """The whole reply to `messages`, within `seconds`; `options` are further fields of the request.

        A cancellation closes the connection at once. Raises Cancelled, and the errors of `failures.translated`,
        LlmRefused where the model declines, LlmBadReply for a reply that is empty or was cut short.
        """
        return self._line.wait(self._read(messages, options), seconds, cancellation)

    def close(self) -> None:
        """Ends the thread and its connections; a second time does nothing."""
        self._line.close()

    async def _read(self, messages: Sequence[BaseMessage], options: dict[str, Any]) -> Reply:
        text: list[str] = []
        arguments: list[str] = []
        finish, tokens, refusal = None, None, ""
        asked = _asked_function(options)
        stream = _unbroken(self._model.astream(list(messages), **options), self._endpoint.idle_s)
        async with aclosing(stream):
            async for chunk in stream:
                if not isinstance(chunk, AIMessageChunk):
                    raise LlmBadReply("The model spoke in another role than its own. Ask again.")
                text.append(str(chunk.text))
                arguments += _arguments(chunk, asked)
                refusal += str(chunk.additional_kwargs.get("refusal", ""))
                finish = chunk.response_metadata.get("finish_reason", finish)
                tokens = _count(chunk) or tokens
        _require_whole(finish, refusal)
        said = "".join(arguments) or "".join(text)  # some servers know no forced function, and answer in words
        if not said.strip():
            raise LlmBadReply("The model's reply is empty. Ask again, or use another model.")
        said.encode()  # half of a surrogate pair is no text: a ValueError, as for other broken replies
        return Reply(text=said, tokens=tokens)


async def _unbroken(stream: AsyncIterator[Any], idle_s: float) -> AsyncGenerator[Any, None]:
    """The pieces of a reply, none later than `idle_s` after the one before.

    A connection lost after the first one is a bad reply: it may have been paid for.
    """
    begun = False
    try:
        while True:
            async with asyncio.timeout(idle_s):
                chunk = await anext(stream)
            begun = True
            yield chunk
    except StopAsyncIteration:
        return
    except (openai.APIConnectionError, httpx2.TransportError) as error:
        if not begun or isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
            raise
        raise LlmBadReply("The connection broke off in the middle of the model's reply. Ask again.") from error


def _asked_function(options: dict[str, Any]) -> str | None:
    """The function that the model must call, where the reply is asked for in that way."""
    choice = options.get("tool_choice")
    return choice["function"]["name"] if choice else None


def _arguments(chunk: AIMessageChunk, asked: str | None) -> list[str]:
    """The arguments of the one function that was asked for; a call of any other is logged, and nothing more."""
    for call in chunk.tool_call_chunks:
        if call["name"] and call["name"] != asked:
            _LOG.warning("the model called the function %.40r, which was not offered: ignored", call["name"])
    if asked is None:
        return []
    return [call["args"] or "" for call in chunk.tool_call_chunks if call["name"] in (asked, None)]


def _count(chunk: AIMessageChunk) -> Tokens | None:
    """What the server says that the reply used, where it says so."""
    used = chunk.usage_metadata
    if used is None or not all(0 <= used[name] <= MOST_TOKENS for name in ("input_tokens", "output_tokens")):
        return None
    return Tokens(input=used["input_tokens"], output=used["output_tokens"])


def _require_whole(finish: str | None, refusal: str) -> None:
    if refusal or finish == "content_filter":
        raise LlmRefused("The model declined to answer this. Word it otherwise, or use the local backend.")
    if finish == "length":
        raise LlmBadReply(
            "The model's reply was cut at its longest, thoughts included: nothing of it is used. Raise "
            "CLAIMDESK_LLM_MOST_TOKENS, or give its server a larger window."
        )
    if finish is None:
        raise LlmBadReply("The model's reply has no end: nothing of it is used. Ask again.")
