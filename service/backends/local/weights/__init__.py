"""A model's name becomes its ONNX session and tokenizer, read from files whose every byte is checked.

Each folder here is one model: its files, a README.md that is its model card, and SHA256SUMS, which
`sha256sum -c SHA256SUMS` understands too.
"""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from service.errors import MissingWeights

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

ROOT = Path(__file__).parent


class Model(NamedTuple):
    """A model ready to run; `digest` is the SHA-256 of its graph, in hex."""

    session: "InferenceSession"
    tokenizer: "Tokenizer"  # as upstream saved it: set truncation and padding before use
    digest: str


def load(name: str, threads: int) -> Model:
    """Opens the model in the folder `name`; one call of its session uses `threads` threads, 0 every core.

    Raises MissingWeights when a file is absent or is not the one in the manifest.
    """
    # Imported here because it takes a quarter of a second, which `claimdesk --help` need not spend.
    from onnxruntime import InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # A thread that spins while it waits for work starves its siblings once a core is busy: with one of two
    # cores taken, two threads gave 138 sentences/s spinning and 219 not (minilm-l6 in batches of 512 tokens,
    # median of 4).
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # A graph over 90 MB lies in parts (model.onnx.1, ...), since hosts of code refuse files over 100 MB.
    graph = b"".join(read(name, file) for file in sorted(_digests(name)) if file.startswith("model.onnx"))
    return Model(
        session=InferenceSession(graph, options, providers=["CPUExecutionProvider"]),
        tokenizer=Tokenizer.from_str(read(name, "tokenizer.json").decode()),
        digest=hashlib.sha256(graph).hexdigest(),
    )


def read(name: str, file: str) -> bytes:
    """The bytes of one of the model's files. Raises MissingWeights when they are not those of the manifest."""
    content = _read(ROOT / name / file)
    if _digests(name).get(file) != hashlib.sha256(content).hexdigest():
        raise MissingWeights(f"{ROOT / name / file} differs from SHA256SUMS beside it: reinstall claimdesk")
    return content


def verify() -> int:
    """Reads every file of every model; returns how many there are. Raises MissingWeights at the first that is wrong."""
    files = [
        (sums.parent.name, file) for sums in sorted(ROOT.glob("*/SHA256SUMS")) for file in _digests(sums.parent.name)
    ]
    for name, file in files:
        read(name, file)
    return len(files)


def _digests(name: str) -> dict[str, str]:
    """SHA-256 in hex by file name, out of the manifest's lines "digest  file"."""
    lines = _read(ROOT / name / "SHA256SUMS").decode().splitlines()
    return {file: digest for digest, file in (line.split() for line in lines)}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MissingWeights(f"{path} cannot be read ({error.strerror}): reinstall claimdesk") from error
