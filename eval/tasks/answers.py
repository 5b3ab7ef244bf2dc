"""Questions become answers: how near the gold answer, how well cited, and whether the desk knows when it cannot."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Self

import numpy as np

from eval.archive import open_archive, solve_each
from eval.judges import settings_of
from eval.task import DataSet, Options, Slice, Solved, Task, thin
from eval.xquad import QuestionSample, Quiz, as_article, read_quiz
from service.domain.report import Answer

_MARKER = re.compile(r"\s*\[\d+\]")
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")


def read(options: Options) -> Iterator[DataSet[QuestionSample]]:
    quiz = _quiz(options)
    samples = thin(quiz.samples, options.limit)
    slices = [
        Slice(name=f"{quiz.name}, {what}", rows=tuple(row for row, s in enumerate(samples) if s.stored == stored))
        for what, stored in (("paragraph stored", True), ("paragraph withheld", False))
    ]
    yield DataSet(samples, tuple(part for part in slices if part.rows), quiz.sha256)


def solve(samples: Sequence[QuestionSample], options: Options) -> Solved[Answer]:
    with open_archive(map(as_article, _quiz(options).paragraphs), settings_of(options.backend)) as desk:
        return solve_each(samples, lambda sample, run: desk.ask(sample.question, run=run), options.backend)


def _quiz(options: Options) -> Quiz:
    """Every other paragraph is withheld from the archive: its questions cannot be answered."""
    return read_quiz(options.data or options.shared / "eval" / "xquad.en.json.gz", store_every=2)


class AnswerScorer:
    """Over all questions, an abstention scoring nothing: exact match and token F1 as SQuAD counts them (Rajpurkar et
    al., 2016), and `contains`, whether the gold answer stands in the answer word for word.

    Citation precision is the share of citations to the sentence that the gold answer begins in, citation recall the
    share of questions that cite it. Where the paragraph is withheld only the abstentions count.
    """

    choices: dict[str, float] = {}  # noqa: RUF012 - it never chooses anything

    def fit(self, _samples: Sequence[QuestionSample], _outputs: Sequence[Answer], /) -> Self:
        return self

    def score(self, samples: Sequence[QuestionSample], outputs: Sequence[Answer]) -> dict[str, float]:
        abstained = float(np.mean([answer.abstained for answer in outputs]))
        if not samples[0].stored:
            return {"abstained": abstained}
        texts = ["" if answer.abstained else _MARKER.sub("", answer.answer) for answer in outputs]
        pairs = [(tokens(text), tokens(sample.answer)) for text, sample in zip(texts, samples, strict=True)]
        cited = [
            [citation.sentence_id == sample.gold for citation in answer.citations]
            for answer, sample in zip(outputs, samples, strict=True)
        ]
        return {
            "abstained": abstained,
            "exact_match": float(np.mean([said == gold for said, gold in pairs])),
            "f1": float(np.mean([token_f1(said, gold) for said, gold in pairs])),
            "contains": float(np.mean([f" {' '.join(gold)} " in f" {' '.join(said)} " for said, gold in pairs])),
            "citation_precision": _mean([right for each in cited for right in each]),
            "citation_recall": float(np.mean([any(each) for each in cited])),
        }


def tokens(text: str) -> list[str]:
    """The words as SQuAD's scorer sees them: lower case, no punctuation, no articles."""
    return _ARTICLE.sub(" ", re.sub(r"[^\w\s]", "", text.lower())).split()


def token_f1(said: Sequence[str], gold: Sequence[str]) -> float:
    shared = (Counter(said) & Counter(gold)).total()
    return 2 * shared / (len(said) + len(gold)) if shared else 0.0


def _mean(values: Sequence[bool]) -> float:
    return float(np.mean(values)) if values else float("nan")


TASK = Task("answers", "questions", read, solve, AnswerScorer())
