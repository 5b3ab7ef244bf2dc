"""A measurement becomes a log: what was measured, with which code, models and data, and what came out."""

import json
import os
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import Field

from service import __version__
from service.domain.base import Frozen


@cache
def code_version() -> str:
    """The package's version, and the commit where there is a checkout ("-dirty": with changes)."""
    root = Path(__file__).parents[1]
    try:
        shown = subprocess.run(  # noqa: S603 - a fixed command
            ["git", "-C", str(root), "describe", "--always", "--dirty"],  # noqa: S607 - whichever git there is
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return __version__
    return f"{__version__}+{shown.stdout.strip()}"


def usable_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Log(Frozen):
    """One task on one set of rows. Shares and scores are in [0, 1]; a metric is None where it is undefined."""

    task: str
    data: str
    n: int  # rows scored
    metrics: dict[str, float | None]
    intervals: dict[str, tuple[float, float]] = Field(default_factory=dict)  # 95%, by bootstrap over documents
    # thresholds and the like, chosen on rows that are not scored here
    choices: dict[str, float] = Field(default_factory=dict)
    backend: str
    models: tuple[str, ...]  # ids of what answered, with the digests of their weights
    data_sha256: str
    code: str = Field(default_factory=code_version)  # version and commit
    cores: int = Field(default_factory=usable_cores)
    started: str  # ISO 8601, UTC
    seconds: float  # of the whole run that this log is part of


def write_json(logs: Sequence[Log], path: Path) -> None:
    """One log as an object, several as a list of objects."""
    plain = [log.model_dump(mode="json") for log in logs]
    path.write_text(json.dumps(plain[0] if len(plain) == 1 else plain, indent=2) + "\n", encoding="utf-8")


def read_json(path: Path) -> list[Log]:
    plain = json.loads(path.read_text(encoding="utf-8"))
    return [Log.model_validate(log) for log in (plain if isinstance(plain, list) else [plain])]
