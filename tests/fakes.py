"""Stand-ins for models: deterministic, quick, and honest enough that near texts come out near."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from service.compare.words import content_words
from service.ports import Vectors


class HashEmbedder:
    """The port `Embedder` without a model: a text is the bag of its content words' stems, hashed into 384 places.

    Texts of the same words are equal, texts that share none are almost always orthogonal.
    """

    id = "hashed-stems"
    dimension = 384

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            # A text without a content word is hashed whole, so that it has a direction too.
            for stem in [word.stem for word in content_words(text)] or [text]:
                row[crc32(stem.encode()) % self.dimension] += 1
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors
