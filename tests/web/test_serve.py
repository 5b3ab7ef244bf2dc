"""`claimdesk serve` listens only where no stranger can reach a desk without keys."""

from pathlib import Path

import pytest

from service.cli.serve import bind, serve
from service.errors import BadSettings
from service.web.caller import is_loopback


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost"])
def test_loopback_is_told(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.2", "example.org", ""])
def test_an_open_address_is_refused_while_there_is_no_key(
    host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMDESK_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert not is_loopback(host)
    with pytest.raises(BadSettings, match="API key"):
        serve(host=host)


def test_an_address_that_is_taken_or_is_not_ours_says_so() -> None:
    with bind("127.0.0.1", 0) as taken:
        taken.listen()
        with pytest.raises(BadSettings, match="choose another"):
            bind("127.0.0.1", taken.getsockname()[1])
    with pytest.raises(BadSettings, match="choose another"):
        bind("192.0.2.1", 0)
