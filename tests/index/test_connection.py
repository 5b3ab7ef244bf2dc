"""A session gives up on a query that is slow, and is patient with a write."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest

from service.index.connection import new_session

pytestmark = pytest.mark.enable_socket  # loopback only

SLOW_S = 0.5


class Slow(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        time.sleep(SLOW_S)
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Silence."""


@pytest.fixture
def slow_server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Slow) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_write_may_take_longer_than_the_deadline(slow_server: str) -> None:
    with new_session(SLOW_S / 5, proxied=False) as session:
        assert session.post(f"{slow_server}/collections/1/upsert").status_code == 200


def test_a_query_may_not(slow_server: str) -> None:
    with new_session(SLOW_S / 5, proxied=False) as session, pytest.raises(httpx.ReadTimeout):
        session.post(f"{slow_server}/collections/1/query")
