"""The command line as a process of its own: arguments become its exit status and what it wrote."""

import subprocess
import sys
from pathlib import Path


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """Nothing of the tester's own settings: the data folder, one thread, and what is given."""
    return {"CLAIMDESK_DATA_DIR": str(folder), "CLAIMDESK_THREADS": "1", "PATH": "", "COLUMNS": "200", **settings}


def run(*arguments: str, folder: Path, stdin: bytes = b"", **settings: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "service", *arguments],
        env=environment(folder, **settings), input=stdin, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
