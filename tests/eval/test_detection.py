"""The detection task, on the labelled sentences of the shared news."""

import pytest

from eval.task import Options
from eval.tasks.detection import WorthSample, WorthScorer, fit_weights, read_sentences, solve
from service.domain.claim import CheckWorthiness


def samples() -> list[WorthSample]:
    options = Options()
    if not (options.shared / "news" / "bbc_dev.jsonl.gz").is_file():
        pytest.skip("the shared news is not here")
    return read_sentences(options)


def test_the_detector_ranks_fresh_sentences_far_better_than_chance() -> None:
    fresh = [sample for sample in samples() if not sample.for_tuning]
    figures = WorthScorer().score(fresh, solve(fresh, Options()).outputs)
    assert figures["auc"] > 0.8  # measured: see docs/evaluation.md


def test_fitted_weights_agree_with_the_reasons_in_sign() -> None:
    weights = fit_weights(samples())
    assert weights["figure"] > 0 > weights["prediction"]


def test_a_worthless_ranking_scores_as_one() -> None:
    some = [WorthSample(group=str(i), text="", worthy=i % 2 == 0, for_tuning=False) for i in range(4)]
    figures = WorthScorer().score(some, [CheckWorthiness(score=0.7, reasons=())] * 4)
    assert figures["auc"] == figures["balanced_accuracy"] == 0.5
