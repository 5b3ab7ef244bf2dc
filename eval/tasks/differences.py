"""Pairs of evidence and claim become a table: how often each family of exact differences speaks, label by label."""

import gzip
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from service.compare.dates import compare_dates
from service.compare.numbers import compare_numbers
from service.compare.polarity import compare_polarity
from service.domain.base import Frozen
from service.domain.claim import Difference, Statement

PAIRS = Path(__file__).parents[3] / "shared" / "data" / "train" / "evidence_claims.jsonl.gz"
SOURCES = frozenset({"vitaminc_train60", "fever_symmetric_dev"})
LABELS = ("entail", "contradict", "neutral")

Compare = Callable[[str, str], list[Difference]]
FAMILIES: dict[str, Compare] = {
    "number": compare_numbers,
    "date": lambda claim, evidence: compare_dates(Statement(text=claim), Statement(text=evidence)),
    "polarity": compare_polarity,
}


class LabelledPair(Frozen):
    """A claim, its evidence, and whether the evidence entails, contradicts or leaves it open."""

    claim: str
    evidence: str
    label: str


class Rates(Frozen):
    """How often a family found a difference; shares in [0, 1] of the pairs with each label."""

    family: str
    entail: float  # false alarms
    contradict: float  # caught
    neutral: float
    us_per_pair: float  # of processor time


def read_pairs(path: Path, held_out: bool) -> Iterator[LabelledPair]:
    """The pairs of SOURCES; a fifth of the premises, chosen by hash, is held out from tuning."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["source"] in SOURCES and (_digest(row["premise"]) % 5 == 0) == held_out:
                yield LabelledPair(claim=row["hypothesis"], evidence=row["premise"], label=row["label"])


def measure(pairs: Iterable[LabelledPair]) -> list[Rates]:
    """One row a family, then one for all of them together."""
    pairs = list(pairs)
    raised: dict[str, list[bool]] = {}
    seconds: dict[str, float] = {}
    for family, compare in FAMILIES.items():
        started = time.process_time()
        raised[family] = [bool(compare(pair.claim, pair.evidence)) for pair in pairs]
        seconds[family] = time.process_time() - started
    raised["any"] = [any(found) for found in zip(*raised.values(), strict=True)]
    seconds["any"] = sum(seconds.values())
    return [
        Rates(
            family=family,
            **{label: _share(found, pairs, label) for label in LABELS},
            us_per_pair=1e6 * seconds[family] / len(pairs),
        )
        for family, found in raised.items()
    ]


def _share(found: list[bool], pairs: list[LabelledPair], label: str) -> float:
    of_label = [hit for hit, pair in zip(found, pairs, strict=True) if pair.label == label]
    return sum(of_label) / len(of_label)


def _digest(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big")


def main(arguments: list[str]) -> None:
    """python -m eval.tasks.differences [held-out]: by default the four fifths that may be tuned on."""
    print(f"{'family':10}{'entail %':>10}{'contradict %':>14}{'neutral %':>11}{'us/pair':>9}")
    for rates in measure(read_pairs(PAIRS, held_out="held-out" in arguments)):
        shares = (100 * rates.entail, 100 * rates.contradict, 100 * rates.neutral)
        print("{:10}{:10.1f}{:14.1f}{:11.1f}{:9.0f}".format(rates.family, *shares, rates.us_per_pair))


if __name__ == "__main__":
    main(sys.argv[1:])
