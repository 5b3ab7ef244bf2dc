"""The port `Index` in plain Python: every stored vector becomes a candidate, compared one by one."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from service.errors import IndexUnavailable, WrongDimension
from service.ports import Hit, Vectors


class MemoryIndex:
    """Exact search in a dict. `forget` loses vectors as a damaged file does; `down` makes every call fail."""

    def __init__(self) -> None:
        self.down = False
        self.rows: dict[str, NDArray[np.float32]] = {}
        self._forgotten: set[str] = set()

    def upsert(self, sentence_ids: Sequence[str], vectors: Vectors) -> None:
        self._answer(vectors.shape[1])
        self.rows.update(zip(sentence_ids, vectors, strict=True))

    def delete(self, sentence_ids: Sequence[str]) -> None:
        self._answer()
        for sentence_id in sentence_ids:
            self.rows.pop(sentence_id, None)

    def query(self, vector: NDArray[np.float32], limit: int) -> list[Hit]:
        self._answer(len(vector))
        hits = [
            Hit(sentence_id=sentence_id, similarity=float(np.dot(row, vector)))
            for sentence_id, row in self.rows.items()
            if sentence_id not in self._forgotten
        ]
        return sorted(hits, key=lambda hit: -hit.similarity)[:limit]

    def count(self) -> int:
        self._answer()
        return len(self.rows)

    def reset(self) -> None:
        self._answer()
        self.rows.clear()
        self._forgotten.clear()

    def close(self) -> None:
        """Nothing is open."""

    def forget(self, sentence_ids: Sequence[str]) -> None:
        """From now on `count` counts them and `query` does not find them."""
        self._forgotten.update(sentence_ids)

    def _answer(self, dimension: int | None = None) -> None:
        if self.down:
            raise IndexUnavailable("The vector index was switched off by the test.")
        stored = next(iter(self.rows.values()), None)
        if dimension is not None and stored is not None and len(stored) != dimension:
            raise WrongDimension(f"The index holds vectors of {len(stored)} numbers, not {dimension}.")
