"""Pages come from a server that may do anything; every behaviour ends in a page or a clear error, in time.

The site listens on 127.0.0.2, which alone is taken for public here; the canary on 127.0.0.1 must never be asked.
"""

import gzip
import ipaddress
import json
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from pathlib import Path
from socketserver import BaseServer

import pytest

from service.errors import ClaimdeskError, FetchFailed, FetchRefused, InputTooLarge, UnsupportedType
from service.ingest import address, fetch
from service.ingest.document import Document

pytestmark = pytest.mark.enable_socket  # loopback only

HERE, CANARY = "127.0.0.2", "127.0.0.1"
PAGE = b"<html><body><p>The port reopened.</p></body></html>"
MOST = 10_000  # bytes of a page
LIMIT_S = 10.0
DRIP_LIMIT_S = 0.4
LISTED = Path(__file__).parents[2] / ".." / "shared" / "data" / "security" / "ssrf_behaviours.jsonl"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


class Site(BaseHTTPRequestHandler):
    """A site whose paths say how it behaves: /moved/302/ADDRESS, /hops/3, or a name below."""

    protocol_version = "HTTP/1.1"

    def handle(self) -> None:
        with suppress(OSError):  # it was cut off, as it should be
            self.handle_one_request()

    def do_GET(self) -> None:
        _, behaviour, *rest = self.path.split("/", 3)
        getattr(self, f"on_{behaviour}", self.on_gone)(*rest)

    def answer(self, body: bytes = PAGE, status: int = 200, **headers: str) -> None:
        stated = {"Content-Type": "text/html", "Content-Length": str(len(body)), "Connection": "close"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        self.send_response(status)
        for name, value in stated.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self, piece: bytes) -> None:
        while True:
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(0.02)

    def on_page(self) -> None:
        self.answer()

    def on_gone(self, *_: str) -> None:
        self.answer(status=404)

    def on_moved(self, status: str, target: str) -> None:
        self.answer(b"", int(status), Location=target)

    def on_hops(self, left: str) -> None:
        self.answer(b"", 302, Location=f"/hops/{int(left) - 1}" if int(left) > 1 else "/page")

    def on_latin(self) -> None:
        self.answer(
            "<p>Der Präsident: Übermut</p>".encode("cp1251", "replace"), Content_Type="text/html; charset=cp1251"
        )

    def on_slow_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Long: ")
        self.drip(b"x")

    def on_slow_body(self) -> None:
        self.answer(Content_Length="9000")
        self.drip(b"x")

    def on_slow_body_without_length(self) -> None:
        self.answer(Content_Length="")
        self.drip(b"x")

    def on_chunked_never_ends(self) -> None:
        self.answer(b"", Content_Length="", Transfer_Encoding="chunked")
        self.drip(b"1\r\nx\r\n")

    def on_endless_body(self) -> None:
        self.answer(Content_Length="")
        while True:
            self.wfile.write(b"x" * 1000)

    def on_gzip_bomb(self) -> None:
        self.answer(gzip.compress(bytes(10_000_000)), Content_Encoding="gzip")

    def on_br_bomb(self) -> None:
        self.answer(b"\x8b\x02\x80", Content_Encoding="br")

    def on_deflate_nested_content_encoding(self) -> None:
        self.answer(gzip.compress(gzip.compress(gzip.compress(PAGE))), Content_Encoding="gzip, gzip, gzip")

    def on_broken_gzip(self) -> None:
        self.answer(b"\x1f\x8b" + b"x" * 50, Content_Encoding="gzip")

    def on_deflated(self) -> None:
        self.answer(zlib.compress(PAGE), Content_Encoding="deflate")

    def on_huge_header(self) -> None:
        self.answer(X_Huge="x" * 2_000_000)

    def on_100k_cookies(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"Set-Cookie: a=b\r\n" * 100_000 + b"\r\n" + PAGE)

    def on_content_length_lies(self) -> None:
        self.answer(Content_Length="9000")

    def on_content_type_lies(self) -> None:
        self.answer(PICTURE)

    def on_picture(self) -> None:
        self.answer(PICTURE, Content_Type="image/png")

    def on_basic_auth_401_challenge(self) -> None:
        self.answer(b"", 401, WWW_Authenticate='Basic realm="x"')

    def on_inside(self) -> None:
        """A page that points inside in every way that a browser would follow."""
        canary = f"http://{CANARY}:{self.server.server_port}/"  # type: ignore[attr-defined]
        self.answer(
            f'<html><head><meta http-equiv="refresh" content="0;url={canary}"><link rel="canonical" href="{canary}">'
            f'<link rel="stylesheet" href="{canary}"></head><body><iframe src="{canary}"></iframe><img src="{canary}">'
            "<p>The port reopened.</p></body></html>".encode()
        )

    def log_message(self, *_: object) -> None:
        """Silence."""


class Canary(BaseHTTPRequestHandler):
    """Notes who asks."""

    asked: list[str] = []  # noqa: RUF012 - one for the module

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silence."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port on which the site listens, and the canary on its own address."""
    site = ThreadingHTTPServer((HERE, 0), Site)
    canary = HTTPServer((CANARY, site.server_port), Canary)
    servers: list[BaseServer] = [site, canary]
    site.daemon_threads, site.block_on_close = True, False
    threads = [threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}) for server in servers]
    for thread in threads:
        thread.start()
    yield site.server_port
    for server, thread in zip(servers, threads, strict=True):
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def get(port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Document]]:
    """Fetches a path of the site. The canary is not asked, whatever happens."""
    is_public = address.is_public
    monkeypatch.setattr(address, "is_public", lambda ip: ip == HERE or is_public(ip))
    monkeypatch.setattr(address, "_PORTS", frozenset({80, 443, port}))
    monkeypatch.setenv("HTTP_PROXY", f"http://{CANARY}:{port}")
    monkeypatch.setenv("ALL_PROXY", f"http://{CANARY}:{port}")

    def resolve(host: str, _: int) -> list[str]:
        with suppress(ValueError):
            return [str(ipaddress.ip_address(host))]
        return [HERE]

    def get(path: str, resolve: address.Resolve = resolve, timeout_s: float = LIMIT_S) -> Document:
        url = f"http://news.example:{port}{path}"
        return fetch.fetch(url, timeout_s=timeout_s, max_bytes=MOST, resolve=resolve)

    yield get
    assert Canary.asked == []


