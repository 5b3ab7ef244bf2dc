"""Reviews become a SARIF 2.1.0 log, as editors and code-scanning services read it (OASIS standard, 2020)."""

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from service import __version__
from service.domain.finding import Finding, FindingPassage, Severity, SuppressedFinding
from service.review.catalogue import SPECS
from service.review.formats.places import Lines, Reviewed, address, has_lines
from service.review.rules.spec import RuleSpec

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_Json = dict[str, Any]  # a part of the log, written out at once


def build_log(reviewed: Iterable[Reviewed]) -> _Json:
    """One run over all reviews. Suppressed findings are results too, with their reason.

    Columns count code points. A page or a PDF has no lines of its own: its regions are offsets into the
    extracted text, which the log carries as the artifact's contents.
    """
    reviewed = list(reviewed)
    results = [
        result
        for number, each in enumerate(reviewed)
        for lines in [Lines(each.article.text) if has_lines(each.article) else None]
        for result in (
            *(_result(finding, each, number, lines) for finding in each.review.findings),
            *(_suppressed(suppressed, each, number, lines) for suppressed in each.review.suppressed),
        )
    ]
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "claimdesk", "version": __version__, "rules": _rules()}},
                "columnKind": "unicodeCodePoints",
                "artifacts": [_artifact(each) for each in reviewed],
                "results": results,
            }
        ],
    }


def _rules() -> list[_Json]:
    return [_rule(spec) for spec in SPECS.values()]


def _rule(spec: RuleSpec) -> _Json:
    return {
        "id": spec.code,
        "name": "".join(word.capitalize() for word in re.findall(r"\w+", spec.name)),
        "shortDescription": {"text": spec.name},
        "fullDescription": {"text": spec.explanation},
        "help": {"text": f"Raises it: {spec.wrong}\nDoes not: {spec.right}"},
        "defaultConfiguration": {"level": _LEVELS[spec.severity]},
    }


def _artifact(reviewed: Reviewed) -> _Json:
    artifact: _Json = {"location": {"uri": address(reviewed.article)}}
    return artifact if has_lines(reviewed.article) else artifact | {"contents": {"text": reviewed.article.text}}


def _result(finding: Finding, reviewed: Reviewed, number: int, lines: Lines | None) -> _Json:
    first, *others = (_location(passage, reviewed, number, lines) for passage in finding.passages)
    result: _Json = {
        "ruleId": finding.code,
        "ruleIndex": list(SPECS).index(finding.code),
        "level": _LEVELS[finding.severity],
        "rank": round(finding.confidence * 100, 1),
        "message": {"text": finding.message},
        "locations": [first],
        "relatedLocations": [location | {"id": place} for place, location in enumerate(others, start=1)],
        "partialFingerprints": {"finding/v1": _fingerprint(finding, reviewed)},
    }
    return result | {"fixes": [_fix(finding, reviewed, number, lines)]} if finding.suggestion else result


def _suppressed(suppressed: SuppressedFinding, reviewed: Reviewed, number: int, lines: Lines | None) -> _Json:
    kind = "inSource" if suppressed.origin.startswith("a note") else "external"
    reason = {"kind": kind, "justification": f"{suppressed.reason} ({suppressed.origin})"}
    return _result(suppressed.finding, reviewed, number, lines) | {"suppressions": [reason]}


def _location(passage: FindingPassage, reviewed: Reviewed, number: int, lines: Lines | None) -> _Json:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": address(reviewed.article), "index": number},
            "region": _region(passage, lines)
            | {"snippet": {"text": reviewed.article.text[passage.start : passage.end]}},
        },
        "logicalLocations": [{"fullyQualifiedName": passage.sentence_id, "kind": "sentence"}],
        "message": {"text": passage.quote},
    }


def _region(passage: FindingPassage, lines: Lines | None) -> _Json:
    region: _Json = {"charOffset": passage.start, "charLength": passage.end - passage.start}
    if lines is None:
        return region
    place = lines.place(passage.start, passage.end)
    return region | {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(finding: Finding, reviewed: Reviewed, number: int, lines: Lines | None) -> _Json:
    replacement = {
        "deletedRegion": _region(finding.passages[0], lines),
        "insertedContent": {"text": finding.suggestion},
    }
    change = {
        "artifactLocation": {"uri": address(reviewed.article), "index": number},
        "replacements": [replacement],
    }
    return {"description": {"text": f"Write “{finding.suggestion}”."}, "artifactChanges": [change]}


def _fingerprint(finding: Finding, reviewed: Reviewed) -> str:
    """The same for the same words in the same sentence, wherever the sentence moves."""
    first = finding.passages[0]
    said = (finding.code, address(reviewed.article), reviewed.article.text[first.start : first.end], first.quote)
    return hashlib.sha256("\x1f".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]
