"""What the local embedder keeps beyond its port: its weights are checked, and its vectors are the model's."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from eval.export_embedder import write_manifest
from service.backends.local import weights
from service.backends.local.embedder import MAX_TOKENS, LocalEmbedder
from service.errors import InputError, MissingWeights

TEXTS = [f"Sentence {i} is about {'rain and ' * i}sun." for i in range(20)]


@pytest.fixture(scope="module")
def embedder() -> LocalEmbedder:
    return LocalEmbedder(threads=1)


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the model's folder that a test may spoil."""
    folder = tmp_path / "minilm-l6"
    shutil.copytree(weights.ROOT / "minilm-l6", folder)
    monkeypatch.setattr(weights, "ROOT", tmp_path)
    return folder


def test_the_id_names_the_model_and_its_digest(embedder: LocalEmbedder) -> None:
    digest = (weights.ROOT / "minilm-l6" / "SHA256SUMS").read_text().split()[0]
    assert embedder.id == f"all-MiniLM-L6-v2-int8@{digest[:8]}"


def test_the_number_of_threads_changes_no_vector(embedder: LocalEmbedder) -> None:
    np.testing.assert_array_equal(embedder.embed(TEXTS), LocalEmbedder(threads=3).embed(TEXTS))


def test_the_vectors_are_those_of_the_published_model(embedder: LocalEmbedder) -> None:
    """The cosines are upstream's in float32 (sentence-transformers 6.2.0); int8 moves them by 0.035 at most."""
    pairs = {
        ("The cat sits outside.", "A man is playing guitar."): 0.0417,
        ("A man is eating food.", "A man is eating a piece of bread."): 0.7553,
        ("Tokyo fears higher oil prices.", "Japan worries about the cost of crude."): 0.6551,
    }
    for (one, other), expected in pairs.items():
        first, second = embedder.embed([one, other])
        assert first @ second == pytest.approx(expected, abs=0.05)


def test_a_text_that_comes_again_is_read_once(embedder: LocalEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, read, embed_one = embedder.embed(TEXTS[:2]), [], LocalEmbedder._embed_one

    def count(self: LocalEmbedder, text: str) -> NDArray[np.float32]:
        read.append(text)
        return embed_one(self, text)

    monkeypatch.setattr(LocalEmbedder, "_embed_one", count)
    np.testing.assert_array_equal(embedder.embed([*TEXTS[:2], *TEXTS[:2]]), np.vstack([expected, expected]))
    assert read == TEXTS[:2]


def test_a_text_is_read_up_to_the_limit_and_no_further(embedder: LocalEmbedder) -> None:
    room = MAX_TOKENS - 2  # [CLS] and [SEP]
    full, longer, shorter = embedder.embed(
        ["rain " * room, "rain " * room + "sun " * 500, "rain " * (room - 1) + "sun"]
    )
    np.testing.assert_array_equal(full, longer)
    assert not np.array_equal(full, shorter)


def test_half_a_surrogate_pair_is_refused(embedder: LocalEmbedder) -> None:
    with pytest.raises(InputError, match="not valid Unicode"):
        embedder.embed(["good", "bad \ud800"])


@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json", "SHA256SUMS"])
def test_a_missing_file_is_named(copied: Path, file: str) -> None:
    (copied / file).unlink()
    with pytest.raises(MissingWeights, match=rf"{file} cannot be read .*reinstall claimdesk"):
        LocalEmbedder(threads=1)


@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json"])
def test_a_changed_file_is_named(copied: Path, file: str) -> None:
    content = bytearray((copied / file).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / file).write_bytes(content)
    with pytest.raises(MissingWeights, match=rf"{file} differs from SHA256SUMS.*reinstall claimdesk"):
        LocalEmbedder(threads=1)


def test_a_file_that_the_manifest_does_not_name_is_not_read(copied: Path) -> None:
    (copied / "extra.json").write_text("{}")
    with pytest.raises(MissingWeights, match=r"extra\.json differs from SHA256SUMS"):
        weights.read("minilm-l6", "extra.json")


def test_a_graph_that_lies_in_parts_is_the_same_model(copied: Path, embedder: LocalEmbedder) -> None:
    graph = (copied / "model.onnx").read_bytes()
    (copied / "model.onnx").unlink()
    parts = {"model.onnx.1": graph[:1_000_000], "model.onnx.2": graph[1_000_000:]}
    for name, part in parts.items():
        (copied / name).write_bytes(part)
    write_manifest(copied, "tokenizer.json", *parts)
    in_parts = LocalEmbedder(threads=1)
    assert in_parts.id == embedder.id
    np.testing.assert_array_equal(in_parts.embed(TEXTS[:1]), embedder.embed(TEXTS[:1]))


def test_importing_the_embedder_does_not_import_onnxruntime() -> None:
    """`claimdesk --help` must stay quick."""
    code = "import sys, service.backends.local.embedder; sys.exit('onnxruntime' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
