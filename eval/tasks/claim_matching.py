"""Pairs of claims become a table: at which cosine two tellings of one claim meet, and how often two claims pass for one.

`python -m eval.tasks.claim_matching`. "Own" pairs are written by hand (tests/cases/claim_pairs.jsonl: 30 tellings of one claim,
32 of claims that differ in one point). "VitaminC" pairs are two claims of which one passage entails the one and
contradicts the other, so that they cannot be the same: the hardest negatives there are. They come from tier A of
the training data, not from an evaluation set.
"""

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from service.backends.local.embedder import LocalEmbedder
from service.claims import matching
from service.domain.base import Frozen
from service.domain.claim import Statement
from service.domain.fact_check import MatchTier

OWN = Path(__file__).parents[2] / "tests" / "cases" / "claim_pairs.jsonl"
PAIRS = Path(__file__).parents[3] / "shared" / "data" / "train" / "evidence_claims.jsonl.gz"
SAMPLE = 1_000
THRESHOLDS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


class ClaimPair(Frozen):
    a: str
    b: str
    same: bool


class Measured(Frozen):
    """A pair with its cosine, and whether the exact tiers would let it be confirmed."""

    pair: ClaimPair
    cosine: float
    alike: bool


def read_own(path: Path = OWN) -> list[ClaimPair]:
    """The pairs written by hand."""
    return [ClaimPair.model_validate_json(line) for line in path.read_text().splitlines()]


def read_opposites(path: Path = PAIRS, count: int = SAMPLE) -> list[ClaimPair]:
    """Claims that one passage entails, each with one that it contradicts; the same sample every time."""
    by_premise: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["source"] == "vitaminc_train60":
                by_premise[row["premise"]][row["label"]].append(row["hypothesis"])
    pairs = [
        ClaimPair(a=true, b=false, same=False)
        for labels in by_premise.values()
        for true in labels["entail"][:1]
        for false in labels["contradict"][:1]
    ]
    return random.Random(5).sample(pairs, min(count, len(pairs)))  # noqa: S311  a sample, not a secret


def measure(pairs: Iterable[ClaimPair]) -> list[Measured]:
    """The cosine of each pair by the local embedder, and the exact tiers' word on it."""
    pairs, embedder = list(pairs), LocalEmbedder(1)
    left, right = embedder.embed([pair.a for pair in pairs]), embedder.embed([pair.b for pair in pairs])
    return [
        Measured(pair=pair, cosine=float(cosine), alike=_alike(pair))
        for pair, cosine in zip(pairs, (left * right).sum(axis=1), strict=True)
    ]


def _alike(pair: ClaimPair) -> bool:
    """What `tier_of` says of two claims that are as near as can be."""
    return matching.tier_of(Statement(text=pair.a), Statement(text=pair.b), 1.0) is MatchTier.CONFIRMED


def main() -> None:
    own, opposites = measure(read_own()), measure(read_opposites())
    same = [item for item in own if item.pair.same]
    differ = [item for item in own if not item.pair.same]
    groups = {"same": same, "differ": differ, "VitaminC": opposites}
    print(f"{len(same)} same, {len(differ)} differ, {len(opposites)} VitaminC pairs\n")
    print("| cosine | " + " | ".join(f"{name}: near | {name}: confirmed" for name in groups) + " |")
    print("|" + " --- |" * (1 + 2 * len(groups)))
    for threshold in THRESHOLDS:
        cells = []
        for items in groups.values():
            near = [item for item in items if item.cosine >= threshold]
            cells += [f"{len(near) / len(items):.3f}", f"{sum(item.alike for item in near) / len(items):.3f}"]
        print(f"| {threshold:.2f} | " + " | ".join(cells) + " |")
    for item in sorted([*differ, *opposites], key=lambda item: -item.cosine):
        if item.alike and item.cosine >= matching.CONFIRMED:
            print(f"wrongly confirmed {item.cosine:.2f}: {item.pair.a} / {item.pair.b}")
    for item in same:
        if not item.alike or item.cosine < matching.CONFIRMED:
            print(f"not confirmed {item.cosine:.2f}: {item.pair.a} / {item.pair.b}")


if __name__ == "__main__":
    main()
