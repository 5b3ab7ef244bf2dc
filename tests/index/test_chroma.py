"""Opening costs nothing; what answers wrongly, or not at all, is told apart from an empty index."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx2
import pytest

from service.errors import BadSettings, IndexUnavailable
from service.index.chroma import COLLECTION, ChromaIndex, open_index
from service.index.server import ChromaServer

pytestmark = pytest.mark.enable_socket  # loopback only

ROOT = Path(__file__).parents[2]


class NotChroma(BaseHTTPRequestHandler):
    """A web server that answers anything with a page."""

    def do_POST(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<h1>Welcome</h1>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Silence."""


@pytest.fixture
def web_server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), NotChroma) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_opening_starts_nothing_and_imports_no_chromadb(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from service.index.chroma import open_index;"
        "open_index(Path(sys.argv[1]) / 'data', None).close(); print('chromadb' in sys.modules)"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["chroma:8000", "/var/run/chroma", "ftp://chroma", "http://", ""])
def test_an_address_that_is_none_is_refused_at_once(address: str, tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="CHROMA_URL"):
        open_index(tmp_path, address)


def test_a_web_server_at_the_address_is_named(web_server: str) -> None:
    index = ChromaIndex(web_server)
    with pytest.raises(IndexUnavailable, match="no Chroma server"):
        index.count()
    index.close()


def test_a_server_that_never_answers_costs_no_more_than_the_deadline() -> None:
    with HTTPServer(("127.0.0.1", 0), NotChroma) as deaf:  # it listens, and nobody serves
        index = ChromaIndex(f"http://127.0.0.1:{deaf.server_port}", deadline_s=0.2)
        with pytest.raises(IndexUnavailable, match="deadline"):
            index.count()
        index.close()


def test_somebody_elses_collection_is_left_alone(tmp_path: Path) -> None:
    server = ChromaServer(tmp_path)
    collections = f"{server.url()}/api/v2/tenants/default_tenant/databases/default_database/collections"
    theirs = httpx2.post(collections, json={"name": COLLECTION}).json()  # compares by squared distance
    index = ChromaIndex(server.url())
    with pytest.raises(BadSettings, match="cosine"):
        index.reset()
    assert [left["id"] for left in httpx2.get(collections).json()] == [theirs["id"]]
    index.close()
    server.stop()


def test_a_proxy_in_the_environment_is_not_asked_for_our_own_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    index = open_index(tmp_path, None)
    assert index.count() == 0
    index.close()
