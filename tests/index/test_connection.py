"""A connection gives up on a query that is slow, is patient with a write, and tells refusals apart."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx2
import numpy as np
import pytest

from service.errors import ClaimdeskError, IndexBroken, IndexUnavailable, WrongDimension
from service.index.connection import Connection, new_session
from service.index.server import ServerGone

pytestmark = pytest.mark.enable_socket  # loopback only

SLOW_S = 1.0


class Slow(BaseHTTPRequestHandler):
    """A Chroma server that opens its collection at once, and takes its time over everything else."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        answer = b'{"ids": []}'
        if self.path.endswith("/collections"):
            answer = b'{"id": "1", "configuration_json": {"hnsw": {"space": "cosine"}}}'
        elif not self.path.endswith("/get"):
            time.sleep(SLOW_S)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Silence."""


@pytest.fixture
def slow() -> Iterator[Connection]:
    with HTTPServer(("127.0.0.1", 0), Slow) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        with new_session(SLOW_S / 2, proxied=False) as session:
            yield Connection(f"http://127.0.0.1:{server.server_port}", session, "sentences")
        server.shutdown()
        thread.join()


def test_a_write_may_take_longer_than_the_deadline(slow: Connection) -> None:
    slow.upsert(["a"], [np.ones(3, np.float32)])


def test_a_query_may_not(slow: Connection) -> None:
    with pytest.raises(IndexUnavailable, match="deadline"):
        slow.query(np.ones(3, np.float32), 1)


@pytest.mark.parametrize(
    ("status", "said", "raised"),
    [
        (500, "hnsw segment reader: file is missing", IndexBroken),
        (400, "expecting embedding with dimension of 8, got 4", WrongDimension),
        (404, "Collection [1] does not exist", ServerGone),
        (401, "Unauthorized", IndexUnavailable),
        (503, "try again later", IndexUnavailable),
        (400, "Quota exceeded", IndexUnavailable),
    ],
)
def test_only_a_failure_of_its_own_makes_an_index_broken(status: int, said: str, raised: type[ClaimdeskError]) -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("/collections"):
            return httpx2.Response(200, json={"id": "1", "configuration_json": {"hnsw": {"space": "cosine"}}})
        return httpx2.Response(status, text=said)

    with httpx2.Client(transport=httpx2.MockTransport(answer)) as session:
        connection = Connection("http://chroma:8000", session, "sentences")
        with pytest.raises(raised) as caught:
            connection.count()
    assert type(caught.value) is raised
    assert said in str(caught.value)
