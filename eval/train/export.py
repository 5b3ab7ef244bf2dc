"""A training run's float weights become the int8 ONNX model in service/backends/local/weights/judge-l6.

python -m eval.train.export --base FOLDER --run RUN        # in the environment of eval.train
"""

import argparse
import tempfile
from pathlib import Path

import torch

from eval.export_embedder import quantise, write_manifest
from eval.train.model import CrossEncoder

TARGET = Path(__file__).parents[2] / "service" / "backends" / "local" / "weights" / "judge-l6"
INPUTS = ["input_ids", "attention_mask", "token_type_ids"]
PROPERTIES = {
    "source": "sentence-transformers/all-MiniLM-L6-v2, trained on tier A pairs by eval.train",
    "changes": "a head of three labels (entail, contradict, neutral); exported to ONNX and quantised to int8",
    "license": "Apache-2.0",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--target", type=Path, default=TARGET)
    arguments = parser.parse_args()
    model = CrossEncoder(arguments.base).eval()
    model.load_state_dict(torch.load(arguments.run / "checkpoint.pt", map_location="cpu")["model"])
    arguments.target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        trace(model, Path(folder) / "float.onnx")
        quantise(Path(folder) / "float.onnx", arguments.target / "model.onnx", PROPERTIES)
    for name in ("tokenizer.json", "LICENSE", "NOTICE"):
        (arguments.target / name).write_bytes((arguments.base / name).read_bytes())
    write_manifest(arguments.target, "model.onnx", "tokenizer.json")


def trace(model: CrossEncoder, target: Path) -> None:
    """Writes the float32 graph: tokens in (int64, shape (pairs, tokens)), logits out, shape (pairs, 3)."""
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