@pytest.mark.parametrize("path", ["/page", "/moved/302//page", "/hops/1", "/hops/3", "/hops/5"])
def test_a_page_is_fetched_through_up_to_five_redirects(get: Callable[..., Document], port: int, path: str) -> None:
    document = get(path)
    assert (document.content, document.media_type) == (PAGE, "text/html")
    assert document.source == f"http://news.example:{port}/page"


@pytest.mark.parametrize("hops", [6, 20, 1000])
def test_more_redirects_are_not_followed(get: Callable[..., Document], hops: int) -> None:
    with pytest.raises(FetchFailed, match="redirects more than 5"):
        get(f"/hops/{hops}")


@pytest.mark.skipif(not LISTED.exists(), reason="shared/data/security is not beside the project")
def test_no_listed_redirect_leads_inside(get: Callable[..., Document], port: int) -> None:
    listed = [json.loads(line) for line in LISTED.read_text(encoding="utf-8").splitlines()]
    redirects = [row for row in listed if row["kind"] == "redirect"]
    assert len(redirects) > 30
    for row in redirects:
        with pytest.raises((FetchRefused, FetchFailed)):
            get(f"/moved/{row['status']}/{row['location'].replace('{CANARY}', str(port))}")


@pytest.mark.skipif(not LISTED.exists(), reason="shared/data/security is not beside the project")
def test_no_listed_answer_of_a_resolver_leads_inside(get: Callable[..., Document]) -> None:
    listed = [json.loads(line) for line in LISTED.read_text(encoding="utf-8").splitlines()]
    answers = [row for row in listed if row["kind"] == "dns"]
    assert len(answers) == 8
    for row in answers:
        asked: list[str] = []

        def resolve(host: str, _: int, row: dict[str, list[str]] = row, asked: list[str] = asked) -> list[str]:
            """Loopback stands for the listed public address, so that nothing is sent to it."""
            asked.append(host)
            first, second = row["first_answer"], row["second_answer"]
            answer = first if len(asked) == 1 or second is None else second
            return [HERE if address.is_public(ip) else ip for ip in answer]

        with suppress(FetchRefused, FetchFailed):
            assert get("/page", resolve).content == PAGE
            assert row["second_answer"] is not None, "only a host that changes its answer is reached, at its first"
        assert len(asked) == 1


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/gone", FetchFailed),
        ("/endless_body", InputTooLarge),
        ("/gzip_bomb", InputTooLarge),
        ("/br_bomb", FetchFailed),
        ("/deflate_nested_content_encoding", FetchFailed),
        ("/broken_gzip", FetchFailed),
        ("/huge_header", FetchFailed),
        ("/100k_cookies", FetchFailed),
        ("/content_length_lies", FetchFailed),
        ("/content_type_lies", UnsupportedType),
        ("/picture", UnsupportedType),
        ("/basic_auth_401_challenge", FetchFailed),
        ("/moved/302/ftp://news.example/a", FetchRefused),
        ("/moved/302/http://user:password@news.example/", FetchRefused),
    ],
)
def test_what_is_no_page_is_a_clear_error(get: Callable[..., Document], path: str, error: type[ClaimdeskError]) -> None:
    with pytest.raises(error, match=r"\. \w+") as caught:
        get(path)
    assert type(caught.value) is error


def test_a_resolver_that_does_not_answer_is_given_up_at_the_deadline(get: Callable[..., Document]) -> None:
    answered = threading.Event()

    def never(host: str, port: int) -> list[str]:
        answered.wait()
        return [HERE]

    with pytest.raises(FetchFailed, match="takes too long"):
        get("/page", resolve=never, timeout_s=DRIP_LIMIT_S)
    assert not answered.is_set()
    answered.set()  # lets the thread that waits for it end


@pytest.mark.parametrize("path", ["/slow_headers", "/slow_body", "/slow_body_without_length", "/chunked_never_ends"])
def test_a_server_that_drips_is_cut_off_at_the_deadline(get: Callable[..., Document], path: str) -> None:
    with pytest.raises(FetchFailed, match="too long"):
        get(path, timeout_s=DRIP_LIMIT_S)


def test_a_page_asks_for_nothing_else(get: Callable[..., Document]) -> None:
    assert b"iframe" in get("/inside").content


def test_a_packed_page_is_unpacked(get: Callable[..., Document]) -> None:
    assert get("/deflated").content == PAGE


def test_the_charset_that_the_server_states_is_kept(get: Callable[..., Document]) -> None:
    assert get("/latin").charset == "cp1251"
    assert get("/page").charset is None


def test_loopback_is_refused_unless_it_is_allowed(port: int) -> None:
    url = f"http://{HERE}:{port}/page"
    with pytest.raises(FetchRefused):
        fetch.fetch(url, timeout_s=LIMIT_S, max_bytes=MOST)
    assert fetch.fetch(url, timeout_s=LIMIT_S, max_bytes=MOST, private=True).content == PAGE
