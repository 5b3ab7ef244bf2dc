"""XQuAD in English (Artetxe et al., 2020) becomes questions, and its paragraphs the archive of a desk."""

import gzip
import json
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from eval.task import Sample
from service.domain.article import Article, Block, Page, Section
from service.domain.base import Frozen
from service.errors import UnreadableFile
from service.ingest.pipeline import build_article


class QuestionSample(Sample):
    """A question, its gold answer, and the id of the sentence that this begins in. Its group is the paragraph."""

    question: str
    answer: str
    gold: str
    stored: bool  # whether the archive holds the paragraph


class Quiz(Frozen):
    """A file's questions, in order, and the paragraphs that an archive of it holds."""

    name: str
    samples: tuple[QuestionSample, ...]
    paragraphs: tuple[str, ...]
    sha256: str


def read_quiz(path: Path, store_every: int = 1) -> Quiz:
    """A file in SQuAD's format, gzipped or not, of which every n-th paragraph is stored. Raises UnreadableFile."""
    try:
        raw = path.read_bytes()
        articles = json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)["data"]
        paragraphs = [paragraph for article in articles for paragraph in article["paragraphs"]]
        samples = [
            _sample(entry, paragraph["context"], number % store_every == 0)
            for number, paragraph in enumerate(paragraphs)
            for entry in paragraph["qas"]
        ]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise UnreadableFile(f"{path} is no file in SQuAD's format: {error!r}") from error
    return Quiz(
        name=path.name.split(".json")[0],
        samples=tuple(samples),
        paragraphs=tuple(paragraph["context"] for paragraph in paragraphs[::store_every]),
        sha256=sha256(raw).hexdigest(),
    )


def _sample(entry: dict[str, Any], paragraph: str, stored: bool) -> QuestionSample:
    answer = entry["answers"][0]
    article = as_article(paragraph)
    gold = next(sentence for sentence in reversed(article.sentences) if sentence.start <= answer["answer_start"])
    return QuestionSample(
        group=article.id, question=entry["question"], answer=answer["text"], gold=gold.id, stored=stored
    )


@lru_cache(maxsize=8)  # a paragraph's questions follow each other
def as_article(paragraph: str) -> Article:
    """The paragraph as a stored article; the same paragraph always has the same ids."""
    block = Block(start=0, end=len(paragraph), section=Section.BODY)
    return build_article(Page(text=paragraph, blocks=(block,), language="en"), f"xquad: {paragraph}")
