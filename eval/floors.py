"""Tier A training rows become two judges too simple to be trusted: what they reach, a set gives away for nothing."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from eval.labelled import Gold, Row, read_rows
from eval.task import thin
from service.check.windows import as_judgement
from service.compare.words import content_words
from service.domain.verdict import Judgement
from service.errors import UnreadableFile
from service.ports import Pair

ROWS = 30_000  # of each file: more move neither floor by a point
FILES = ("evidence_claims.jsonl.gz", "nli_train.jsonl.gz")

Texts = Sequence[tuple[str, str]]  # evidence and claim


class FloorJudge:
    """The port `Judge` by logistic regression."""

    def __init__(self, name: str, model: Pipeline, texts: Texts, labels: Sequence[Gold]) -> None:
        self._model = model.fit(list(texts), list(labels))
        order = list(self._model.classes_)
        self._columns = [order.index(Gold.ENTAIL), order.index(Gold.CONTRADICT)]
        self.id = f"{name}@{sha256(repr([*texts[:9], len(texts)]).encode()).hexdigest()[:8]}"

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        found = self._model.predict_proba([(pair.passage.window, pair.claim) for pair in pairs])
        return [as_judgement(*row) for row in found[:, self._columns].tolist()]


def hypothesis_only(texts: Texts, labels: Sequence[Gold]) -> FloorJudge:
    """Sees the claim alone: its words and pairs of words (Poliak et al., 2018)."""
    vectors = TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True)
    model = make_pipeline(FunctionTransformer(_claims), vectors, LogisticRegression(max_iter=300))
    return FloorJudge("hypothesis-only", model, texts, labels)


def word_overlap(texts: Texts, labels: Sequence[Gold]) -> FloorJudge:
    """Sees which of the claim's words, and numbers, the evidence has, and how long both are."""
    model = make_pipeline(FunctionTransformer(_overlaps), StandardScaler(), LogisticRegression(max_iter=300))
    return FloorJudge("word-overlap", model, texts, labels)


FLOORS: dict[str, Callable[[Texts, Sequence[Gold]], FloorJudge]] = {
    "hypothesis-only": hypothesis_only,
    "word-overlap": word_overlap,
}


def open_floor(name: str, train: Path) -> FloorJudge:
    """The floor, fitted on the tier A rows of the folder `train`. Raises UnreadableFile."""
    if not train.is_dir():
        raise UnreadableFile(f"A floor is fitted on the training rows, and {train} is no folder. Give --shared.")
    rows: list[Row] = []
    for file in FILES:
        rows += thin([row for row in read_rows(train / file) if row.tier == "A"], ROWS)
    return FLOORS[name]([(row.premise, row.hypothesis) for row in rows], [row.label for row in rows])


def _claims(texts: Texts) -> list[str]:
    return [claim for _, claim in texts]


def _overlaps(texts: Texts) -> NDArray[np.float64]:
    return np.array([_overlap(evidence, claim) for evidence, claim in texts])


def _overlap(evidence: str, claim: str) -> list[float]:
    said = [word.stem for word in content_words(evidence)]
    asked = [word.stem for word in content_words(claim)]
    missing = [stem for stem in asked if stem not in set(said)]
    pairs = set(pairwise(said))
    together = sum(pair in pairs for pair in pairwise(asked))
    return [
        len(missing) / max(len(asked), 1),
        len(missing),
        any(stem[0].isdigit() for stem in missing),
        together / max(len(asked) - 1, 1),
        np.log1p(len(asked)),
        np.log1p(len(said)),
    ]
