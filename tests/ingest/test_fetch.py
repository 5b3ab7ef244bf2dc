"""Addresses are fetched only from public hosts, with limits on size, time and redirects."""

import ipaddress
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from service.errors import ClaimdeskError, FetchFailed, FetchRefused, InputTooLarge, UnsupportedType
from service.ingest.fetch import _pin, fetch, is_public

PAGE = b"<html><body><p>The port reopened.</p></body></html>"
ATTACKS = Path(__file__).parents[2] / ".." / "shared" / "data" / "security" / "ssrf_urls_dev.jsonl"


class Site(BaseHTTPRequestHandler):
    """A small site: a page, a redirect, a loop, an endless page and a picture."""

    def do_GET(self) -> None:
        status, kind, body, place = 200, "text/html", PAGE, None
        if self.path == "/moved":
            status, place = 302, "/page"
        elif self.path == "/loop":
            status, place = 302, "/loop"
        elif self.path == "/inside":
            status, place = 302, "http://169.254.169.254/latest"
        elif self.path == "/big":
            body = b"x" * 100_000
        elif self.path == "/picture":
            kind = "image/png"
        elif self.path == "/gone":
            status = 404
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if place:
            self.send_header("Location", place)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("path", ["/page", "/moved"])
def test_a_page_is_fetched_through_a_redirect_too(site: str, path: str) -> None:
    document = fetch(site + path, timeout_s=10, max_bytes=10_000, private=True)
    assert (document.content, document.media_type) == (PAGE, "text/html")
    assert document.source == f"{site}/page"


@pytest.mark.parametrize(
    ("path", "error"),
    [("/loop", FetchFailed), ("/gone", FetchFailed), ("/big", InputTooLarge), ("/picture", UnsupportedType)],
)
def test_what_is_no_page_is_a_clear_error(site: str, path: str, error: type[ClaimdeskError]) -> None:
    with pytest.raises(error, match=r"\. \w+"):
        fetch(site + path, timeout_s=10, max_bytes=10_000, private=True)


def test_loopback_is_refused_unless_it_is_allowed(site: str) -> None:
    with pytest.raises(FetchRefused):
        fetch(f"{site}/page", timeout_s=10, max_bytes=10_000)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "0.0.0.0", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fec0::1",
     "2002:7f00:1::", "fe80::1", "192.0.0.192", "224.0.0.1"],
)  # fmt: skip
def test_an_address_inside_or_with_one_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111"])
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.skipif(not ATTACKS.exists(), reason="shared/data/security is not beside the project")
def test_no_listed_attack_gets_past_the_check_of_its_address() -> None:
    """Only the check before a connection is run, so that nothing can be sent; a host's name is taken for loopback."""

    def own_address(host: str, port: int) -> list[str]:
        for read_address in (ipaddress.ip_address, lambda h: ipaddress.ip_address(socket.inet_aton(h))):
            with suppress(ValueError, OSError):
                return [str(read_address(host))]
        return ["127.0.0.1"]

    reached = []
    for row in map(json.loads, ATTACKS.read_text().splitlines()):
        if "block" not in json.dumps(row):
            continue
        try:
            _pin(row["url"], private=False, resolve=own_address)
        except (FetchRefused, FetchFailed):
            continue
        reached.append(row["url"])
    assert not reached
