"""Questions become ranks of the sentence that answers each: by its vector, by its words, and by both fused."""

import time
from collections.abc import Iterator, Sequence
from typing import Self

import numpy as np

from eval.archive import open_archive
from eval.task import DataSet, Options, Slice, Solved, Task, thin
from eval.xquad import QuestionSample, Quiz, as_article, read_quiz
from service.compare.words import content_words
from service.desk import Desk
from service.domain.base import Frozen
from service.retrieve.search import Scope
from service.settings import Settings

DEPTH = 10  # sentences looked at
CUTS = (1, 5, 10)


class Ranks(Frozen):
    """The place of the gold sentence in each ranking, from 1; None where it is not among the first ten."""

    dense: int | None
    lexical: int | None
    fused: int | None


def read(options: Options) -> Iterator[DataSet[QuestionSample]]:
    quiz = _quiz(options)
    samples = thin(quiz.samples, options.limit)
    yield DataSet(samples, (Slice(name=quiz.name, rows=tuple(range(len(samples)))),), quiz.sha256)


def solve(samples: Sequence[QuestionSample], options: Options) -> Solved[Ranks]:
    """Looks each question up in the archive of all paragraphs."""
    with open_archive(map(as_article, _quiz(options).paragraphs), Settings()) as desk:
        started = time.perf_counter()
        ranks = tuple(_rank(desk, sample) for sample in samples)
        return Solved(ranks, (desk.embedder.id,), len(samples), time.perf_counter() - started)


def _quiz(options: Options) -> Quiz:
    return read_quiz(options.data or options.shared / "eval" / "xquad.en.json.gz")


def _rank(desk: Desk, sample: QuestionSample) -> Ranks:
    gold, question = sample.gold, sample.question
    nearest = desk.index.query(desk.embedder.embed([question])[0], DEPTH)
    terms = [word.text for word in content_words(question)]
    return Ranks(
        dense=_place(gold, [hit.sentence_id for hit in nearest]),
        lexical=_place(gold, desk.record.search(terms, DEPTH)),
        fused=_place(gold, [passage.sentence_id for passage in desk.search(question, DEPTH, Scope()).passages]),
    )


def _place(gold: str, ranking: Sequence[str]) -> int | None:
    return ranking.index(gold) + 1 if gold in ranking else None


class RankScorer:
    """hit@k: the share of questions whose gold sentence is among the first k; MRR: the mean of 1 / its place."""

    choices: dict[str, float] = {}  # noqa: RUF012 - it never chooses anything

    def fit(self, _samples: Sequence[QuestionSample], _outputs: Sequence[Ranks], /) -> Self:
        return self

    def score(self, _samples: Sequence[QuestionSample], outputs: Sequence[Ranks], /) -> dict[str, float]:
        figures: dict[str, float] = {}
        for way in Ranks.model_fields:
            places = np.array([getattr(ranks, way) or np.inf for ranks in outputs])
            figures |= {f"{way}_hit@{cut}": float(np.mean(places <= cut)) for cut in CUTS}
            figures[f"{way}_mrr"] = float(np.mean(1 / places))
        return figures


TASK = Task("retrieval", "questions", read, solve, RankScorer())
