"""`claimdesk serve` listens only where no stranger can reach a desk without keys."""

import pytest

from service.cli.serve import is_loopback, serve
from service.errors import BadSettings


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost"])
def test_loopback_is_told(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.2", "example.org", ""])
def test_an_open_address_is_refused(host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(BadSettings, match="API key"):
        serve(host=host)
