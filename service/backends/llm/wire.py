"""An endpoint's address becomes a chat model whose every byte is counted: nothing endless, moved or cut short passes."""

import re
import warnings
from collections.abc import AsyncIterator
from typing import Any

import httpx2
from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from service.domain.base import Frozen
from service.errors import LlmBadReply

# A server's words for why it stopped, or how it counts, may be none of OpenAI's: langchain takes them, and pydantic
# would tell the user of each.
warnings.filterwarnings("ignore", "Pydantic serializer warnings", UserWarning)
# A model without schemas is asked in another way: nobody need do anything.
warnings.filterwarnings("ignore", "This model does not support OpenAI's structured output", UserWarning)

_DONE = re.compile(rb"(?:^|[\r\n])data:\s?\[DONE\]")


class Endpoint(Frozen):
    """A server that speaks the OpenAI protocol, the model to ask there, and how long to wait for it."""

    base_url: str  # up to and with /v1
    api_key: SecretStr
    model: str
    connect_s: float = 5.0
    idle_s: float = 30.0  # before the first piece of a reply, and between two
    deadline_s: float = 60.0  # for everything that one run asks
    most_tokens: int = 4_000  # in one reply

    @property
    def host(self) -> str:
        """The server's name for messages: neither a key nor a password in its address."""
        url = httpx2.URL(self.base_url)
        return url.host if url.port is None else f"{url.host}:{url.port}"


class Expected(Frozen):
    """What a good reply looks like on the wire."""

    media_type: str
    most_bytes: int
    ends: bool  # in the mark [DONE], without which it is cut


A_STREAM = Expected(media_type="text/event-stream", most_bytes=2_000_000, ends=True)
"""A completion. The longest that is asked for, 4,000 tokens of a stream at some 250 bytes each, is half of that."""

AN_OBJECT = Expected(media_type="application/json", most_bytes=64_000_000, ends=False)
"""Vectors. Those of 256 texts with 4,096 numbers each, of some 20 digits, are a third of that."""


class RefusingChat(ChatOpenAI):
    """ChatOpenAI that keeps a streamed refusal, which the original drops."""

    def _convert_chunk_to_generation_chunk(
        self,
        chunk: dict[str, Any],
        default_chunk_class: type,
        base_generation_info: dict[str, Any] | None,
    ) -> ChatGenerationChunk | None:
        converted = super()._convert_chunk_to_generation_chunk(chunk, default_chunk_class, base_generation_info)
        choices = chunk.get("choices") or [{}]
        refusal = (choices[0].get("delta") or {}).get("refusal")
        if converted is not None and refusal:
            converted.message.additional_kwargs["refusal"] = refusal
        return converted


def open_client(
    endpoint: Endpoint, expected: Expected, transport: httpx2.AsyncBaseTransport | None = None
) -> httpx2.AsyncClient:
    """The HTTP client for an endpoint. It follows no redirect, so the key goes nowhere but where it was meant to."""
    return httpx2.AsyncClient(
        transport=GuardedTransport(transport or httpx2.AsyncHTTPTransport(), expected),
        timeout=httpx2.Timeout(endpoint.idle_s, connect=endpoint.connect_s),
        follow_redirects=False,
        # Uncompressed, so that the bytes which are counted are the bytes which are kept.
        headers={"Accept-Encoding": "identity"},
    )


def open_model(endpoint: Endpoint, client: httpx2.AsyncClient) -> RefusingChat:
    """The chat model of an endpoint, streaming, without retries of its own."""
    return RefusingChat(
        base_url=endpoint.base_url,
        api_key=endpoint.api_key,
        model=endpoint.model,
        timeout=httpx2.Timeout(endpoint.idle_s, connect=endpoint.connect_s),
        stream_chunk_timeout=None,  # `stream` keeps its own, without a line in the log
        max_retries=0,
        stream_usage=True,
        use_responses_api=False,
        http_async_client=client,
    )


class GuardedTransport(httpx2.AsyncBaseTransport):
    """Passes requests on, and replies only while they are what is expected."""

    def __init__(self, inner: httpx2.AsyncBaseTransport, expected: Expected) -> None:
        self._inner = inner
        self._expected = expected

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        response = await self._inner.handle_async_request(request)
        assert isinstance(response.stream, httpx2.AsyncByteStream)  # noqa: S101 - what an async transport returns
        good = response.status_code == 200
        if not good:
            response.headers.pop("content-encoding", None)  # an error is told by its status: nothing is unpacked for it
        response.stream = _GuardedStream(response.stream, response.headers, self._expected, good=good)
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()


class _GuardedStream(httpx2.AsyncByteStream):
    """Raises LlmBadReply, while it is read, for a reply that is too long, of another type or without its end mark."""

    def __init__(
        self, inner: httpx2.AsyncByteStream, headers: httpx2.Headers, expected: Expected, *, good: bool
    ) -> None:
        self._inner = inner
        self._type = headers.get("content-type", "none").partition(";")[0].strip().lower()
        self._encoding = headers.get("content-encoding", "identity")
        self._expected = expected
        self._good = good
        # Kept here, as openai reads on in a second pass what follows the end mark.
        self._size, self._tail, self._done = 0, b"", False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self._good and (self._type != self._expected.media_type or self._encoding != "identity"):
            raise LlmBadReply(
                f"The model's server sent {self._type} ({self._encoding}), not {self._expected.media_type}. "
                "Check OPENAI_BASE_URL: it usually ends in /v1."
            )
        async for piece in self._inner:
            self._size += len(piece)
            if self._size > self._expected.most_bytes:
                raise LlmBadReply(
                    f"The model's reply passed {self._expected.most_bytes:,} bytes and was cut off. Ask again."
                )
            self._done = self._done or _DONE.search(self._tail + piece) is not None
            self._tail = (self._tail + piece)[-16:]
            yield piece
        if self._good and self._expected.ends and not self._done:
            raise LlmBadReply("The model's reply ended before its end mark: it is incomplete. Ask again.")

    async def aclose(self) -> None:
        await self._inner.aclose()
