"""Texts become unit vectors by a remote model that speaks the OpenAI protocol."""

from collections.abc import Sequence
from functools import cached_property

import httpx2
import numpy as np
from langchain_openai import OpenAIEmbeddings

from service.backends.llm.failures import translated
from service.backends.llm.wire import Endpoint
from service.errors import LlmBadReply, WrongDimension
from service.ports import Vectors

BATCH = 256  # texts in one request: servers take at most 2,048, and a smaller reply comes sooner


class LlmEmbedder:
    """The port `Embedder` on a remote model. It has no fallback: vectors of two models cannot be compared."""

    def __init__(self, endpoint: Endpoint) -> None:
        """`endpoint.model` is the embedding model."""
        self.id = f"{endpoint.model}@{endpoint.host}"
        self._endpoint = endpoint
        self._model = OpenAIEmbeddings(
            model=endpoint.model,
            openai_api_base=endpoint.base_url,
            openai_api_key=endpoint.api_key,
            check_embedding_ctx_length=False,  # otherwise a tokenizer is downloaded
            chunk_size=BATCH,
            request_timeout=endpoint.deadline_s,
            max_retries=2,
            # No redirect is followed, so the key goes nowhere but where it was meant to.
            http_client=httpx2.Client(follow_redirects=False),
        )

    @cached_property
    def dimension(self) -> int:
        """As the model's first answer has it: asking costs a request."""
        return int(self.embed(["dimension"]).shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimension), rows of length 1, in order.

        Raises LlmUnavailable, LlmMisconfigured, LlmBadReply; WrongDimension where the rows are not all as long.
        """
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        key = self._endpoint.api_key.get_secret_value()
        with translated(self._endpoint.host, key):
            # Servers refuse an empty text; a space has a vector too.
            rows = self._model.embed_documents([text or " " for text in texts])
        if len(rows) != len(texts) or len({len(row) for row in rows}) != 1:
            raise WrongDimension(f"The embedding model {self.id} gave rows of several lengths. Use another model.")
        vectors = np.asarray(rows, np.float32)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.all(np.isfinite(norms) & (norms > 0)):
            raise LlmBadReply(f"The embedding model {self.id} gave a vector without a direction. Use another model.")
        return np.asarray(vectors / norms, np.float32)
