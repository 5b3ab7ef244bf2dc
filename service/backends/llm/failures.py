"""What can go wrong between here and a model becomes an error of ours that says what to do; no key is in its words."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isnan

import httpx2
import openai
from langchain_core.exceptions import ContextOverflowError

from service.errors import ClaimdeskError, ContextTooLong, LlmBadReply, LlmMisconfigured, LlmUnavailable
from service.markup import without_markup

# Said by OpenAI and LiteLLM, vLLM, llama.cpp and Ollama, in this order.
_TOO_LONG = (
    "context_length_exceeded",
    "maximum context length",
    "exceed_context_size",
    "context window",
    "context size",
)
# vLLM counts the longest reply as well.
_TOO_MUCH = (
    "The passages and the longest reply are more than the model's window holds. Give its server a larger one, or lower "
    "CLAIMDESK_LLM_MOST_TOKENS."
)
_QUOTA = ("insufficient_quota", "quota", "billing")
_UNKNOWN_MODEL = "invalid model name"  # LiteLLM, which says so with 400; the others say 404
_UNSUPPORTED = {
    "schema": ("response_format", "json_schema", "structured output", "grammar"),
    "temperature": ("temperature",),  # OpenAI's reasoning models take none
    "max_tokens": ("max_tokens",),  # nor this, which Ollama needs
    "max_completion_tokens": ("max_completion_tokens",),
}
SHOWN = 200  # characters of a server's own words
LONGEST_WAIT_S = 3_600.0  # a server that asks for more, by a slip or in malice, is asked again after an hour


class Retriable(LlmUnavailable):
    """The same request may succeed in a moment."""


class QuotaSpent(LlmUnavailable):
    """The provider will answer nothing before somebody pays."""


class Unsupported(LlmBadReply):
    """The server or the model does not know a parameter, named in `feature`; the request can do without it."""

    def __init__(self, message: str, feature: str = "") -> None:
        super().__init__(message)
        self.feature = feature


@contextmanager
def translated(host: str, key: str) -> Iterator[None]:
    """Turns what httpx2, openai and LangChain raise into our errors.

    `key` is taken out of the server's words, and those errors are not chained: a server may send back what it got.
    """
    try:
        yield
    except ContextOverflowError as error:
        raise ContextTooLong(_TOO_MUCH) from error
    except openai.APIStatusError as error:
        raise _of_status(error, host, key) from None
    except (openai.APITimeoutError, httpx2.TimeoutException, TimeoutError) as error:
        raise LlmUnavailable(f"The model at {host} did not answer in time. Ask again later.") from error
    except (openai.APIConnectionError, httpx2.TransportError) as error:
        raise Retriable(f"The model at {host} cannot be reached, or hung up. Check OPENAI_BASE_URL.") from error
    except openai.APIError as error:  # an error event inside a stream
        raise LlmBadReply(f"The model at {host} broke off with an error. Ask again.") from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        # A line that is no JSON, or JSON of another shape than a completion: openai and LangChain let these through.
        raise LlmBadReply(
            f"The model at {host} sent something that is no completion. Check OPENAI_BASE_URL."
        ) from error


def _of_status(error: openai.APIStatusError, host: str, key: str) -> ClaimdeskError:
    status, said = error.status_code, str(error.body or error.message).casefold()
    if status == 402 or (status == 429 and any(word in said for word in _QUOTA)):
        return QuotaSpent(f"The account at {host} has no quota left ({status}). Top it up, or use another key.")
    if status in (408, 409, 425, 429) or status >= 500:
        wait = retry_after_s(error.response.headers)
        return Retriable(f"The model at {host} is busy or broken ({status}). Ask again later.", wait)
    if status in (401, 403):
        return LlmMisconfigured(f"{host} does not accept the key ({status}). Check OPENAI_API_KEY.")
    if status == 404 or (status == 400 and _UNKNOWN_MODEL in said):
        return LlmMisconfigured(
            f"{host} knows no such model or address ({status}). Check CLAIMDESK_LLM_MODEL and OPENAI_BASE_URL."
        )
    if 300 <= status < 400:
        return LlmMisconfigured(f"{host} redirects ({status}), which is not followed. Set OPENAI_BASE_URL to its goal.")
    if status == 413 or any(words in said for words in _TOO_LONG):
        return ContextTooLong(_TOO_MUCH)
    words = " ".join(without_markup(_words_of(error)).replace(key, "[key]").split())[:SHOWN]
    refused = f"The model at {host} refused the request ({status}: {words}). Check CLAIMDESK_LLM_MODEL."
    for feature, signs in _UNSUPPORTED.items():
        if any(sign in said for sign in signs):
            return Unsupported(refused, feature)
    return LlmBadReply(refused)


def _words_of(error: openai.APIStatusError) -> str:
    """What the server itself says: OpenAI's "message", FastAPI's "detail", or the bare text that Ollama sends."""
    body = error.body
    said = (body.get("message") or body.get("detail")) if isinstance(body, dict) else body
    return str(said or error.message)


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """The seconds that a Retry-After header asks for, as a number or a date, at most an hour; None for anything else."""
    said = headers.get("retry-after", "").strip()
    try:
        wait = float(said)
    except ValueError:
        try:
            wait = (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):  # no date, or one without its zone
            return None
    return None if isnan(wait) else min(max(0.0, wait), LONGEST_WAIT_S)
