"""Figures from labels and probabilities."""

import numpy as np
import pytest
from sklearn.metrics import balanced_accuracy_score

from eval.metrics import Rows, auc, best_threshold, bootstrap, calibration_error, classify


def test_balanced_accuracy_is_what_scikit_learn_says() -> None:
    rng = np.random.default_rng(0)
    gold, predicted = rng.integers(3, size=200), rng.integers(3, size=200)
    assert classify(gold, predicted, 3)["balanced_accuracy"] == pytest.approx(balanced_accuracy_score(gold, predicted))


def test_a_class_without_rows_has_no_recall_to_lower_the_balance() -> None:
    figures = classify(np.array([0, 0, 1]), np.array([0, 2, 1]), 3)
    assert figures["balanced_accuracy"] == pytest.approx((0.5 + 1.0) / 2)


def test_calibration_error_is_the_gap_between_what_was_said_and_what_held() -> None:
    confidence = np.array([0.9] * 10 + [0.6] * 10)
    correct = np.array([True] * 9 + [False] + [True] * 2 + [False] * 8)
    assert calibration_error(confidence, correct) == pytest.approx((0.0 + 0.4) / 2)
    assert calibration_error(np.array([1.0]), np.array([True])) == 0.0


def test_the_threshold_separates_classes_that_can_be_separated() -> None:
    score = np.array([0.1, 0.2, 0.7, 0.8])
    assert best_threshold(score > 0.5, score) == pytest.approx(0.45)


def test_a_threshold_cannot_be_chosen_on_one_class() -> None:
    with pytest.raises(ValueError, match="both classes"):
        best_threshold(np.array([True, True]), np.array([0.1, 0.2]))


def test_the_area_under_the_curve_of_one_class_is_undefined() -> None:
    assert np.isnan(auc(np.array([True, True]), np.array([0.1, 0.2])))


def test_rows_of_one_document_widen_the_interval() -> None:
    right = np.repeat([1.0, 0.0], 50)

    def mean(rows: Rows) -> dict[str, float]:
        return {"mean": float(right[rows].mean())}

    alone = bootstrap([str(i) for i in range(100)], mean)["mean"]
    together = bootstrap([str(i // 10) for i in range(100)], mean)["mean"]
    assert together[1] - together[0] > 2 * (alone[1] - alone[0])
    assert alone[0] < 0.5 < alone[1]
