"""The training files become pairs of evidence and claim, split into a part to train on and a part held out."""

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LABELS = ("entail", "contradict", "neutral")
FILES = ("nli_train.jsonl.gz", "evidence_claims.jsonl.gz")
HELD_OUT_ONE_IN = 20


@dataclass(frozen=True)
class TrainingPair:
    premise: str
    hypothesis: str
    label: str
    source: str


def read_pairs(folder: Path) -> Iterator[TrainingPair]:
    """Every pair of tier A, the only one that may train a released model."""
    for name in FILES:
        with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if row["tier"] == "A":
                    yield TrainingPair(row["premise"], row["hypothesis"], row["label"], row["source"])


def is_held_out(premise: str) -> bool:
    """By the premise, so that no premise stands on both sides."""
    return int(hashlib.sha256(premise.encode()).hexdigest()[:8], 16) % HELD_OUT_ONE_IN == 0


def split_pairs(folder: Path) -> tuple[dict[str, list[TrainingPair]], dict[str, list[TrainingPair]]]:
    """The pairs to train on and those held out, by source."""
    train: dict[str, list[TrainingPair]] = defaultdict(list)
    held_out: dict[str, list[TrainingPair]] = defaultdict(list)
    for pair in read_pairs(folder):
        (held_out if is_held_out(pair.premise) else train)[pair.source].append(pair)
    return train, held_out
