"""A premise and a claim, read together, become the logits of entailment, contradiction and neither."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from service.backends.local import weights

MAX_TOKENS = 160  # what it was trained with; a longer premise loses its end, never the claim


class CrossEncoder:
    """The model of weights/judge-l6, whose card says what it was trained on and how well it does.

    Each pair is one call of the model, as with the embedder, so that a pair has the same logits in whatever company
    it comes; `threads` calls run side by side (0: one a core).
    """

    def __init__(self, threads: int) -> None:
        """Raises MissingWeights."""
        self._session, self._tokenizer, digest = weights.load("judge-l6", threads=1)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS, strategy="only_first")
        self._threads = threads or os.cpu_count() or 1
        self.id = f"judge-l6-int8@{digest[:8]}"

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Of (premise, claim) pairs: shape (n, 3), columns entail, contradict, neutral."""
        rows = np.empty((len(pairs), 3), np.float32)
        if self._threads == 1 or len(pairs) == 1:
            for at, pair in enumerate(pairs):
                rows[at] = self._run(pair)
            return rows
        with ThreadPoolExecutor(self._threads) as pool:
            for at, row in enumerate(pool.map(self._run, pairs)):
                rows[at] = row
        return rows

    def _run(self, pair: tuple[str, str]) -> NDArray[np.float32]:
        encoding = self._tokenizer.encode(*pair)
        ids, types = np.array([encoding.ids], np.int64), np.array([encoding.type_ids], np.int64)
        (logits,) = self._session.run(
            None, {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}
        )
        row: NDArray[np.float32] = logits[0]
        return row
