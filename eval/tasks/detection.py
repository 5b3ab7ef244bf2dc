"""Sentences of news become figures of how well the detector tells those worth checking from the rest.

The labels, eval/data/check_worthy.tsv, are of 320 BBC sentences, one an article, drawn by a fixed seed: 1 where a
checker could look up what the sentence says and a reader would care. One reader set them, the author of the
detector; nobody else has. The first 230 were read before its rules were written, and its weights rest on them
(`python -m eval.tasks.detection --fit` prints what logistic regression would choose); the other 90 were drawn and
read when it was done.
"""

import csv
import gzip
import json
import sys
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Self

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from eval.metrics import auc, classify
from eval.news import read_article
from eval.task import SHARED, DataSet, Options, Sample, Slice, Solved, Task, thin
from service.backends.local.detector import CUES, RulesDetector, find_cues
from service.domain.claim import CheckWorthiness
from service.errors import UnreadableFile

LABELS = Path(__file__).parents[1] / "data" / "check_worthy.tsv"


class WorthSample(Sample):
    """A sentence, and whether it is worth checking."""

    text: str
    worthy: bool
    for_tuning: bool


def read_sentences(options: Options) -> list[WorthSample]:
    """The labelled sentences, cut out of the BBC articles. Raises UnreadableFile."""
    path = options.shared / "news" / "bbc_dev.jsonl.gz"
    if not path.is_file():
        raise UnreadableFile(f"The labelled articles are not at {path}. Give the folder of the data with --shared.")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = {article["id"]: article["text"] for article in map(json.loads, lines)}
    with LABELS.open(encoding="utf-8", newline="") as rows:
        return [
            WorthSample(
                group=row["article"],
                text=read_article(texts[row["article"]]).sentences[int(row["sentence"])].text,
                worthy=row["label"] == "1",
                for_tuning=row["draw"] == "1",
            )
            for row in csv.DictReader(rows, delimiter="\t")
        ]


def read(options: Options) -> Iterator[DataSet[WorthSample]]:
    samples = thin(read_sentences(options), options.limit)
    slices = [
        Slice(name=name, rows=tuple(row for row, sample in enumerate(samples) if sample.for_tuning == tuned))
        for name, tuned in {"bbc sentences": False, "bbc sentences, tuned on": True}.items()
    ]
    yield DataSet(samples, tuple(slices), sha256(LABELS.read_bytes()).hexdigest())


def solve(samples: Sequence[WorthSample], _options: Options) -> Solved[CheckWorthiness]:
    detector = RulesDetector()
    started = time.perf_counter()
    ratings = detector.rate([sample.text for sample in samples])
    return Solved(tuple(ratings), (detector.id,), len(samples), time.perf_counter() - started)


class WorthScorer:
    """How the ratings rank (ROC AUC, average precision) and how they decide at 0.5."""

    choices: dict[str, float] = {}  # noqa: RUF012 - it never chooses anything

    def fit(self, _samples: Sequence[WorthSample], _outputs: Sequence[CheckWorthiness], /) -> Self:
        return self

    def score(self, samples: Sequence[WorthSample], outputs: Sequence[CheckWorthiness]) -> dict[str, float]:
        worthy = np.array([sample.worthy for sample in samples])
        scores = np.array([rating.score for rating in outputs])
        precision = average_precision_score(worthy, scores) if worthy.any() else float("nan")
        ranks = {"auc": auc(worthy, scores), "average_precision": float(precision)}
        return ranks | classify((~worthy).astype(int), (scores < 0.5).astype(int), labels=2)


def fit_weights(samples: Sequence[WorthSample]) -> dict[str, float]:
    """The weights of the cues, and of the bias, that logistic regression finds on the rows for tuning."""
    rows = [sample for sample in samples if sample.for_tuning]
    found = np.array([[name in cues for name in CUES] for cues in (find_cues(row.text) for row in rows)], dtype=float)
    model = LogisticRegression(C=1.0).fit(found, [row.worthy for row in rows])
    return dict(zip(["bias", *CUES], [float(model.intercept_[0]), *model.coef_[0].tolist()], strict=True))


TASK = Task("detection", "sentences", read, solve, WorthScorer())

if __name__ == "__main__":
    if sys.argv[1:] != ["--fit"]:
        sys.exit("python -m eval detection measures; python -m eval.tasks.detection --fit prints fitted weights")
    for name, weight in fit_weights(read_sentences(Options(shared=SHARED))).items():
        print(f"{name:14}{weight:6.1f}")
