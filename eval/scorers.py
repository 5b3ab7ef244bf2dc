"""What was answered becomes figures, against the gold labels of the samples."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from eval.labelled import Gold, VerdictSample
from eval.metrics import auc, best_threshold, calibration_error, classify
from service.domain.verdict import Judgement, Relation

_CLASSES = (Gold.ENTAIL, Gold.CONTRADICT, Gold.NEUTRAL)


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
        return type(self)(best_threshold(_entailed(samples), _probabilities(outputs)[:, 0]))

    @property
    def choices(self) -> dict[str, float]:
        return {"threshold": round(self.threshold, 4)}

    def score(self, samples: Sequence[VerdictSample], outputs: Sequence[Judgement]) -> dict[str, float]:
        probabilities = _probabilities(outputs)
        support, entailed = probabilities[:, 0], _entailed(samples)
        if samples[0].binary:
            figures = classify((~entailed).astype(int), (support < self.threshold).astype(int), labels=2)
            likeliest, confidence = support >= 0.5, np.maximum(support, 1 - support)
            correct = likeliest == entailed
        else:
            gold = np.array([_CLASSES.index(sample.gold) for sample in samples])
            predicted = probabilities.argmax(axis=1)
            figures = classify(gold, predicted, labels=3)
            correct, confidence = predicted == gold, probabilities.max(axis=1)
        figures |= {"auc": auc(entailed, support), "ece": calibration_error(confidence, correct)}
        return figures | _decisions(samples, outputs)


def _decisions(samples: Sequence[VerdictSample], outputs: Sequence[Judgement]) -> dict[str, float]:
    refuted = Gold.NOT_ENTAIL if samples[0].binary else Gold.CONTRADICT
    supports = [s.gold is Gold.ENTAIL for s, o in zip(samples, outputs, strict=True) if o.relation is Relation.SUPPORTS]
    refutes = [s.gold is refuted for s, o in zip(samples, outputs, strict=True) if o.relation is Relation.REFUTES]
    return {
        "decided": (len(supports) + len(refutes)) / len(samples),
        "supports_precision": float(np.mean(supports)) if supports else float("nan"),
        "refutes_precision": float(np.mean(refutes)) if refutes else float("nan"),
    }


def _probabilities(outputs: Sequence[Judgement]) -> NDArray[np.float64]:
    """Shape (n, 3): supports, refutes, neutral, in the order of the gold classes."""
    return np.array([(judgement.supports, judgement.refutes, judgement.neutral) for judgement in outputs])


def _entailed(samples: Sequence[VerdictSample]) -> NDArray[np.bool_]:
    return np.array([sample.gold is Gold.ENTAIL for sample in samples])
