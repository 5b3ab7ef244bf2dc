"""Every route takes what its description allows, and what it forbids, without a fault of its own.

A few cases a route, and some of the naughty strings; `python -m eval.api_fuzz` and `eval.api_strings` send them all.
"""

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case
from schemathesis.checks import positive_data_acceptance
from schemathesis.core.result import Ok

from service.desks import Desks
from service.domain.scope import KeyScope
from tests.web.server import serve

STRINGS = Path(__file__).parents[3] / "shared" / "data" / "security" / "blns.json"

FIELDS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("/v1/ask", "question", {}),
    ("/v1/check", "claim", {}),
    ("/v1/articles", "text", {}),
    ("/v1/articles", "title", {"text": "It opened."}),
    ("/v1/articles", "source", {"text": "It opened."}),
    ("/v1/review", "html", {}),
    ("/v1/claims", "text", {}),
    ("/v1/claims", "claimant", {"text": "It opened."}),
    ("/v1/fact-checks/match", "claim", {}),
    ("/v1/keys", "name", {"scopes": ["read"]}),
)
"""A path, a field of its body, and what else the body needs. Keys come last: from the first on, all need one."""


def test_every_route_keeps_to_its_description(desks: Desks) -> None:
    secret = desks.keys.create("test", [KeyScope.ADMIN], rate_per_minute=100_000).secret
    headers = {"Authorization": f"Bearer {secret}"}
    with serve(desks) as url:
        for result in schemathesis.openapi.from_url(f"{url}/openapi.json").get_all_operations():
            assert isinstance(result, Ok)
            _send_cases(result.ok().as_strategy(), headers)


def _send_cases(strategy: SearchStrategy[Case[Any]], headers: dict[str, str]) -> None:
    @given(case=strategy)
    @hypothesis_settings(
        max_examples=2, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    def send(case: Case[Any]) -> None:
        # 422 is also the answer to a question that has no word, which no description can forbid.
        case.validate_response(case.call(headers=headers), excluded_checks=[positive_data_acceptance])

    send()


@pytest.mark.skipif(not STRINGS.exists(), reason="the shared data are not beside the project")
def test_no_naughty_string_is_a_fault(client: TestClient) -> None:
    for number, string in enumerate(json.loads(STRINGS.read_text())[::4]):
        path, field, besides = FIELDS[number % (len(FIELDS) - 1)]
        done = client.post(path, json={**besides, field: string})
        assert done.status_code < 500, (path, field, string, done.text)
        assert client.get("/v1/articles", params={"q": string, "source": string}).status_code < 500, string


@pytest.mark.parametrize(("path", "field", "besides"), FIELDS)
def test_each_field_takes_every_kind_of_odd_text(
    client: TestClient, path: str, field: str, besides: dict[str, object]
) -> None:
    for text in (
        "\u202eevil",
        "a\u0300" * 200,
        "﷽" * 50,
        "\ufeff",
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "💥" * 99,
    ):
        done = client.post(path, json={**besides, field: text})
        assert done.status_code < 500, (text, done.text)
        if field == "name":
            return  # the first key that is made locks the rest out
