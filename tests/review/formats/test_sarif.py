"""A log holds to SARIF 2.1.0: its structure as the standard requires it, and its places cut out what they name."""

import json
from typing import Any

import jsonschema
import pytest

from service.review.catalogue import SPECS
from service.review.formats.sarif import build_log
from tests.review.formats.hostile import TEXT, hostile

TEXT_MESSAGE = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
REGION = {
    "type": "object",
    "additionalProperties": False,
    "required": ["charOffset", "charLength"],
    "dependentRequired": {"startColumn": ["startLine"], "endLine": ["startLine"], "endColumn": ["startLine"]},
    "properties": {
        **{name: {"type": "integer", "minimum": 1} for name in ("startLine", "startColumn", "endLine", "endColumn")},
        **{name: {"type": "integer", "minimum": 0} for name in ("charOffset", "charLength")},
        "snippet": TEXT_MESSAGE,
    },
}
ARTIFACT = {
    "type": "object",
    "required": ["uri"],
    "properties": {
        "uri": {"type": "string", "pattern": '^[^ <>"{}|^`\\\\]+$'},
        "index": {"type": "integer", "minimum": 0},
    },
}
LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "id": {"type": "integer", "minimum": 0},
        "message": TEXT_MESSAGE,
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "properties": {"artifactLocation": ARTIFACT, "region": REGION},
        },
    },
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
RESULT = {
    "type": "object",
    "required": ["message", "ruleId"],
    "properties": {
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "rank": {"type": "number", "minimum": 0, "maximum": 100},
        "message": TEXT_MESSAGE,
        "locations": {"type": "array", "items": LOCATION},
        "relatedLocations": {"type": "array", "uniqueItems": True, "items": LOCATION},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
        "suppressions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"enum": ["inSource", "external"]}, "justification": {"type": "string"}},
            },
        },
        "fixes": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["artifactChanges"],
                "properties": {
                    "artifactChanges": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "required": ["artifactLocation", "replacements"],
                            "properties": {
                                "artifactLocation": ARTIFACT,
                                "replacements": {
                                    "type": "array",
                                    "minItems": 1,
                                    "items": {
                                        "type": "object",
                                        "required": ["deletedRegion"],
                                        "properties": {"deletedRegion": REGION, "insertedContent": TEXT_MESSAGE},
                                    },
                                },
                            },
                        },
                    }
                },
            },
        },
    },
}
RULE = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string", "pattern": "^[A-Za-z0-9]+$"},
        "shortDescription": TEXT_MESSAGE,
        "fullDescription": TEXT_MESSAGE,
        "help": TEXT_MESSAGE,
        "defaultConfiguration": {"type": "object", "properties": {"level": LEVEL}},
    },
}
LOG = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {"rules": {"type": "array", "uniqueItems": True, "items": RULE}},
                            }
                        },
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "artifacts": {"type": "array", "uniqueItems": True, "items": {"required": ["location"]}},
                    "results": {"type": "array", "items": RESULT},
                },
            },
        },
    },
}
"""The rules of the standard for the parts that a log has, written from sections 3.13 to 3.57 of SARIF 2.1.0."""


def run_of(source: str) -> dict[str, Any]:
    log = json.loads(json.dumps(build_log([hostile(source), hostile("/desk/other.txt")])))
    jsonschema.validate(log, LOG, jsonschema.Draft202012Validator)
    run: dict[str, Any] = log["runs"][0]
    return run


@pytest.mark.parametrize("source", ["/desk/copy one.txt", "https://news.example/a?b=<c>", "stdin:01", "/d/a.jsonl#3"])
def test_a_log_holds_to_the_standard(source: str) -> None:
    run = run_of(source)
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(SPECS)
    assert all(SPECS[r["ruleId"]] is list(SPECS.values())[r["ruleIndex"]] for r in run["results"])


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
