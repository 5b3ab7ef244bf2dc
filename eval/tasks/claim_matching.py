"""Pairs of claims become a table: how often two tellings of one claim meet, and how often two claims pass for one.

`python -m eval.tasks.claim_matching`. "Own" pairs are written by hand (tests/cases/claim_pairs.jsonl: 30 tellings of one
claim, 32 of claims that differ in one point). The thresholds were set on them and on tier A of the training data.
"Unseen" pairs (eval/data/claim_pairs_unseen.jsonl: 30 and 40) were written after that; one of them, "owns" for "sold",
led to the rule of one changed word. "VitaminC" pairs are two claims of which one passage entails the one and contradicts
the other: the hardest negatives there are. "FM2" are claims, each to be found among passages that say them in other words.
"""

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from service.backends.local.embedder import LocalEmbedder
from service.backends.local.judge import LocalJudge
from service.claims import matching
from service.domain.base import Frozen
from service.domain.claim import Statement
from service.domain.fact_check import MatchTier

OWN = Path(__file__).parents[2] / "tests" / "cases" / "claim_pairs.jsonl"
UNSEEN = Path(__file__).parents[1] / "data" / "claim_pairs_unseen.jsonl"
TRAIN = Path(__file__).parents[3] / "shared" / "data" / "train" / "evidence_claims.jsonl.gz"
HELD_OUT = Path(__file__).parents[3] / "shared" / "data" / "eval" / "vitaminc_heldout40.jsonl.gz"
SAMPLE = 1_000
LIST = 10  # suggestions
THRESHOLDS = (0.4, 0.5, 0.6, 0.7)


class ClaimPair(Frozen):
    a: str
    b: str
    same: bool


def read_pairs(path: Path) -> list[ClaimPair]:
    """Pairs written by hand."""
    return [ClaimPair.model_validate_json(line) for line in path.read_text().splitlines()]


def read_opposites(path: Path, count: int = SAMPLE) -> list[ClaimPair]:
    """Claims that one passage entails, each with one that it contradicts; the same sample every time."""
    by_premise: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(path, "vitaminc"):
        by_premise[row["premise"]][row["label"]].append(row["hypothesis"])
    pairs = [
        ClaimPair(a=true, b=false, same=False)
        for labels in by_premise.values()
        for true in labels["entail"][:1]
        for false in labels["contradict"][:1]
    ]
    return random.Random(5).sample(pairs, min(count, len(pairs)))  # noqa: S311  a sample, not a secret


def _rows(path: Path, source: str) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (row for row in map(json.loads, lines) if row["source"].startswith(source))


def report(name: str, pairs: Iterable[ClaimPair], embedder: LocalEmbedder, judge: LocalJudge) -> None:
    """How many pairs would be suggested and how many confirmed, and which of them are wrong."""
    pairs = list(pairs)
    left, right = embedder.embed([pair.a for pair in pairs]), embedder.embed([pair.b for pair in pairs])
    found = list(zip(pairs, (left * right).sum(axis=1), strict=True))
    for same in (True, False):
        kind = [(pair, float(cosine)) for pair, cosine in found if pair.same is same]
        if not kind:
            continue
        near = sum(cosine >= matching.SUGGESTED for _, cosine in kind)
        tiers = [
            matching.tier_of(Statement(text=pair.a), Statement(text=pair.b), cosine, judge) for pair, cosine in kind
        ]
        confirmed = sum(tier is MatchTier.CONFIRMED for tier in tiers)
        print(f"{name}, {'same' if same else 'differ'}: {len(kind)} pairs, {near} suggested, {confirmed} confirmed")
        for (pair, cosine), tier in zip(kind, tiers, strict=True):
            if (tier is MatchTier.CONFIRMED) is not same:
                print(f"    {tier} {cosine:.2f}: {pair.a} / {pair.b}")


def report_suggestions(embedder: LocalEmbedder) -> None:
    """How many claims find their passage in a list of LIST, and how many others stand in it, by threshold."""
    claims = {row["premise"]: row["hypothesis"] for row in _rows(TRAIN, "fm2_dev") if row["label"] == "entail"}
    cosines = embedder.embed(list(claims.values())) @ embedder.embed(list(claims)).T
    own = np.diag(cosines)
    ranks = (cosines > own[:, None]).sum(axis=1)
    for threshold in THRESHOLDS:
        listed = ((own >= threshold) & (ranks < LIST)).mean()
        others = np.minimum((cosines >= threshold).sum(axis=1) - (own >= threshold), LIST).mean()
        print(f"FM2, {len(claims)} claims, from {threshold:.1f} on: {listed:.3f} listed, {others:.1f} others in a list")


def main() -> None:
    embedder, judge = LocalEmbedder(1), LocalJudge(1)
    report("own", read_pairs(OWN), embedder, judge)
    report("VitaminC (train60)", read_opposites(TRAIN), embedder, judge)
    report_suggestions(embedder)
    report("unseen", read_pairs(UNSEEN), embedder, judge)
    report("VitaminC (heldout40)", read_opposites(HELD_OUT), embedder, judge)


if __name__ == "__main__":
    main()
