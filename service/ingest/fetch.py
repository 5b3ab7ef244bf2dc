"""An address becomes a document, fetched only from where it is safe to fetch."""

import ipaddress
import socket
import time
from collections.abc import Callable, Sequence
from urllib.parse import urljoin, urlsplit

import httpx2

from service.errors import FetchFailed, FetchRefused, InputTooLarge, UnsupportedType
from service.ingest.document import Document
from service.ingest.read import DOCX

MAX_REDIRECTS = 5
_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf", DOCX})
# Networks that Python calls global, yet whose addresses carry another one inside, or reach a private host.
_TUNNELS = tuple(
    ipaddress.ip_network(net)
    for net in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "::/96",
        "::ffff:0:0:0/96",
        "fec0::/10",
        "5f00::/16",
        "192.0.0.0/24",
    )
)

Resolve = Callable[[str, int], Sequence[str]]


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system knows them."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def fetch(url: str, *, timeout_s: float, max_bytes: int, private: bool = False, resolve: Resolve = resolve) -> Document:
    """The document at an http(s) address, after at most five redirects, each checked like the first.

    A host is resolved once, every address that it has is checked, and the connection goes to the checked
    address: a name that changes its answer in between reaches nothing. `private` allows loopback and private
    addresses. Raises FetchRefused, FetchFailed, InputTooLarge, UnsupportedType.
    """
    deadline = time.monotonic() + timeout_s
    for _ in range(MAX_REDIRECTS + 1):
        target, headers, name = _pin(url, private, resolve)
        with httpx2.Client(trust_env=False, follow_redirects=False, timeout=timeout_s) as client:
            request = client.build_request("GET", target, headers=headers, extensions={"sni_hostname": name})
            try:
                response = client.send(request, stream=True)
                if response.has_redirect_location:
                    url = urljoin(url, response.headers["location"])
                    _require_time(url, deadline)
                    continue
                return _take(response, url, deadline, max_bytes)
            except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
                raise FetchFailed(f"{url} did not answer: {error}. Try again, or save the page.") from error
    raise FetchFailed(f"{url} redirects more than {MAX_REDIRECTS} times. Give the page's last address.")


def _pin(url: str, private: bool, resolve: Resolve) -> tuple[str, dict[str, str], str]:
    """The address with its host replaced by a checked IP, the headers that name the host, and that name."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchRefused(f"{url!r} is not a web address. Write it as https://host/page.") from error
    if parts.scheme not in ("http", "https") or not host or not host.isascii() or "\\" in url:
        raise FetchRefused(f"{url!r} is not a web address. Write it as https://host/page.")
    if parts.username is not None or parts.password is not None:
        raise FetchRefused("The address holds a user name or password. Save the page and give the file.")
    port = port or (443 if parts.scheme == "https" else 80)
    try:
        addresses = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise FetchFailed(f"The host {host} is not known. Check the address.") from error
    for address in addresses:
        if not private and not is_public(address):
            raise FetchRefused(f"{host} is at {address}, which is not a public address. Save the page instead.")
    if not addresses:
        raise FetchFailed(f"The host {host} has no address. Check the address.")
    pinned = f"[{addresses[0]}]" if ":" in addresses[0] else addresses[0]
    path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    return f"{parts.scheme}://{pinned}:{port}{path}", {"Host": parts.netloc, "Accept": "text/html,*/*;q=0.5"}, host


def is_public(address: str) -> bool:
    """True for an address on the open internet: not private, not special, not one that hides another."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        isatap = (int(ip) >> 32) & 0xFFFFFFFF in (0x00005EFE, 0x02005EFE)
        if isatap:
            return False
    if any(ip in net for net in _TUNNELS):
        return False
    return ip.is_global and not ip.is_multicast


def _take(response: httpx2.Response, url: str, deadline: float, max_bytes: int) -> Document:
    if response.status_code != httpx2.codes.OK:
        raise FetchFailed(f"{url} answered {response.status_code}. Open it in a browser and save the page.")
    media_type = response.headers.get("content-type", "text/html").split(";")[0].strip().lower()
    if media_type not in _TYPES:
        raise UnsupportedType(f"{url} is {media_type}, which cannot be read. Give a page, text, PDF or Word file.")
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > max_bytes:
            raise InputTooLarge(f"{url} has more than {max_bytes:,} bytes. Raise CLAIMDESK_MAX_INPUT_BYTES.")
        _require_time(url, deadline)
    return Document(source=url, media_type=media_type, content=bytes(content), url=url)


def _require_time(url: str, deadline: float) -> None:
    if time.monotonic() > deadline:
        raise FetchFailed(f"{url} takes too long. Raise CLAIMDESK_FETCH_TIMEOUT_S, or save the page.")
