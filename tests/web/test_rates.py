"""A key has so many requests in any sixty seconds."""

from datetime import UTC, datetime

import pytest

from service.domain.key import Key, KeyScope
from service.errors import RateLimited
from service.web.rates import Rates


def key(name: str, rate: int) -> Key:
    return Key(
        seq=1, id=f"key_{name}", name=name, prefix="cdk_x", desk="main", scopes=(KeyScope.READ,), rate_per_minute=rate,
        daily_budget_microusd=None, created=datetime.now(UTC), revoked=None,
    )  # fmt: skip


def test_each_request_comes_free_again_a_minute_after_it_came() -> None:
    now = 0.0
    rates, ours = Rates(lambda: now), key("ours", 2)
    assert (rates.take(ours).remaining, rates.take(ours).remaining) == (1, 0)
    now = 40.0
    with pytest.raises(RateLimited, match="Wait 20 s") as refused:
        rates.take(ours)
    assert refused.value.retry_after_s == 20
    assert rates.take(key("other", 1)).reset_s == 60
    now = 60.0
    assert rates.take(ours).remaining == 1
