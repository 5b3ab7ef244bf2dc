"""Sources become the number of documents that `read` will make of them, for a progress bar with an end."""

from collections.abc import Sequence
from pathlib import Path

from service.ingest.read import files_below, is_url


def count_documents(sources: Sequence[str]) -> int:
    """How many documents and failures `read` will give; what cannot be opened is one failure.

    Archives (.jsonl) are read through once, line by line, nothing else is opened; what changes meanwhile is miscounted.
    """
    return sum(1 if source == "-" or is_url(source) else _count_tree(Path(source)) for source in sources)


def _count_tree(path: Path) -> int:
    try:
        return sum(_count_file(file) for file in files_below(path)) or 1  # an empty folder is a failure
    except (OSError, ValueError):
        return 1


def _count_file(path: Path) -> int:
    if path.suffix.lower() != ".jsonl":
        return 1
    try:
        with path.open("rb") as lines:
            return sum(1 for line in lines if line.strip())
    except OSError:
        return 1
