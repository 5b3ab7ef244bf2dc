"""A web address becomes one that is safe to connect to: its host resolved once, every answer checked."""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from service.errors import FetchFailed, FetchRefused

_PORTS = frozenset({80, 443, 8080, 8443})  # others belong to mail, databases and the like
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?|[0-9a-f:.]+", re.IGNORECASE)
_ENDS_IN_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)\.?", re.IGNORECASE)
# Names of this machine and of networks that are not the internet (RFC 6761, 6762, 8375, 9476; clouds and containers).
_NOT_PUBLIC_NAMES = frozenset(
    ("corp", "home", "internal", "intranet", "invalid", "lan", "local", "localdomain", "localhost", "onion", "private",
     "svc")
)  # fmt: skip
# Networks that Python 3.11 calls global, yet whose addresses carry another one inside, or are no open host.
_NOT_OPEN = tuple(
    ipaddress.ip_network(net)
    for net in (
        "192.0.0.0/24",  # protocol assignments; a cloud's metadata answers at 192.0.0.192
        "192.88.99.0/24",  # 6to4 relays
        "168.63.129.16/32",  # Azure's platform, on a public address
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


class Target(NamedTuple):
    """Where to connect, and what to call the host once connected."""

    url: str  # with the checked IP address in the place of the host
    host_header: str
    host: str


def pin(url: str, private: bool, resolve: Resolve) -> Target:
    """Resolves the host once and checks every address that it has; `private` lets them all pass.

    Raises FetchRefused, and FetchFailed for a host that is not known.
    """
    scheme, host, port, path = _cut(url)
    if not private and port not in _PORTS:
        raise FetchRefused(f"Port {port} is not one for web pages. Save the page and give the file.")
    if not private and not _is_public_name(host):
        raise FetchRefused(f"{host} is the name of a machine on a private network. Save the page instead.")
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
    return Target(url=f"{scheme}://{pinned}:{port}{path}", host_header=f"{name}:{port}", host=host)


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
            host = host.rstrip(".")
            socket.inet_aton(host)  # 448.168.0.1 is no address, and no name either
    except (ValueError, OSError) as error:
        raise refusal from error
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host) or not port or "\\" in url:
        raise refusal
    if parts.username is not None or parts.password is not None:
        raise FetchRefused("The address holds a user name or password. Save the page and give the file.")
    path = parts._replace(scheme="", netloc="", fragment="").geturl()
    return parts.scheme, host, port, path if path.startswith("/") else f"/{path}"


def _is_public_name(host: str) -> bool:
    """True for an address, and for a name that the internet could know: its own resolver may know others."""
    labels = host.lower().rstrip(".").split(".")
    if ":" in host or _ENDS_IN_NUMBER.fullmatch(host):
        return True  # what it leads to is checked
    return len(labels) > 1 and labels[-1] not in _NOT_PUBLIC_NAMES and labels[-2:] != ["home", "arpa"]


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
