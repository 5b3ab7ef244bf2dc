"""A seed becomes vectors and articles for the tests of the index."""

import numpy as np

from service.domain.article import Article
from service.ports import Vectors
from tests.articles import make_article


def make_vectors(rows: int, dimension: int = 16, seed: int = 0) -> Vectors:
    """Shape (rows, dimension), random directions, L2-normalised."""
    vectors = np.random.default_rng(seed).normal(size=(rows, dimension))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def make_long_article(sentences: int, name: str = "art", version: int = 1) -> Article:
    """An article of that many sentences, "{name}.{version}.0" and on."""
    article = make_article("\n".join(f"{name} version {version} says this {i}." for i in range(sentences)))
    renamed = tuple(s.model_copy(update={"id": f"{name}.{version}.{i}"}) for i, s in enumerate(article.sentences))
    return article.model_copy(update={"id": name, "version": version, "sentences": renamed})
