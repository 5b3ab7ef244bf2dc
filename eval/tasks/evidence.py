"""Claims and whole documents become how often the sentences that a claim needs are among those that are read.

WiCE lists, for each claim, sets of sentences any of which is enough. A claim is served at k when one of its sets is
whole among the first k sentences. Only claims that are entailed and documents of more than eight sentences count.
"""

import time
from collections.abc import Iterator, Sequence
from typing import Self

import numpy as np

from eval.labelled import Gold, digest, read_rows
from eval.task import DataSet, Options, Sample, Slice, Solved, Task, thin
from service.check.windows import find_nearest
from service.errors import UnreadableFile

CUTS = (1, 3, 5, 8)


class EvidenceSample(Sample):
    """A claim, its document's sentences, and the sets of places any of which is enough."""

    claim: str
    sentences: tuple[str, ...]
    enough: tuple[frozenset[int], ...]


def read(options: Options) -> Iterator[DataSet[EvidenceSample]]:
    folder = options.shared / "eval"
    paths = (
        [options.data] if options.data else [folder / f"wice_claim_full_{part}.jsonl.gz" for part in ("dev", "test")]
    )
    for path in paths:
        samples = thin(
            [
                EvidenceSample(
                    group=row.group or row.premise,
                    claim=row.hypothesis,
                    sentences=row.sentences,
                    enough=tuple(map(frozenset, row.supporting)),
                )
                for row in read_rows(path)
                if row.label is Gold.ENTAIL and row.supporting and row.sentences and len(row.sentences) > max(CUTS)
            ],
            options.limit,
        )
        if not samples:
            raise UnreadableFile(f"{path} names no sentences: its rows need `sentences` and `supporting`.")
        whole = Slice(name=path.name.split(".json")[0], rows=tuple(range(len(samples))))
        yield DataSet(samples, (whole,), digest([path]))


def solve(samples: Sequence[EvidenceSample], _options: Options) -> Solved[tuple[int, ...]]:
    started = time.perf_counter()
    outputs = tuple(tuple(find_nearest(sample.claim, sample.sentences, max(CUTS))) for sample in samples)
    return Solved(outputs, (), len(samples), time.perf_counter() - started)


class EvidenceScorer:
    """The share of claims served at each cut."""

    choices: dict[str, float] = {}  # noqa: RUF012 - it never chooses anything

    def fit(self, _samples: Sequence[EvidenceSample], _outputs: Sequence[tuple[int, ...]], /) -> Self:
        return self

    def score(self, samples: Sequence[EvidenceSample], outputs: Sequence[tuple[int, ...]]) -> dict[str, float]:
        return {
            f"served@{cut}": float(
                np.mean(
                    [
                        any(places <= set(output[:cut]) for places in sample.enough)
                        for sample, output in zip(samples, outputs, strict=True)
                    ]
                )
            )
            for cut in CUTS
        }


TASK = Task("evidence", "documents", read, solve, EvidenceScorer())
