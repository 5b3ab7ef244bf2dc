"""A folder becomes a served desk with the sample in it, and a key: what measuring over HTTP starts from."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx2

from service.books import open_books_of
from service.domain.scope import MAIN_DESK, KeyScope
from service.settings import Settings
from service.tenancy import place_of

SAMPLE = Path(__file__).parents[1] / "service" / "sample" / "voa-japan-russia-ukraine.txt"
PORT = 8790
START_S = 60


class Served(NamedTuple):
    """The address of a server, and the header fields that its every request needs."""

    url: str
    headers: dict[str, str]


@contextmanager
def serve(folder: Path, port: int = PORT) -> Iterator[Served]:
    """A `claimdesk serve` of its own over the folder; its log is server.log there."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(data_dir=folder)
    secret = _make_key(settings)
    environment = {"CLAIMDESK_DATA_DIR": str(folder), "CLAIMDESK_THREADS": str(settings.threads), "PATH": ""}
    environment["CLAIMDESK_FETCH_TIMEOUT_S"] = "1"  # what is generated leads nowhere
    with (folder / "server.log").open("wb") as log:
        command = [sys.executable, "-m", "service", "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=environment, stderr=log, stdout=log)  # noqa: S603
    served = Served(f"http://127.0.0.1:{port}", {"Authorization": f"Bearer {secret}"})
    try:
        _wait(served.url, server)
        with SAMPLE.open("rb") as sample:
            files = {"file": (SAMPLE.name, sample)}
            httpx2.post(f"{served.url}/v1/articles", files=files, headers=served.headers, timeout=60).raise_for_status()
        yield served
    finally:
        server.terminate()
        server.wait()


def _make_key(settings: Settings) -> str:
    books = open_books_of(settings, place_of(settings, MAIN_DESK))
    try:
        return books.keys.create("eval", [KeyScope.ADMIN], rate_per_minute=100_000).secret
    finally:
        books.record.close()


def _wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            httpx2.get(f"{url}/health/ready").raise_for_status()
            return
        except httpx2.HTTPError:
            time.sleep(0.2)
    raise SystemExit(f"the server at {url} did not start: see server.log in its folder")
