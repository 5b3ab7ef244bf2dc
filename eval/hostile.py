"""A folder of hostile files becomes a table: how `claimdesk ingest` ends on each, in what time and memory.

    python make_hostile.py FOLDER    # shared/data/security
    python -m eval.hostile FOLDER

Exit status 1 when one takes over 30 s or 1 GiB, or ends other than in an article or a documented error. The
seconds are those of the clock; those of the processor, in brackets, tell a slow file from a busy machine.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from service.domain.report import Ingested

MOST_S = 30.0
MOST_MIB = 1024
GIVE_UP_S = 120.0
POLL_S = 0.05


class Ending(NamedTuple):
    """How one file ended; `said` is None when that was no documented ending."""

    name: str
    said: str | None
    seconds: float
    cpu_s: float  # of the command and of its children that ended with it
    mib: int  # the most that the command or one of its children held at once

    @property
    def is_fine(self) -> bool:
        return self.said is not None and self.seconds <= MOST_S and self.mib <= MOST_MIB


def main() -> int:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    files = sorted(path for path in Path(sys.argv[1]).iterdir() if path.name != "MANIFEST.json")
    endings = []
    for file in files:
        ending = ingest(file)
        mark = " " if ending.is_fine else "!"
        print(
            f"{mark} {ending.seconds:5.1f} s ({ending.cpu_s:4.1f}) {ending.mib:5} MiB  {ending.name:28} {ending.said}",
            flush=True,
        )
        endings.append(ending)
    fine = [ending for ending in endings if ending.is_fine]
    print(
        f"{len(fine)} of {len(endings)} fine; longest {max(e.seconds for e in endings):.1f} s, "
        f"most processor time {max(e.cpu_s for e in endings):.1f} s, most memory {max(e.mib for e in endings)} MiB"
    )
    return 0 if len(fine) == len(endings) else 1


def ingest(file: Path) -> Ending:
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as output:
        began, before = time.monotonic(), processor_s()
        process = subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, "-m", "service", "ingest", str(file), "--json"],
            env={**os.environ, "CLAIMDESK_DATA_DIR": folder},
            stdout=output,
            stderr=subprocess.DEVNULL,
        )
        most = 0
        while process.poll() is None:
            most = max([most, *(peak_mib(pid) for pid in (process.pid, *children(process.pid)))])
            if time.monotonic() - began > GIVE_UP_S:
                process.kill()
            time.sleep(POLL_S)
        seconds = time.monotonic() - began
        output.seek(0)
        return Ending(file.name, describe(output.read()), seconds, processor_s() - before, most)


def processor_s() -> float:
    """What our children that ended have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def describe(output: bytes) -> str | None:
    try:
        result = Ingested.model_validate_json(output)
    except ValidationError:
        return None
    return ", ".join([f.code for f in result.failed] + [f"{a.sentences} sentences" for a in result.articles])


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:  # it has ended
        return []


def peak_mib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) >> 10 for line in lines if line.startswith("VmHWM")), 0)


if __name__ == "__main__":
    sys.exit(main())
