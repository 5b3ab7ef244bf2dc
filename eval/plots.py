"""Verdicts become pictures: how reliable the confidence is, what is taken for what, what abstaining buys."""

from collections.abc import Callable, Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from sklearn.metrics import ConfusionMatrixDisplay

from eval.labelled import VerdictSample
from eval.metrics import BINS
from eval.scorers import CLASSES, certainty, probabilities
from eval.task import Result
from service.domain.verdict import Judgement

VerdictResult = Result[VerdictSample, Judgement]

ACROSS = 4  # panels in a row
PANEL = 2.6  # inches


def draw_verdicts(results: Sequence[VerdictResult], folder: Path) -> dict[str, Path]:
    """Three pictures, a panel a slice each; by their titles."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures: dict[str, tuple[str, Callable[[Axes, VerdictResult], None]]] = {
        "Reliability: how often a verdict of that confidence is right": ("reliability.png", _reliability),
        "Confusion: rows are the labels, columns the likeliest relation": ("confusion.png", _confusion),
        "Precision against coverage, the surest verdicts first": ("coverage.png", _coverage),
    }
    return {title: _draw(results, folder / name, panel) for title, (name, panel) in pictures.items()}


def _draw(results: Sequence[VerdictResult], path: Path, panel: Callable[[Axes, VerdictResult], None]) -> Path:
    down = -(-len(results) // ACROSS)
    # No font or colour of the machine's own matplotlibrc may leak into a committed picture.
    with mpl.rc_context({**mpl.rcParamsDefault, "font.size": 7, "svg.hashsalt": "claimdesk"}):
        figure = Figure(figsize=(PANEL * ACROSS, PANEL * down), layout="constrained")
        axes = list(figure.subplots(down, ACROSS, squeeze=False).flat)
        for axis, result in zip(axes, results, strict=False):
            panel(axis, result)
            axis.set_title(result.log.data, fontsize=7)
        for axis in axes[len(results) :]:
            axis.set_axis_off()
        figure.savefig(path, dpi=110, metadata={"Software": None})
    return path


def _reliability(axis: Axes, result: VerdictResult) -> None:
    confidence, correct = certainty(result.samples, result.outputs)
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    rows = np.bincount(bins, minlength=BINS)
    right = np.bincount(bins, weights=correct, minlength=BINS)[rows > 0] / rows[rows > 0]
    said = np.bincount(bins, weights=confidence, minlength=BINS)[rows > 0] / rows[rows > 0]
    axis.plot([0, 1], [0, 1], color="0.7", linewidth=0.8)
    axis.plot(said, right, marker="o", markersize=3, linewidth=1)
    axis.bar((np.arange(BINS) + 0.5) / BINS, rows / rows.sum(), width=1 / BINS, color="0.85", zorder=0)
    axis.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence", ylabel="share right (grey: share of rows)")


def _confusion(axis: Axes, result: VerdictResult) -> None:
    if result.samples[0].binary:
        support = probabilities(result.outputs)[:, 0]
        predicted = (support < result.log.choices["threshold"]).astype(int)
        gold, names = np.array([s.gold is not CLASSES[0] for s in result.samples]).astype(int), ["entail", "not"]
    else:
        predicted = probabilities(result.outputs).argmax(axis=1)
        gold, names = np.array([CLASSES.index(s.gold) for s in result.samples]), ["entail", "contra.", "neutral"]
    ConfusionMatrixDisplay.from_predictions(
        gold, predicted, labels=range(len(names)), display_labels=names, ax=axis, colorbar=False, cmap="Blues"
    )
    axis.set(xlabel="", ylabel="")


def _coverage(axis: Axes, result: VerdictResult) -> None:
    confidence, correct = certainty(result.samples, result.outputs)
    surest = np.argsort(-confidence, kind="stable")
    rows = np.arange(1, len(surest) + 1)
    axis.plot(rows / len(surest), np.cumsum(correct[surest]) / rows, linewidth=1)
    axis.axhline(correct.mean(), color="0.7", linewidth=0.8)
    axis.set(xlim=(0, 1), ylim=(0, 1.02), xlabel="share decided", ylabel="share of these right")
