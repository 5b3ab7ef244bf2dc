"""Bytes that arrive become a file which is there whole, or not at all."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from service.errors import RecordUnavailable


@contextmanager
def whole_file(folder: Path) -> Iterator[IO[bytes]]:
    """A new file in the folder, for its caller to flush and move to its place; it is gone if anything is raised.

    Raises RecordUnavailable when the folder takes nothing, as on a full disk.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as kept:
            try:
                yield kept
            except BaseException:
                Path(kept.name).unlink()
                raise
    except OSError as error:
        raise RecordUnavailable(
            f"{folder} cannot keep what was handed in: {error.strerror or error}. Make room there, and check who may "
            "write there; nothing was stored."
        ) from error
