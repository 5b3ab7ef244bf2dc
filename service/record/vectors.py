"""Vectors become the bytes that the record keeps, and such bytes become vectors again."""

from collections.abc import Sequence

import numpy as np

from service.ports import Vectors

_STORED = np.dtype("<f2")  # half the room of float32; a cosine moves by less than 0.001
STORED_BYTES = _STORED.itemsize  # of each number


def to_bytes(vectors: Vectors) -> list[bytes]:
    """One string of `STORED_BYTES * dimension` bytes a row. Raises ValueError for a number that is not finite."""
    if not np.isfinite(vectors).all():
        raise ValueError("a vector holds a number that is not finite: the embedder is broken")
    return [row.tobytes() for row in vectors.astype(_STORED)]


def from_bytes(rows: Sequence[bytes], dimension: int) -> Vectors:
    """Shape (len(rows), dimension), normalised anew: rounding to float16 moved the lengths off 1."""
    vectors = np.frombuffer(b"".join(rows), dtype=_STORED).reshape(len(rows), dimension).astype(np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    np.divide(vectors, lengths, out=vectors, where=lengths > 0)
    return vectors
