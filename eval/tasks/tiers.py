"""Claims with gold evidence become what each family of exact differences adds to a judge, and what it costs.

In the ways named after a family, a difference of that family takes away a judge's support, as `weigh` does; the judge
itself is shown none. `all` is every family, `shown` shows the judge the differences and overrules nothing, `product`
does both. The swapped claims are entailed claims of VitaminC's held-out part, each also with one thing in it changed.
"""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self

from eval.judges import as_pair, open_judge
from eval.labelled import Gold, Row, VerdictSample, as_samples, digest, read_rows
from eval.metrics import SEED
from eval.scorers import VerdictScorer
from eval.task import DataSet, Options, Slice, Solved, Task, thin
from eval.tasks.verdicts import BATCH, read_file, read_summedits
from eval.train.alter import alter, names_of
from service.check.windows import plan_readings, pool
from service.domain.base import Frozen
from service.domain.claim import DifferenceKind
from service.domain.verdict import Judgement, Relation
from service.ports import Judge, Pair

FAMILIES = tuple(DifferenceKind)
WAYS = ("judge", *FAMILIES, "all", "shown", "product")


class ReadTwice(Frozen):
    """One reading of the evidence: the judge's word on it without and with its differences, and their families."""

    blind: Judgement
    shown: Judgement
    kinds: frozenset[DifferenceKind]

    def by(self, way: str) -> Judgement:
        """What comes out by one of WAYS."""
        judgement = self.shown if way in ("shown", "product") else self.blind
        vetoes = self.kinds if way in ("all", "product") else self.kinds & {way}
        return without_support(judgement) if vetoes else judgement


def without_support(judgement: Judgement) -> Judgement:
    """The judgement under a difference: what was support is refutation."""
    relation = Relation.REFUTES if judgement.relation is Relation.SUPPORTS else judgement.relation
    refutes = judgement.supports + judgement.refutes
    return Judgement(relation=relation, supports=0.0, refutes=refutes, neutral=judgement.neutral)


def read(options: Options) -> Iterator[DataSet[VerdictSample]]:
    folder = options.shared / "eval"
    vitaminc = folder / "vitaminc_heldout40.jsonl.gz"
    digits = read_file(vitaminc, None, None)
    chosen = tuple(digits.samples[row] for row in thin(digits.slices[1].rows, options.limit))
    yield DataSet(chosen, (_whole(digits.slices[1].name, chosen),), digits.sha256)
    swapped = as_samples(swap(thin([row for row in read_rows(vitaminc) if row.label is Gold.ENTAIL], options.limit)))
    yield DataSet(tuple(swapped), (_whole("vitaminc_heldout40, swapped", swapped),), digest([vitaminc]))
    summedits = read_summedits(folder / "summedits.jsonl.gz", options.limit)
    news = tuple(part for part in summedits.slices if part.name == "summedits_news")
    yield DataSet(summedits.samples, news, summedits.sha256)


def _whole(name: str, samples: Sequence[VerdictSample]) -> Slice:
    return Slice(name=name, rows=tuple(range(len(samples))))


def swap(rows: Sequence[Row]) -> list[Row]:
    """Each row that offers something to change, and the same with its claim changed, which its premise contradicts."""
    rng = random.Random(SEED)  # noqa: S311 - a repeatable draw, not a secret
    names = sorted({name for row in rows for name in names_of(row.premise)})
    pairs = [(row, alter(row.hypothesis, names, rng)) for row in rows]
    return [
        each
        for row, changed in pairs
        if changed
        for each in (row, row.model_copy(update={"hypothesis": changed, "label": Gold.CONTRADICT}))
    ]


def solve(samples: Sequence[VerdictSample], options: Options) -> Solved[tuple[ReadTwice, ...]]:
    judge = open_judge(options.backend, options.shared)
    plans = [
        [
            as_pair(sample.claim, reading.text(piece), joined=reading.joined)
            for piece in sample.evidence
            for reading in plan_readings(sample.claim, piece)
        ]
        for sample in samples
    ]
    pairs = [pair for plan in plans for pair in plan]
    started = time.perf_counter()
    shown = _judge(judge, pairs)
    blind = _judge(judge, [pair.model_copy(update={"differences": ()}) for pair in pairs])
    seconds = time.perf_counter() - started
    readings = iter(
        ReadTwice(blind=b, shown=s, kinds=frozenset(difference.kind for difference in pair.differences))
        for pair, b, s in zip(pairs, blind, shown, strict=True)
    )
    outputs = tuple(tuple(next(readings) for _ in plan) for plan in plans)
    return Solved(outputs, (judge.id,), 2 * len(pairs), seconds)


def _judge(judge: Judge, pairs: Sequence[Pair]) -> list[Judgement]:
    return [found for at in range(0, len(pairs), BATCH) for found in judge.judge(pairs[at : at + BATCH])]


@dataclass(frozen=True)
class TierScorer:
    """Balanced accuracy by each way, each with a threshold of its own, and how often its support is right."""

    scorers: dict[str, VerdictScorer] = field(default_factory=lambda: dict.fromkeys(WAYS, VerdictScorer()))

    def fit(self, samples: Sequence[VerdictSample], outputs: Sequence[tuple[ReadTwice, ...]], /) -> Self:
        return type(self)({way: scorer.fit(samples, _by(outputs, way)) for way, scorer in self.scorers.items()})

    @property
    def choices(self) -> dict[str, float]:
        return {f"{way}_threshold": scorer.choices["threshold"] for way, scorer in self.scorers.items()}

    def score(self, samples: Sequence[VerdictSample], outputs: Sequence[tuple[ReadTwice, ...]]) -> dict[str, float]:
        figures: dict[str, float] = {}
        for way, scorer in self.scorers.items():
            found = scorer.score(samples, _by(outputs, way))
            figures[f"{way}_balanced_accuracy"] = found["balanced_accuracy"]
            figures[f"{way}_supports_precision"] = found["supports_precision"]
        return figures


def _by(outputs: Sequence[tuple[ReadTwice, ...]], way: str) -> list[Judgement]:
    return [pool([reading.by(way) for reading in readings]) for readings in outputs]


TASK = Task("tiers", "pairs", read, solve, TierScorer())
