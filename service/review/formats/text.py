"""Reviews become a view for a terminal: each finding with its passages, and the letters that differ marked."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from service.domain.article import Section
from service.domain.finding import Finding, FindingPassage, Severity, SuppressedFinding
from service.domain.report import Report
from service.marks import differing, printable
from service.review.formats.places import Lines, Reviewed, has_lines, path_of
from service.review.rules.spec import RuleSpec

_SEVERITIES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}


def print_reviews(reviewed: Iterable[Reviewed], console: Console) -> None:
    """Prints each review as soon as it is there."""
    for each in reviewed:
        _print_review(console, each)


def print_rule(spec: RuleSpec, console: Console) -> None:
    """What a rule means, with its examples."""
    console.print(Text.assemble((f"{spec.code} {spec.severity}", _SEVERITIES[spec.severity]), "  ", spec.name))
    console.print(Text(f"\n{spec.explanation}\n"))
    for title, example in (("raises it", spec.wrong), ("does not", spec.right)):
        console.print(Text(f"{title}:", "dim"))
        console.print(Text("\n".join(f"  │ {line}" for line in example.splitlines())))
    if spec.is_safe_to_fix:
        console.print(Text("\n`claimdesk review FILE --fix` writes the suggestion where it is sure enough.", "dim"))


def _print_review(console: Console, reviewed: Reviewed) -> None:
    review, article = reviewed
    console.print(Text(printable(article.title or path_of(article)), style="bold"))
    lines = Lines(article.text) if has_lines(article) else None
    for finding in review.findings:
        console.print()
        _print_finding(console, finding, reviewed, lines)
    for suppressed in review.suppressed:
        _print_suppressed(console, suppressed)
    if review.reports:
        _print_checked(console, review.reports)
    console.print(Text(f"\n{_count(reviewed)}", "dim"))
    if left := Counter(
        str(s.section) for s in article.sentences if not s.is_evidence and s.section is not Section.NOTE
    ):
        counted = ", ".join(f"{count} {section}" for section, count in left.most_common())
        console.print(Text(f"Not read as copy, in sentences: {counted}.", "dim"))


def _count(reviewed: Reviewed) -> str:
    found, suppressed = len(reviewed.review.findings), len(reviewed.review.suppressed)
    counted = f"{found} finding{'' if found == 1 else 's'}" if found else "No finding"
    return f"{counted}, {suppressed} suppressed." if suppressed else f"{counted}."


def _print_finding(console: Console, finding: Finding, reviewed: Reviewed, lines: Lines | None) -> None:
    style, text = _SEVERITIES[finding.severity], reviewed.article.text
    console.print(Text.assemble((f"{finding.code} {finding.severity}", style), "  ", printable(finding.message)))
    first, *others = finding.passages
    pattern = text[others[0].start : others[0].end] if others else ""
    for passage in finding.passages:
        opposite = text[first.start : first.end] if passage is not first else pattern
        console.print(Text.assemble(("  │ ", "dim"), _mark(passage, reviewed, opposite, style)))
    for citation in finding.citations:
        source = ", ".join(str(part) for part in (citation.title, citation.published, citation.sentence_id) if part)
        console.print(
            Text.assemble(("  ↗ ", "dim"), f"“{printable(citation.quote)}”", (f"  {printable(source)}", "dim"))
        )
    if lines:
        place = lines.place(first.start, first.end)
        console.print(Text(f"  at {printable(path_of(reviewed.article))}:{place.line}:{place.column}", "dim"))
    if finding.suggestion:
        console.print(Text.assemble("  suggestion: ", (printable(finding.suggestion), "green")))


def _mark(passage: FindingPassage, reviewed: Reviewed, opposite: str, style: str) -> Text:
    sentence = next(s for s in reviewed.article.sentences if s.id == passage.sentence_id)
    here = reviewed.article.text[passage.start : passage.end]
    text = Text(printable(sentence.text))
    at = passage.start - sentence.start
    text.stylize("bold underline", at, at + len(here))
    for start, end in differing(here, opposite):
        text.stylize(f"{style} reverse", at + start, at + end)
    return text


def _print_suppressed(console: Console, suppressed: SuppressedFinding) -> None:
    finding = suppressed.finding
    console.print(Text(f"\nsuppressed: {finding.code}  {printable(finding.message)}", "dim"))
    console.print(Text(f"  because: {printable(suppressed.reason)} ({printable(suppressed.origin)})", "dim"))


def _print_checked(console: Console, reports: Sequence[Report]) -> None:
    labels = Counter(str(report.label).replace("_", " ") for report in reports)
    counted = ", ".join(f"{count} {label}" for label, count in labels.most_common())
    console.print(Text(f"\nclaims checked: {counted}", "dim"))
    for problem in dict.fromkeys(problem for report in reports for problem in report.problems):
        console.print(Text(f"degraded: {printable(problem.message)} [{problem.code}]", "yellow"))
