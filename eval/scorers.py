"""What was answered becomes figures, against the gold labels of the samples."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from eval.labelled import Gold, VerdictSample
from eval.metrics import auc, best_threshold, calibration_error, classify
from service.domain.verdict import Judgement, Relation

CLASSES = (Gold.ENTAIL, Gold.CONTRADICT, Gold.NEUTRAL)


@dataclass(frozen=True)
class VerdictScorer:
    """Three-way sets by the likeliest relation; two-way sets by a threshold on the probability of support.

    The threshold is the one with the best balanced accuracy on the rows that `fit` is given, or 0.5. The
    calibration error is of what is decided before any threshold: the likeliest class and its probability.
    `decided` is the share of rows on which the judge takes a side (its own relation, so it may abstain), and the
    precisions are the shares of these that are right.
    """

    threshold: float = 0.5

    def fit(self, samples: Sequence[VerdictSample], outputs: Sequence[Judgement]) -> Self:
        if not samples:
            return self
        return type(self)(best_threshold(_entailed(samples), probabilities(outputs)[:, 0]))

    @property
    def choices(self) -> dict[str, float]:
        return {"threshold": round(self.threshold, 4)}

    def score(self, samples: Sequence[VerdictSample], outputs: Sequence[Judgement]) -> dict[str, float]:
        support, entailed = probabilities(outputs)[:, 0], _entailed(samples)
        if samples[0].binary:
            figures = classify((~entailed).astype(int), (support < self.threshold).astype(int), labels=2)
        else:
            figures = classify(_classes(samples), probabilities(outputs).argmax(axis=1), labels=3)
        figures |= {"auc": auc(entailed, support), "ece": calibration_error(*certainty(samples, outputs))}
        return figures | _decisions(samples, outputs)


def certainty(
    samples: Sequence[VerdictSample], outputs: Sequence[Judgement]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The probability of the likeliest class of each row, and whether that class is the gold one.

    Where the set is two-way the classes are support and no support.
    """
    found = probabilities(outputs)
    if samples[0].binary:
        support = found[:, 0]
        return np.maximum(support, 1 - support), (support >= 0.5) == _entailed(samples)
    return found.max(axis=1), found.argmax(axis=1) == _classes(samples)


def probabilities(outputs: Sequence[Judgement]) -> NDArray[np.float64]:
    """Shape (n, 3): supports, refutes, neutral, in the order of CLASSES."""
    return np.array([(judgement.supports, judgement.refutes, judgement.neutral) for judgement in outputs])


def decided(
    samples: Sequence[VerdictSample], outputs: Sequence[Judgement], threshold: float
) -> tuple[float, float, float, float]:
    """Of decisions from that probability on: supports' share of the rows and precision, and those of refutes."""
    found, refuted = probabilities(outputs), Gold.NOT_ENTAIL if samples[0].binary else Gold.CONTRADICT
    sides = []
    for column, gold in ((0, Gold.ENTAIL), (1, refuted)):
        taken = found[:, column] >= threshold
        right = np.array([sample.gold is gold for sample in samples])[taken]
        sides += [float(taken.mean()), float(right.mean()) if taken.any() else float("nan")]
    return sides[0], sides[1], sides[2], sides[3]


def _decisions(samples: Sequence[VerdictSample], outputs: Sequence[Judgement]) -> dict[str, float]:
    refuted = Gold.NOT_ENTAIL if samples[0].binary else Gold.CONTRADICT
    supports = [s.gold is Gold.ENTAIL for s, o in zip(samples, outputs, strict=True) if o.relation is Relation.SUPPORTS]
    refutes = [s.gold is refuted for s, o in zip(samples, outputs, strict=True) if o.relation is Relation.REFUTES]
    return {
        "decided": (len(supports) + len(refutes)) / len(samples),
        "supports_precision": float(np.mean(supports)) if supports else float("nan"),
        "refutes_precision": float(np.mean(refutes)) if refutes else float("nan"),
    }


def _classes(samples: Sequence[VerdictSample]) -> NDArray[np.intp]:
    return np.array([CLASSES.index(sample.gold) for sample in samples])


def _entailed(samples: Sequence[VerdictSample]) -> NDArray[np.bool_]:
    return np.array([sample.gold is Gold.ENTAIL for sample in samples])
