"""Texts become unit vectors whose cosine is their likeness in meaning, by all-MiniLM-L6-v2 on this machine."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from service.backends.local import weights
from service.errors import InputError
from service.ports import Vectors

MAX_TOKENS = 256  # what upstream was made for, [CLS] and [SEP] included; the rest of a text is not read


class LocalEmbedder:
    """The port `Embedder`; its model card is weights/minilm-l6/README.md.

    Each text is one call of the model, and `threads` calls run side by side (0: one a core). Nothing is
    padded, and a text has the same vector in whatever company it comes: the int8 model scales its numbers to
    the largest in a call, so in a batch the neighbours move a vector (cosine to itself alone down to 0.98).
    Batches would take an eighth less processor time (the model card has the measurements).
    """

    dimension = 384

    def __init__(self, threads: int) -> None:
        """Raises MissingWeights."""
        self._session, self._tokenizer, digest = weights.load("minilm-l6", threads=1)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._threads = threads or os.cpu_count() or 1
        self.id = f"all-MiniLM-L6-v2-int8@{digest[:8]}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), 384), rows of length 1, in order; an empty text has a vector too.

        Raises InputError for a text that is not Unicode (a lone surrogate).
        """
        distinct = list(dict.fromkeys(texts))  # what a text repeats ten thousand times is read once
        with ThreadPoolExecutor(self._threads) as pool:
            vector_of = dict(zip(distinct, pool.map(self._embed_one, distinct), strict=True))
        return np.array([vector_of[text] for text in texts], np.float32).reshape(-1, self.dimension)

    def _embed_one(self, text: str) -> NDArray[np.float32]:
        ids = np.array([self._token_ids(text)], np.int64)
        (states,) = self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        mean: NDArray[np.float32] = states[0].mean(axis=0)  # over the tokens: upstream's pooling
        return mean / np.linalg.norm(mean)

    def _token_ids(self, text: str) -> list[int]:
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise InputError(f"{text[:40]!r} is not valid Unicode: send it again as UTF-8") from error
        return self._tokenizer.encode(text).ids
