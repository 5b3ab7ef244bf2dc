"""Reviews become annotations of GitHub Actions, one line a finding.

The format is that of "Workflow commands for GitHub Actions": `::error file=F,line=L,col=C,title=T::MESSAGE`.
"""

from collections.abc import Iterable, Iterator

from service.domain.finding import Finding, Severity
from service.marks import printable
from service.review.catalogue import SPECS
from service.review.formats.places import Lines, Reviewed, has_lines, path_of

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def annotate(reviewed: Iterable[Reviewed]) -> Iterator[str]:
    """One command a finding. Nothing that an article holds can end its line or begin another command."""
    for each in reviewed:
        lines = Lines(each.article.text) if has_lines(each.article) else None
        for finding in each.review.findings:
            yield _command(finding, each, lines)


def _command(finding: Finding, reviewed: Reviewed, lines: Lines | None) -> str:
    first = finding.passages[0]
    properties: dict[str, str | int] = {"file": path_of(reviewed.article)}
    if lines:
        place = lines.place(first.start, first.end)
        properties |= {
            "line": place.line,
            "endLine": place.end_line,
            "col": place.column,
            "endColumn": place.end_column,
        }
    properties["title"] = f"{finding.code} {SPECS[finding.code].name}"
    said = ",".join(f"{name}={_escape_property(str(value))}" for name, value in properties.items())
    words = finding.message if lines else f"{finding.message} In: {first.quote}"
    return f"::{_COMMANDS[finding.severity]} {said}::{_escape(words)}"


def _escape(text: str) -> str:
    return printable(text).replace("%", "%25")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
