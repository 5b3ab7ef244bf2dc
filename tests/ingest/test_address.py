"""Before a connection: every listed attack is refused, every listed page of the open internet passes."""

import ipaddress
import json
import socket
from contextlib import suppress
from pathlib import Path

import pytest

from service.errors import FetchFailed, FetchRefused
from service.ingest.address import is_public, pin

LISTED = Path(__file__).parents[2] / ".." / "shared" / "data" / "security" / "ssrf_urls_dev.jsonl"
OPEN = "93.184.215.14"


def attacker(host: str, port: int) -> list[str]:
    """A resolver for which an address is itself, in any spelling that a system reads, and a name is loopback."""
    for read_address in (ipaddress.ip_address, lambda h: ipaddress.ip_address(socket.inet_aton(h))):
        with suppress(ValueError, OSError):
            return [str(read_address(host))]
    return ["127.0.0.1"]


def harmless(host: str, port: int) -> list[str]:
    """The same, with every name on the open internet."""
    return [OPEN] if attacker(host, port) == ["127.0.0.1"] and host[-1].isalpha() else attacker(host, port)


def rows() -> list[dict[str, str]]:
    if not LISTED.exists():
        return []
    return [json.loads(line) for line in LISTED.read_text(encoding="utf-8").splitlines()]


@pytest.mark.skipif(not LISTED.exists(), reason="shared/data/security is not beside the project")
def test_every_listed_attack_is_refused_before_a_connection() -> None:
    attacks = [row["url"] for row in rows() if row["expect"] == "block"]
    assert len(attacks) > 500
    passed = []
    for url in attacks:
        with suppress(FetchRefused, FetchFailed):
            pin(url, private=False, resolve=attacker)
            passed.append(url)
    assert passed == []


@pytest.mark.skipif(not LISTED.exists(), reason="shared/data/security is not beside the project")
def test_every_listed_page_of_the_open_internet_passes() -> None:
    pages = [row["url"] for row in rows() if row["expect"] == "allow"]
    assert len(pages) > 10
    for url in pages:
        assert pin(url, private=False, resolve=harmless).url.startswith(("http://", "https://")), url


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "0.0.0.0", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fec0::1",
     "2002:7f00:1::", "fe80::1", "192.0.0.192", "224.0.0.1", "fe80::1%eth0", "168.63.129.16", "100.64.0.1", "198.18.0.1", "255.255.255.255", "2001:0:7f00:1::",
     "fe80::5efe:7f00:1", "64:ff9b:1::1", "no address"],
)  # fmt: skip
def test_an_address_inside_or_with_one_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [OPEN, "2606:4700::1111"])
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


def test_the_checked_address_is_connected_to_by_the_name_of_the_host() -> None:
    target = pin("https://Bücher.example/a b?c#d", private=False, resolve=lambda host, port: [OPEN])
    assert target.host == "xn--bcher-kva.example"
    assert (target.url, target.host_header) == (f"https://{OPEN}:443/a b?c", "xn--bcher-kva.example:443")


@pytest.mark.parametrize("answers", [[OPEN, "127.0.0.1"], ["127.0.0.1", OPEN], ["2606:4700::1111", "::1"]])
def test_one_bad_address_of_a_host_is_enough(answers: list[str]) -> None:
    with pytest.raises(FetchRefused):
        pin("http://news.example/", private=False, resolve=lambda host, port: answers)


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST.", "foo.localhost", "metadata", "postgres", "metadata.google.internal", "printer.local",
     "kubernetes.default.svc", "router.home.arpa", "wiki.corp", "ｌocalhost"],
)  # fmt: skip
def test_a_name_of_a_private_network_is_refused_whatever_its_resolver_says(host: str) -> None:
    with pytest.raises(FetchRefused, match="private network"):
        pin(f"http://{host}/", private=False, resolve=lambda host, port: [OPEN])
    assert pin(f"http://{host}/", private=True, resolve=lambda host, port: [OPEN]).url == f"http://{OPEN}:80/"


def test_an_address_that_ends_in_a_dot_is_resolved_as_the_address_that_it_is() -> None:
    asked: list[str] = []
    pin(f"http://{OPEN}./", private=False, resolve=lambda host, port: asked.append(host) or [host])  # type: ignore[func-returns-value]
    assert asked == [OPEN]


def test_a_host_without_an_address_is_not_known() -> None:
    with pytest.raises(FetchFailed, match="no address"):
        pin("http://news.example/", private=False, resolve=lambda host, port: [])
