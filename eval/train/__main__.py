"""The training files become the local judge's float weights.

    pip install torch==2.13.0 transformers==5.23.0     # in an environment of their own
    python -m eval.train --base FOLDER --data ../shared/data/train --out RUN
    python -m eval.train --base FOLDER --data ../shared/data/train --out RUN \\
        --pairs 36000 --batch 16 --tokens 96 --rate 4e-5 --frozen 3

FOLDER is all-MiniLM-L6-v2 as unpacked by eval.export_embedder (first line), or all-mpnet-base-v2 out of the five wheels
of its name (second line: what one core trains in two hours). A run that was stopped goes on at its last checkpoint
in RUN; the same seed and the same number of pairs give the same stream of pairs. The learning rate is level after a
short warm-up and falls to nothing over the last part (warmup, stable, decay: Hu et al., 2024, MiniCPM), so that the
number of pairs can still be changed before the fall begins.
"""

import argparse
import itertools
import json
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer

from eval.train.model import CrossEncoder
from eval.train.pairs import LABELS, TrainingPair, split_pairs
from eval.train.stream import Batch, batches, pairs_forever

CHECKPOINT_EVERY = 250  # steps
FALL = 0.3  # part of the run over which the learning rate falls
WARM_UP = 150  # steps


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--start", type=Path, help="the checkpoint of an earlier run, whose weights this one begins with"
    )
    parser.add_argument("--pairs", type=int, default=150_000)
    parser.add_argument("--batch", type=int, default=32, help="pairs a step")
    parser.add_argument("--tokens", type=int, default=160, help="most tokens of a pair")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--frozen", type=int, default=0, help="layers that stay as they are, with the word vectors")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=0)
    arguments = parser.parse_args()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    train(arguments)


def read_tokenizer(base: Path, tokens: int) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    # The evidence loses its end, unless the claim is the longer of the two: then there is no room for evidence else.
    tokenizer.enable_truncation(tokens, strategy="longest_first")
    return tokenizer


def train(arguments: argparse.Namespace) -> None:
    torch.manual_seed(arguments.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    arguments.out.mkdir(parents=True, exist_ok=True)
    tokenizer = read_tokenizer(arguments.base, arguments.tokens)
    to_train, held_out = split_pairs(arguments.data)
    stream = batches(pairs_forever(to_train, arguments.seed), tokenizer, arguments.batch, arguments.seed)
    model = CrossEncoder(arguments.base, arguments.frozen).to(device)
    if arguments.start:
        model.load_state_dict(torch.load(arguments.start, map_location=device)["model"])
    learning = [weights for weights in model.parameters() if weights.requires_grad]
    optimizer = torch.optim.AdamW(learning, lr=arguments.rate, weight_decay=0.01, fused=True)
    checkpoint = arguments.out / "checkpoint.pt"
    first = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        first = state["step"]
    steps = arguments.pairs // arguments.batch
    started, seen = time.monotonic(), 0.0
    for step, batch in enumerate(itertools.islice(stream, first, steps), start=first):
        for group in optimizer.param_groups:
            group["lr"] = arguments.rate * rate_at(step, steps)
        seen += learn(model, optimizer, batch, device)
        if (step + 1) % 50 == 0:
            speed = arguments.batch * (step + 1 - first) / (time.monotonic() - started)
            print(f"step {step + 1}/{steps} loss {seen / 50:.4f} {speed:.1f} pairs/s", flush=True)
            seen = 0.0
        if (step + 1) % CHECKPOINT_EVERY == 0 or step + 1 == steps:
            save(checkpoint, model, optimizer, step + 1)
        if (step + 1) % (4 * CHECKPOINT_EVERY) == 0 or step + 1 == steps:
            report(arguments.out, step + 1, validate(model, tokenizer, held_out, device))


def rate_at(step: int, steps: int) -> float:
    """The part of the full learning rate at a step."""
    return min(1.0, (step + 1) / WARM_UP, (steps - step) / (FALL * steps))


def learn(model: CrossEncoder, optimizer: torch.optim.Optimizer, batch: Batch, device: str) -> float:
    """One step; returns the loss."""
    model.train()
    wanted = torch.tensor([LABELS.index(label) for label in batch[2]], device=device)
    with torch.autocast(device, torch.bfloat16):
        logits = model(*pad(batch, device))
    loss = torch.nn.functional.cross_entropy(logits.float(), wanted, label_smoothing=0.05)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return loss.item()


def pad(batch: Batch, device: str) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """ids, mask, types: int64, shape (pairs, tokens of the longest)."""
    longest = max(map(len, batch[0]))
    ids, mask, types = (torch.zeros(len(batch[0]), longest, dtype=torch.long) for _ in range(3))
    for row, (tokens, kinds) in enumerate(zip(batch[0], batch[1], strict=True)):
        ids[row, : len(tokens)] = torch.tensor(tokens)
        types[row, : len(tokens)] = torch.tensor(kinds)
        mask[row, : len(tokens)] = 1
    return ids.to(device), mask.to(device), types.to(device)


def save(path: Path, model: CrossEncoder, optimizer: torch.optim.Optimizer, step: int) -> None:
    """Whole or not at all: a run killed while it writes keeps its last checkpoint."""
    partial = path.with_suffix(".partial")
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, partial)
    partial.replace(path)


@torch.no_grad()
def validate(
    model: CrossEncoder, tokenizer: Tokenizer, held_out: dict[str, list[TrainingPair]], device: str
) -> dict[str, float]:
    """Accuracy on at most 100 held-out pairs of each source."""
    model.eval()
    right: dict[str, float] = {}
    for source, pairs in held_out.items():
        pairs = sorted(pairs[:100], key=lambda pair: len(pair.premise))
        hits = 0
        for start in range(0, len(pairs), 32):
            part = pairs[start : start + 32]
            encoded = tokenizer.encode_batch([(pair.premise, pair.hypothesis) for pair in part])
            batch = ([e.ids for e in encoded], [e.type_ids for e in encoded], [pair.label for pair in part])
            with torch.autocast(device, torch.bfloat16):
                said = model(*pad(batch, device)).float().argmax(-1).tolist()
            hits += sum(LABELS[at] == pair.label for at, pair in zip(said, part, strict=True))
        right[source] = round(hits / max(len(pairs), 1), 4)
    return right


def report(folder: Path, step: int, right: dict[str, float]) -> None:
    print(step, right, flush=True)
    with (folder / "validation.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(json.dumps({"step": step, "accuracy": right}) + "\n")


if __name__ == "__main__":
    main()
