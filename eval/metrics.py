"""Gold labels and probabilities become figures, with intervals that know which rows share a document."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import precision_recall_fscore_support, roc_auc_score, roc_curve

Rows = NDArray[np.intp]
Measure = Callable[[Rows], dict[str, float]]

BINS = 15  # of equal width, as in Guo et al., "On Calibration of Modern Neural Networks" (2017)
RESAMPLES = 400  # the 2.5% tails then hold ten resamples each
SEED = 20261124


def classify(gold: NDArray[np.intp], predicted: NDArray[np.intp], labels: int) -> dict[str, float]:
    """Accuracy, macro F1 over the `labels` classes, and balanced accuracy (the mean recall of the classes present)."""
    _, recall, f1, rows = precision_recall_fscore_support(gold, predicted, labels=range(labels), zero_division=0.0)
    return {
        "accuracy": float(np.mean(gold == predicted)),
        "macro_f1": float(f1.mean()),
        "balanced_accuracy": float(recall[rows > 0].mean()),
    }


def auc(positive: NDArray[np.bool_], score: NDArray[np.float64]) -> float:
    """Area under the ROC curve; nan where only one class is present."""
    if positive.all() or not positive.any():
        return float("nan")
    return float(roc_auc_score(positive, score))


def calibration_error(confidence: NDArray[np.float64], correct: NDArray[np.bool_]) -> float:
    """Expected calibration error of the predicted class: the mean over rows of |bin's accuracy - its confidence|."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    surplus = np.bincount(bins, weights=confidence - correct, minlength=BINS)
    return float(np.abs(surplus).sum() / len(confidence))


def best_threshold(positive: NDArray[np.bool_], score: NDArray[np.float64]) -> float:
    """The score from which rows count as positive so that balanced accuracy on these rows is highest.

    It lies midway to the next lower score, so that it holds for scores never seen. Raises ValueError where
    only one class is present.
    """
    if positive.all() or not positive.any():
        raise ValueError("a threshold needs rows of both classes")
    false, true, thresholds = roc_curve(positive, score, drop_intermediate=False)
    at = float(thresholds[int(np.argmax(true - false))])
    below = score[score < at]
    return (at + float(below.max())) / 2 if below.size and np.isfinite(at) else min(at, 1.0)


def bootstrap(groups: Sequence[str], measure: Measure) -> dict[str, tuple[float, float]]:
    """95% percentile intervals of what `measure` says, by drawing whole groups of rows with replacement."""
    _, group_of = np.unique(np.array(groups), return_inverse=True)
    members = np.split(np.argsort(group_of, kind="stable"), np.cumsum(np.bincount(group_of))[:-1])
    rng = np.random.default_rng(SEED)
    drawn = [
        measure(np.concatenate([members[group] for group in rng.integers(len(members), size=len(members))]))
        for _ in range(RESAMPLES)
    ]
    intervals = {}
    for name in drawn[0]:
        values = np.array([each[name] for each in drawn])
        if not np.isnan(values).all():
            low, high = np.nanpercentile(values, [2.5, 97.5])
            intervals[name] = (float(low), float(high))
    return intervals
