"""A training run's float weights become the int8 ONNX model in a folder of service/backends/local/weights.

python -m eval.train.export --base FOLDER --run RUN --target judge-l6        # in the environment of eval.train
"""

import argparse
import tempfile
from pathlib import Path

import torch

from eval.export_embedder import quantise, write_manifest
from eval.train.model import CrossEncoder

WEIGHTS = Path(__file__).parents[2] / "service" / "backends" / "local" / "weights"
BASES = {"judge-l6": "all-MiniLM-L6-v2", "judge-l12": "all-mpnet-base-v2"}
INPUTS = ["input_ids", "attention_mask", "token_type_ids"]
PART = 90_000_000  # bytes: hosts of code refuse files over 100 MB


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--target", choices=BASES, required=True)
    arguments = parser.parse_args()
    target = WEIGHTS / arguments.target
    target.mkdir(parents=True, exist_ok=True)
    model = CrossEncoder(arguments.base).eval()
    model.load_state_dict(torch.load(arguments.run / "checkpoint.pt", map_location="cpu")["model"])
    properties = {
        "source": f"sentence-transformers/{BASES[arguments.target]}, trained on tier A pairs by eval.train",
        "changes": "a head of three labels (entail, contradict, neutral); exported to ONNX and quantised to int8",
        "license": "Apache-2.0",
    }
    with tempfile.TemporaryDirectory() as folder:
        trace(model, Path(folder) / "float.onnx")
        quantise(Path(folder) / "float.onnx", Path(folder) / "model.onnx", properties)
        names = write_parts((Path(folder) / "model.onnx").read_bytes(), target)
    (target / "tokenizer.json").write_bytes((arguments.base / "tokenizer.json").read_bytes())
    write_manifest(target, *names, "tokenizer.json")


def write_parts(graph: bytes, target: Path) -> list[str]:
    """Writes the graph whole, or in numbered parts where it is longer than PART; returns the names of the files."""
    if len(graph) <= PART:
        (target / "model.onnx").write_bytes(graph)
        return ["model.onnx"]
    names = []
    for number, start in enumerate(range(0, len(graph), PART), start=1):
        names.append(f"model.onnx.{number}")
        (target / names[-1]).write_bytes(graph[start : start + PART])
    return names


def trace(model: CrossEncoder, target: Path) -> None:
    """Writes the float32 graph: tokens in (int64, shape (pairs, tokens)), logits out, shape (pairs, 3).

    An MPNet's graph has no `token_type_ids`, since it looks at none.
    """
    ids = torch.arange(1000, 1018).reshape(2, 9)
    mask = torch.ones_like(ids)
    mask[1, 5:] = 0
    types = torch.zeros_like(ids)
    types[:, 4:] = 1
    # The older exporter (dynamo=False): its graph is the one that onnxruntime fuses.
    torch.onnx.export(
        model,
        (ids, mask, types),
        target,
        input_names=INPUTS,
        output_names=["logits"],
        dynamic_axes={**{name: {0: "pairs", 1: "tokens"} for name in INPUTS}, "logits": {0: "pairs"}},
        opset_version=17,
        dynamo=False,
    )


if __name__ == "__main__":
    main()
