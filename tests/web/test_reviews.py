"""A review over HTTP takes the options that the command line has: rules, known people, house style, the archive."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

COPY = """Talks in Ostend

The mayor, Johanna Vandenberg, said 3 ships came in. "It is a good day," Vandenburg said.
The organisation has 40 members. Johanna Vandenberg has met Putin seven times.
"""
RECORD = "Visits\n\nJohanna Vandenberg has met Putin five times."


def codes(review: dict[str, Any]) -> list[str]:
    return [finding["code"] for finding in review["findings"]]


def review(client: TestClient, **fields: object) -> dict[str, Any]:
    done = client.post("/v1/review", json={"text": COPY, **fields})
    assert done.status_code == 200, done.text
    result: dict[str, Any] = done.json()
    return result


def test_rules_are_selected_and_ignored_by_the_beginning_of_their_code(client: TestClient) -> None:
    assert codes(review(client)) == ["NAM001"]
    assert codes(review(client, options={"select": ["nam"]})) == ["NAM001"]
    assert codes(review(client, options={"select": ["NUM"]})) == []
    assert codes(review(client, options={"ignore": ["NAM001"]})) == []


def test_the_desk_s_style_severity_and_reasons_are_followed(client: TestClient) -> None:
    style = [{"write": "organization", "instead_of": ["organisation"]}]
    found = review(client, options={"style": style, "severity": {"STY": "error"}, "ignore": ["NAM"]})["findings"]
    assert [(each["severity"], each["suggestion"]) for each in found] == [("error", "organization")]
    lived_with = {"code": "NAM001", "words": "Vandenburg", "reason": "both are real"}
    (suppressed,) = review(client, options={"suppress": [lived_with]})["suppressed"]
    assert (suppressed["reason"], suppressed["origin"]) == ("both are real", "the request")


def test_the_archive_is_asked_where_that_is_wanted(client: TestClient) -> None:
    client.post("/v1/articles", json={"text": RECORD, "url": "https://news.example/visits"})
    assert codes(review(client)) == ["NAM001"]
    asked = review(client, archive=True, options={"select": ["CLM"]})
    assert codes(asked) == ["CLM001"]
    assert "five times" in asked["findings"][0]["citations"][0]["quote"]


def test_files_and_reports_take_the_choices_too(client: TestClient) -> None:
    files = {"file": ("copy.txt", COPY)}
    found = [
        codes(client.post("/v1/review/files", files=files, params=params).json()["reviews"][0])
        for params in ({}, {"ignore": "NAM"}, {"select": ["NUM", "DAT"]})
    ]
    assert found == [["NAM001"], [], []]
    for options, count in (({}, 1), ({"ignore": ["NAM"]}, 0)):
        log = client.post("/v1/review/report?format=sarif", json={"text": COPY, "options": options}).json()
        assert len(log["runs"][0]["results"]) == count


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"options": {"select": ["XYZ9"]}}, "body.options.select.0"),
        ({"options": {"unknown": 1}}, "body.options.unknown"),
        ({"options": {"known_people": ["A"] * 2_001}}, "body.options.known_people"),
        ({"archive": "yes"}, "body.archive"),
    ],
)
def test_a_choice_that_cannot_be_followed_is_named(client: TestClient, fields: dict[str, object], field: str) -> None:
    done = client.post("/v1/review", json={"text": COPY, **fields})
    assert (done.status_code, done.json()["code"], done.json()["fields"][0]["field"]) == (422, "invalid_request", field)


def test_an_address_alone_is_fetched_whatever_the_options(client: TestClient) -> None:
    done = client.post("/v1/review", json={"url": "http://127.0.0.1/x", "options": {"select": ["NAM"]}})
    assert (done.status_code, done.json()["code"]) == (422, "fetch_refused")
