"""A folder of hostile files becomes a table: how the API ends each one, and how long /health/live took meanwhile.

    python make_hostile.py FOLDER    # shared/data/security
    python -m eval.hostile_served FOLDER

Exit status 1 when one takes over 30 s, ends in a 5xx, or held up health for over 250 ms. What health takes beside
nothing comes first: on a busy machine that is the machine's part.
"""

import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from eval.hostile import MOST_S
from eval.served import Served, serve

MOST_HEALTH_S = 0.25
PAUSE_S = 0.05
QUIET_S = 10.0


def main() -> int:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    files = sorted(path for path in Path(sys.argv[1]).iterdir() if path.name != "MANIFEST.json")
    fine = True
    with tempfile.TemporaryDirectory(prefix="claimdesk-hostile-") as folder, serve(Path(folder)) as served:
        with _probing(served) as waits:
            time.sleep(QUIET_S)
        print(f"health beside nothing: worst of {len(waits)} {max(waits) * 1000:.0f} ms", flush=True)
        for file in files:
            began = time.monotonic()
            with _probing(served) as waits:
                status, said = _send(served, file)
            seconds, worst = time.monotonic() - began, max(waits, default=0.0)
            is_fine = status < 500 and seconds <= MOST_S and worst <= MOST_HEALTH_S
            fine = fine and is_fine
            mark = " " if is_fine else "!"
            print(f"{mark} {seconds:5.1f} s  health {worst * 1000:4.0f} ms  {file.name:28} {status} {said}", flush=True)
    return 0 if fine else 1


def _send(served: Served, file: Path) -> tuple[int, str]:
    """The status, and the problem's code or the number of articles."""
    with file.open("rb") as content:
        sent = {"file": (file.name, content)}
        done = httpx2.post(f"{served.url}/v1/articles", files=sent, headers=served.headers, timeout=120)
    body = done.json()
    return done.status_code, body["code"] if "code" in body else f"{len(body['articles'])} articles"


@contextmanager
def _probing(served: Served) -> Iterator[list[float]]:
    """What each answer of /health/live took, in seconds, until the block ends."""
    waits: list[float] = []
    ended = threading.Event()

    def probe() -> None:
        with httpx2.Client(base_url=served.url) as client:
            while not ended.wait(PAUSE_S):
                began = time.monotonic()
                client.get("/health/live", timeout=60).raise_for_status()
                waits.append(time.monotonic() - began)

    thread = threading.Thread(target=probe)
    thread.start()
    try:
        yield waits
    finally:
        ended.set()
        thread.join()


if __name__ == "__main__":
    sys.exit(main())
