"""Held-out tier A pairs become the last layer of the local judge, calibration.json, with its thresholds.

    python -m eval.train.fit --data ../shared/data/train

Runs in Claimdesk's own environment (the exported model, scikit-learn), after eval.train.export. The pairs are those
that eval.train never trained on; half of them fit the layer, the other half choose the thresholds and are reported.
"""

import argparse
import json
import random
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from eval.export_embedder import write_manifest
from eval.judges import as_pair
from eval.labelled import cut
from eval.train.generate import generate
from eval.train.pairs import LABELS, TrainingPair, split_pairs
from service.backends.local.cross_encoder import CrossEncoder
from service.backends.local.judge import read_pairs
from service.backends.local.signals import NAMES
from service.check.windows import plan_readings
from service.ports import Pair

WEIGHTS = Path(__file__).parents[2] / "service" / "backends" / "local" / "weights" / "judge-l6"
# Sources whose claims are like a desk's: sentences about the world, checked against evidence.
SOURCES = {
    "vitaminc_train60": 1800, "fm2_dev": 200, "fever_symmetric_dev": 200, "feverous_s_dev": 100,
    "newprotocols_base": 300, "newprotocols_edit_premise": 300, "newprotocols_edit_other": 300,
    "semiauto_base_wiki": 200, "infotabs": 200,
}  # fmt: skip
GENERATED = 1200
PRECISION = 0.9  # wanted of a side that is taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=0)
    arguments = parser.parse_args()
    pairs = choose(arguments.data)
    rows, labels = measure(pairs, arguments.threads), np.array([LABELS.index(pair.label) for pair in pairs])
    half = len(pairs) // 2
    layer = LogisticRegression(C=1.0, max_iter=2000).fit(rows[:half], labels[:half])
    shares = layer.predict_proba(rows[half:])
    thresholds = [threshold(shares[:, side], labels[half:] == side) for side in (0, 1)]
    report(shares, rows[half:], labels[half:], thresholds)
    calibration = {
        "signals": NAMES,
        "weights": np.round(layer.coef_.astype(float), 4).tolist(),
        "bias": np.round(layer.intercept_.astype(float), 4).tolist(),
        "supports_from": thresholds[0],
        "refutes_from": thresholds[1],
    }
    (WEIGHTS / "calibration.json").write_text(json.dumps(calibration, indent=1) + "\n", encoding="utf-8")
    write_manifest(WEIGHTS, "model.onnx", "tokenizer.json", "calibration.json")


def choose(data: Path) -> list[TrainingPair]:
    """Held-out pairs of SOURCES and pairs generated from them, shuffled."""
    _, held_out = split_pairs(data)
    pairs = [pair for source, most in SOURCES.items() for pair in held_out[source][:most]]
    pairs += islice(generate([pair for each in held_out.values() for pair in each], seed=2), GENERATED)
    random.Random(3).shuffle(pairs)  # noqa: S311
    return pairs


def measure(pairs: Sequence[TrainingPair], threads: int) -> NDArray[np.float32]:
    return read_pairs(CrossEncoder(threads), [_read(pair) for pair in pairs]).signals


def _read(pair: TrainingPair) -> Pair:
    """The pair as the judge meets it: of long evidence the sentences nearest to the claim, read together."""
    sentences = cut(pair.premise)
    reading = plan_readings(pair.hypothesis, sentences)[0]
    return as_pair(pair.hypothesis, reading.text(sentences), joined=reading.joined)


def threshold(shares: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """The least probability from which on a side is right in PRECISION of the cases; never under a half."""
    order = np.argsort(-shares)
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    kept = np.flatnonzero(precision >= PRECISION)
    least = shares[order[kept[-1]]] if len(kept) else 1.0
    return round(float(max(0.5, least)), 3)


def report(
    shares: NDArray[np.float64], rows: NDArray[np.float32], labels: NDArray[np.int64], thresholds: Sequence[float]
) -> None:
    print(f"{len(labels)} pairs: accuracy {np.mean(shares.argmax(1) == labels):.3f},", end=" ")
    print(f"of the model's logits alone {np.mean(rows[:, :3].argmax(1) == labels):.3f}")
    for side, least in enumerate(thresholds):
        taken = shares[:, side] >= least
        right = np.mean(labels[taken] == side) if taken.any() else 0.0
        print(
            f"{LABELS[side]} from {least}: taken {taken.sum()}, right {right:.3f}, of all {np.mean(taken[labels == side]):.3f}"
        )


if __name__ == "__main__":
    main()
