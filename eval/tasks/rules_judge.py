"""Evidence and claim pairs become the rules judge's record: how often it decides, and how often it is right.

python -m eval.tasks.rules_judge ../shared/data/train/evidence_claims.jsonl.gz
"""

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path

from eval.judges import as_pair
from service.backends.local.rules import RulesJudge
from service.domain.verdict import Relation

SOURCES = ("vitaminc_train60", "fever_symmetric_dev")
RIGHT = {Relation.SUPPORTS: "entail", Relation.REFUTES: "contradict"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take every n-th pair")
    arguments = parser.parse_args()
    with gzip.open(arguments.data, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["source"] in SOURCES][:: arguments.every]
    judgements = RulesJudge().judge([as_pair(row["hypothesis"], row["premise"]) for row in rows])
    table = Counter((judgement.relation, row["label"]) for judgement, row in zip(judgements, rows, strict=True))
    for relation, label in RIGHT.items():
        decided = sum(count for (said, _), count in table.items() if said is relation)
        right = table[relation, label]
        of = sum(count for (_, true), count in table.items() if true == label)
        print(f"{relation}: decided {decided}, right {right / max(decided, 1):.3f}, of all {label} {right / of:.3f}")
    print(dict(table))


if __name__ == "__main__":
    main()
