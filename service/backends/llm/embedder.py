"""Texts become unit vectors by a remote model that speaks the OpenAI protocol, on the account of whoever asks."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import openai
from langchain_openai import OpenAIEmbeddings
from numpy.typing import NDArray

from service.backends.llm.breaker import Breaker
from service.backends.llm.failures import QuotaSpent, Retriable
from service.backends.llm.line import Line
from service.backends.llm.meter import Meter, Purse, tokens_of_texts
from service.backends.llm.stream import MOST_TOKENS, NOTHING, Tokens
from service.backends.llm.wire import AN_OBJECT, Endpoint
from service.domain.cost import Price
from service.domain.usage import Account
from service.errors import LlmBadReply, LlmMisconfigured, WrongDimension
from service.ledgers import Costs
from service.ports import Vectors
from service.run import Run

BATCH = 256  # texts in one request: servers take at most 2,048, and a smaller reply comes sooner
RETRIES = 2  # openai's own, as far apart as Retry-After says


Row = NDArray[np.float32]
"""The vector of one text, as the model gave it."""


class Embedding(NamedTuple):
    """The task that is paid for; it has no prompt."""

    name: str = "embed"
    hash: str = ""


class Embeddings:
    """A remote embedding model as every run shares it. Close it: it holds connections and a thread."""

    def __init__(
        self, endpoint: Endpoint, costs: Costs, price: Price | None = None, budget_microusd: int | None = None
    ) -> None:
        """`endpoint.model` is the embedding model; the budget is that of a key which has none of its own."""
        self.endpoint = endpoint
        self.costs = costs
        self.price = price
        self.budget_microusd = budget_microusd
        self.breaker = Breaker()
        self.line = Line(endpoint, AN_OBJECT)
        self._client = openai.AsyncOpenAI(
            base_url=endpoint.base_url,
            api_key=endpoint.api_key.get_secret_value(),
            timeout=endpoint.idle_s,
            max_retries=RETRIES,
            http_client=self.line.client,
        )

    def on_account(self, run: Run) -> "LlmEmbedder":
        """The embedder of one run. Raises BadSettings where a budget is to be kept and the model has no price."""
        return LlmEmbedder(self, run)

    def request(self, texts: Sequence[str], run: Run) -> tuple[list[Row], Tokens | None]:
        """A row for each of at most `BATCH` texts, and what they used; None where the server did not say."""
        counting = _Counting(self._client.embeddings)
        model = OpenAIEmbeddings(
            model=self.endpoint.model,
            openai_api_key=self.endpoint.api_key,
            check_embedding_ctx_length=False,  # otherwise a tokenizer is downloaded
            chunk_size=BATCH,
            client=counting,  # unused: it keeps LangChain from making one
            async_client=counting,
        )
        rows = self.line.wait(_embed(model, texts), self.endpoint.deadline_s, run.cancellation)
        return rows, counting.tokens

    def close(self) -> None:
        """Ends the thread and its connections; a second time does nothing."""
        self.line.close()


async def _embed(model: OpenAIEmbeddings, texts: Sequence[str]) -> list[Row]:
    """Raises ValueError, as other broken replies do, where an embedding is no row of numbers."""
    rows = [np.asarray(row, np.float32) for row in await model.aembed_documents(list(texts))]
    if any(row.ndim != 1 for row in rows):
        raise ValueError("an embedding is no row of numbers")
    return rows


class _Counting:
    """openai's embeddings, which tell what they used; LangChain drops it."""

    def __init__(self, embeddings: Any) -> None:
        self._embeddings = embeddings
        self.tokens: Tokens | None = None

    async def create(self, **request: Any) -> Any:
        response = await self._embeddings.create(**request)
        used = response.usage.prompt_tokens if response.usage else None
        self.tokens = Tokens(input=used, output=0) if isinstance(used, int) and 0 <= used <= MOST_TOKENS else None
        return response.model_dump(warnings=False)


class LlmEmbedder:
    """The port `Embedder` for one run. It has no fallback: vectors of two models cannot be compared.

    A search does without a vector for its question; an article is not taken in without its own.
    """

    def __init__(self, embeddings: Embeddings, run: Run) -> None:
        endpoint = embeddings.endpoint
        budget = embeddings.budget_microusd if run.budget_microusd is None else run.budget_microusd
        self.id = f"{endpoint.model}@{endpoint.host}"
        self._embeddings = embeddings
        self._run = run
        self._meter = Meter(
            embeddings.costs,
            Purse(key=run.key, budget_microusd=budget, model=endpoint.model, price=embeddings.price),
        )

    @cached_property
    def dimension(self) -> int:
        """As the model's first answer has it: asking costs a request."""
        return int(self.embed(["dimension"]).shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimension), rows of length 1, in order.

        Raises LlmUnavailable, LlmMisconfigured, LlmBadReply, BudgetExceeded, Cancelled; WrongDimension where the
        rows are not all as long.
        """
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        # Servers refuse an empty text; a space has a vector too.
        sent = [text or " " for text in texts]
        rows = [row for at in range(0, len(sent), BATCH) for row in self._embed_batch(sent[at : at + BATCH])]
        if len(rows) != len(texts) or len({len(row) for row in rows}) != 1:
            raise WrongDimension(f"The embedding model {self.id} gave rows of several lengths. Use another model.")
        vectors = np.stack(rows)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.all(np.isfinite(norms) & (norms > 0)):
            raise LlmBadReply(f"The embedding model {self.id} gave a vector without a direction. Use another model.")
        return np.asarray(vectors / norms, np.float32)

    def account(self) -> Account:
        """What the run has paid for embeddings so far."""
        return Account(usage=self._meter.usage())

    def _embed_batch(self, texts: Sequence[str]) -> list[Row]:
        with self._embeddings.breaker.passing():
            reserved = self._meter.reserve(Embedding(), tokens_of_texts(texts))
            used: Tokens | None = None
            try:
                rows, used = self._embeddings.request(texts, self._run)
            except (Retriable, QuotaSpent, LlmMisconfigured):
                used = NOTHING  # the server took no work on
                raise
            finally:
                self._meter.settle(reserved, used)
        self._meter.count(Embedding(), cached=False)
        return rows
