"""A premise and a claim, read together, become the logits of entailment, contradiction and neither."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from service.backends.local import weights

MAX_TOKENS = 160  # what it was trained with; a longer premise loses its end, never the claim
LEAST_PREMISE = 48  # tokens of evidence read beside a claim so long that it leaves less: the pair is then a longer one
LONGEST_CLAIM = 512 - LEAST_PREMISE - 4  # a model has places for 512 tokens, at most four of them marks
NEITHER = (-5.0, -5.0, 10.0)  # of a claim that cannot be read whole


class CrossEncoder:
    """A model of weights/, whose card says what it was trained on and how well it does.

    Each pair is one call of the model, as with the embedder, so that a pair has the same logits in whatever company
    it comes; `threads` calls run side by side (0: one a core).
    """

    def __init__(self, name: str, threads: int) -> None:
        """`name`: of its folder. Raises MissingWeights."""
        self._session, self._tokenizer, digest = weights.load(name, threads=1)
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        # What it was trained to read around two texts: [CLS] and [SEP] of a BERT, <s> and </s> of an MPNet.
        self._start, *self._between, self._end = self._tokenizer.encode("", "").ids
        self._inputs = {each.name for each in self._session.get_inputs()}
        self._threads = threads or os.cpu_count() or 1
        self.id = f"{name}-int8@{digest[:8]}"

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Of (premise, claim) pairs: shape (n, 3), columns entail, contradict, neutral.

        A claim of more than LONGEST_CLAIM tokens is not read, and comes out as neither.
        """
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
        premise, claim = (self._tokenizer.encode(text, add_special_tokens=False).ids for text in pair)
        if len(claim) > LONGEST_CLAIM:
            return np.array(NEITHER, np.float32)
        marks = len(self._between) + 2
        premise = premise[: max(MAX_TOKENS - len(claim) - marks, LEAST_PREMISE)]
        first, second = [self._start, *premise, *self._between], [*claim, self._end]
        ids = np.array([first + second], np.int64)
        types = np.array([[0] * len(first) + [1] * len(second)], np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}
        (logits,) = self._session.run(None, {name: given[name] for name in self._inputs})
        row: NDArray[np.float32] = logits[0]
        return row
