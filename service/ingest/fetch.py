"""An address becomes a document, fetched only from where it is safe to fetch."""

import ipaddress
import re
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
_ENCODINGS = frozenset({"", "identity", "gzip", "deflate"})  # one at a time: nested ones unpack without bound
_PORTS = frozenset({80, 443, 8080, 8443})  # others belong to mail, databases and the like
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?|[0-9a-f:.]+", re.IGNORECASE)
_ENDS_IN_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)\.?", re.IGNORECASE)
# Networks that Python 3.11 calls global, yet whose addresses carry another one inside, or are no open host.
_NOT_OPEN = tuple(
    ipaddress.ip_network(net)
    for net in (
        "192.0.0.0/24",  # protocol assignments; a cloud's metadata answers at 192.0.0.192
        "192.88.99.0/24",  # 6to4 relays
        "::/96",  # IPv4-compatible
        "::ffff:0:0:0/96",  # IPv4-translated
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fec0::/10",  # site-local
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
            try:
                request = client.build_request("GET", target, headers=headers, extensions={"sni_hostname": name})
                response = client.send(request, stream=True)
                if not response.has_redirect_location:
                    return _take(response, url, deadline, max_bytes)
                url = urljoin(url, response.headers["location"])
            except httpx2.HTTPError as error:
                raise FetchFailed(f"{url} did not answer: {error}. Try again, or save the page.") from error
            except (httpx2.InvalidURL, ValueError) as error:
                raise FetchRefused(f"{url} leads to no web address. Save the page and give the file.") from error
        if time.monotonic() > deadline:
            raise _too_slow(url)
    raise FetchFailed(f"{url} redirects more than {MAX_REDIRECTS} times. Give the page's last address.")


def _pin(url: str, private: bool, resolve: Resolve) -> tuple[str, dict[str, str], str]:
    """The address with its host replaced by a checked IP, the headers that name the host, and that name."""
    scheme, host, port, path = _cut(url)
    if not private and port not in _PORTS:
        raise FetchRefused(f"Port {port} is not one for web pages. Save the page and give the file.")
    try:
        addresses = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise FetchFailed(f"The host {host} is not known. Check the address.") from error
    if not addresses:
        raise FetchFailed(f"The host {host} has no address. Check the address.")
    for address in addresses:
        if not private and not is_public(address):
            raise FetchRefused(f"{host} is at {address}, which is not a public address. Save the page instead.")
    pinned = f"[{addresses[0]}]" if ":" in addresses[0] else addresses[0]
    name = f"[{host}]" if ":" in host else host
    headers = {"Host": f"{name}:{port}", "Accept": "text/html,*/*;q=0.5", "Accept-Encoding": "gzip, deflate"}
    return f"{scheme}://{pinned}:{port}{path}", headers, host


def _cut(url: str) -> tuple[str, str, int, str]:
    """Scheme, host in ASCII, port and path of a web address. Raises FetchRefused for anything else.

    Browsers and resolvers disagree on odd hosts; what is read in two ways is refused.
    """
    refusal = FetchRefused(f"{url!r} is not a web address. Write it as https://host/page.")
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        host = host if host.isascii() else host.encode("idna").decode("ascii")
        port = parts.port if parts.port is not None else {"http": 80, "https": 443}.get(parts.scheme, 0)
        if _ENDS_IN_NUMBER.fullmatch(host):
            socket.inet_aton(host.rstrip("."))  # 448.168.0.1 is no address, and no name either
    except (ValueError, OSError) as error:
        raise refusal from error
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host) or not port or "\\" in url:
        raise refusal
    if parts.username is not None or parts.password is not None:
        raise FetchRefused("The address holds a user name or password. Save the page and give the file.")
    path = parts._replace(scheme="", netloc="", fragment="").geturl()
    return parts.scheme, host, port, path if path.startswith("/") else f"/{path}"


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
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in _NOT_OPEN)


def _take(response: httpx2.Response, url: str, deadline: float, max_bytes: int) -> Document:
    if response.status_code != httpx2.codes.OK:
        raise FetchFailed(f"{url} answered {response.status_code}. Open it in a browser and save the page.")
    media_type = response.headers.get("content-type", "text/html").split(";")[0].strip().lower()
    if media_type not in _TYPES:
        raise UnsupportedType(f"{url} is {media_type}, which cannot be read. Give a page, text, PDF or Word file.")
    if response.headers.get("content-encoding", "").strip().lower() not in _ENCODINGS:
        raise FetchFailed(f"{url} came packed in an unknown way. Open it in a browser and save the page.")
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > max_bytes:
            raise InputTooLarge(f"{url} has more than {max_bytes:,} bytes. Raise CLAIMDESK_MAX_INPUT_BYTES.")
        if time.monotonic() > deadline:
            raise _too_slow(url)
    return Document(source=url, media_type=media_type, content=bytes(content), url=url)


def _too_slow(url: str) -> FetchFailed:
    return FetchFailed(f"{url} takes too long. Raise CLAIMDESK_FETCH_TIMEOUT_S, or save the page.")
