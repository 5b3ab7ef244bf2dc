"""The judge's verdicts on the public sets become the figures that the Quality page shows.

    python -m eval.quality --limit 400        writes service/web/measured/JUDGE.json

The confidence is the one that a reader is shown beside a side that is taken: the probability that the evidence bears on
the claim. Reliability and thresholds are of the sets that set a claim against evidence, which is what a desk does; those
of inference between two sentences (ANLI, MNLI, InfoTabS) are listed beside them.
"""

import argparse
import math
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.labelled import Gold, VerdictSample
from eval.log import usable_cores
from eval.task import Options, run
from eval.tasks import verdicts
from service.domain.quality import MeasuredSet, Quality, ReliabilityBin, ThresholdRow
from service.domain.verdict import Judgement, Relation

MEASURED = Path(__file__).parents[1] / "service" / "web" / "measured"
BINS = 10
GOLD = {
    Gold.ENTAIL: Relation.SUPPORTS,
    Gold.CONTRADICT: Relation.REFUTES,
    Gold.NEUTRAL: Relation.NEUTRAL,
    Gold.NOT_ENTAIL: None,  # either of the two
}
CHECKED = ("vitaminc", "healthver", "averitec", "wice", "summedits")  # what the names of sets of claims begin with
THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, help="rows a set")
    parser.add_argument("--backend", default="local")
    parser.add_argument("--shared", type=Path, default=Options().shared)
    given = parser.parse_args()
    options = Options(backend=given.backend, limit=given.limit, shared=given.shared)
    command = f"python -m eval.quality --backend {given.backend}" + (f" --limit {given.limit}" if given.limit else "")
    quality = measure(options, command)
    MEASURED.mkdir(exist_ok=True)
    path = MEASURED / f"{quality.judge}.json"
    path.write_text(quality.model_dump_json(indent=2) + "\n", encoding="utf-8")
    print(path)


def measure(options: Options, command: str) -> Quality:
    """Every set of the task `verdicts`, each row once."""
    sets, said, right, decisive = [], [], [], []
    judge = ""
    for result in run(verdicts.TASK, options):
        judge = result.log.models[0]
        shown, correct, taken = _shown(result.samples, result.outputs)
        sets.append(_measured(result.log.data, result.samples, result.outputs, correct))
        if result.log.data.startswith(CHECKED):
            said.append(shown)
            right.append(correct)
            decisive.append(taken)
    all_said, all_right, all_decisive = np.concatenate(said), np.concatenate(right), np.concatenate(decisive)
    bins = _bins(all_said[all_decisive], all_right[all_decisive])
    return Quality(
        judge=judge,
        measured=datetime.now(UTC).date().isoformat(),
        command=command,
        cores=usable_cores(),
        sets=tuple(sets),
        reliability=bins,
        calibration_error=round(
            sum(each.n * abs(each.said - each.right) for each in bins) / max(int(all_decisive.sum()), 1), 4
        ),
        thresholds=tuple(_threshold(at, all_said, all_right, all_decisive) for at in THRESHOLDS),
    )


def _shown(samples: Sequence[VerdictSample], outputs: Sequence[Judgement]) -> tuple[Floats, Flags, Flags]:
    """For each row: the confidence of a side, were one taken; whether the verdict is right; whether it takes a side."""
    taken = np.array([output.relation is not Relation.NEUTRAL for output in outputs])
    neutral = np.array([output.neutral for output in outputs])
    correct = np.array([_is_right(sample, output) for sample, output in zip(samples, outputs, strict=True)])
    return 1 - neutral, correct, taken


def _is_right(sample: VerdictSample, output: Judgement) -> bool:
    """A set of two labels only knows support and the rest."""
    gold = GOLD[sample.gold]
    if gold is None:
        return output.relation is not Relation.SUPPORTS
    return output.relation is gold


def _measured(name: str, samples: Sequence[VerdictSample], outputs: Sequence[Judgement], correct: Flags) -> MeasuredSet:
    relations = [output.relation for output in outputs]

    def share_right(side: Relation) -> float | None:
        rows = [row for row, relation in enumerate(relations) if relation is side]
        return round(float(correct[rows].mean()), 4) if rows else None

    low, high = wilson(int(correct.sum()), len(correct))
    return MeasuredSet(
        name=name,
        n=len(samples),
        decided=round(sum(relation is not Relation.NEUTRAL for relation in relations) / len(relations), 4),
        supported_right=share_right(Relation.SUPPORTS),
        refuted_right=share_right(Relation.REFUTES),
        accuracy=round(float(correct.mean()), 4),
        low=round(low, 4),
        high=round(high, 4),
    )


def _bins(said: Floats, right: Flags) -> tuple[ReliabilityBin, ...]:
    of = np.minimum((said * BINS).astype(int), BINS - 1)
    return tuple(
        ReliabilityBin(
            low=at / BINS,
            high=(at + 1) / BINS,
            n=int((of == at).sum()),
            said=round(float(said[of == at].mean()), 4),
            right=round(float(right[of == at].mean()), 4),
        )
        for at in range(BINS)
        if (of == at).any()
    )


def _threshold(at: float, said: Floats, right: Flags, decisive: Flags) -> ThresholdRow:
    heard = decisive & (said >= at)
    share = round(float(right[heard].mean()), 4) if heard.any() else None
    return ThresholdRow(threshold=at, coverage=round(float(heard.mean()), 4), right=share)


def wilson(right: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """The 95% interval of a share (Wilson, 1927)."""
    share = right / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - half, middle + half


if __name__ == "__main__":
    main()
