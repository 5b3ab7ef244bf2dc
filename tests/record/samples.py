"""Articles with random vectors, to store in a test of the record."""

import threading
from collections.abc import Callable, Sequence
from datetime import date
from itertools import count

import numpy as np

from service.domain.article import Article, Section, Sentence
from service.ports import Record, Vectors

DIMENSION = 8
numbers = count()
"""For names of schemas and databases on the one server of the session."""


def make_article(
    *lines: str | tuple[str, Section], article_id: str = "a", version: int = 1, between: str = " "
) -> Article:
    """An article of those sentences, body unless stated, joined by `between`."""
    sentences: list[Sentence] = []
    whole = ""
    for index, line in enumerate(lines):
        words, section = (line, Section.BODY) if isinstance(line, str) else line
        start = len(whole)
        whole += words + between
        sentences.append(
            Sentence(
                id=f"{article_id}:{version}:{index}",
                index=index,
                paragraph=index,
                start=start,
                end=start + len(words),
                text=words,
                section=section,
            )
        )
    return Article(
        id=article_id,
        version=version,
        source=f"https://example.org/{article_id}",
        content_hash=f"hash of {whole}",
        text=whole,
        sentences=tuple(sentences),
        title=f"Title {article_id}",
        published=date(2023, 3, 21),
        url=f"https://example.org/{article_id}",
        language="en",
    )


def make_vectors(article: Article, seed: int = 0, dimension: int = DIMENSION) -> Vectors:
    vectors: Vectors = (
        np.random.default_rng(seed).standard_normal((len(article.evidence), dimension)).astype(np.float32)
    )
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def add(record: Record, article: Article) -> Article:
    record.add(article, make_vectors(article), "embedder-1")
    return article


def in_parallel(calls: Sequence[Callable[[], object]]) -> list[BaseException]:
    """Runs the calls at the same moment; returns what they raised."""
    gate, raised = threading.Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        gate.wait()
        try:
            call()
        except BaseException as error:  # noqa: BLE001 - handed to the test
            raised.append(error)

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised
