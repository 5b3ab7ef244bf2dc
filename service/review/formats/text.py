"""Reviews become a view for a terminal: each finding with its passages, and the letters that differ marked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from service.domain.article import Section
from service.domain.finding import Finding, FindingPassage, Severity, SuppressedFinding
from service.domain.report import Report
from service.marks import printable
from service.review.formats.letters import odd_letters
from service.review.formats.places import Lines, Reviewed, has_lines, path_of
from service.review.rules.spec import RuleSpec

_SEVERITIES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}
_BAR = "  │ "


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
        for line in example.splitlines():
            _print_barred(console, Text(line))
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
    sections = Counter(s.section for s in article.sentences if not s.is_evidence and s.section is not Section.NOTE)
    if subheads := sections.pop(Section.SUBHEAD, 0):
        console.print(
            Text(f"Read for names and spellings only: {subheads} subhead{'' if subheads == 1 else 's'}.", "dim")
        )
    if sections:
        counted = ", ".join(f"{count} {section}" for section, count in sections.most_common())
        console.print(Text(f"Not read as copy, in sentences: {counted}.", "dim"))


def _count(reviewed: Reviewed) -> str:
    found, suppressed = len(reviewed.review.findings), len(reviewed.review.suppressed)
    counted = f"{found} finding{'' if found == 1 else 's'}" if found else "No finding"
    return f"{counted}, {suppressed} suppressed." if suppressed else f"{counted}."


def _print_finding(console: Console, finding: Finding, reviewed: Reviewed, lines: Lines | None) -> None:
    style = _SEVERITIES[finding.severity]
    head = (f"{finding.code} {finding.severity}", style), (f", {finding.confidence:.0%} sure", "dim")
    console.print(Text.assemble(*head, "  ", printable(finding.message)))
    for _, of_one in groupby(finding.passages, key=lambda passage: passage.sentence_id):
        passages = list(of_one)
        _print_barred(console, _mark(passages, finding, reviewed, style))
        console.print(
            Text(f"  at {printable(path_of(reviewed.article))}{_places(passages, lines)}", "dim"), soft_wrap=True
        )
    for citation in finding.citations:
        source = ", ".join(str(part) for part in (citation.title, citation.published, citation.sentence_id) if part)
        _print_barred(
            console, Text.assemble(f"“{printable(citation.quote)}”", (f"  {printable(source)}", "dim")), "  ↗ "
        )
    if finding.suggestion:
        console.print(Text.assemble("  suggestion: ", (printable(finding.suggestion), "green")))


def _places(passages: Sequence[FindingPassage], lines: Lines | None) -> str:
    if lines is None:
        return ", characters " + " and ".join(f"{passage.start} to {passage.end}" for passage in passages)
    begun = dict.fromkeys(lines.place(passage.start, passage.end)[:2] for passage in passages)
    return ":" + " and ".join(f"{line}:{column}" for line, column in begun)


def _print_barred(console: Console, words: Text, bar: str = _BAR) -> None:
    """Every line of the passage has its bar, where the window breaks it too."""
    for line in words.wrap(console, max(1, console.width - len(bar))):
        console.print(Text.assemble((bar, "dim"), line))


def _mark(passages: Sequence[FindingPassage], finding: Finding, reviewed: Reviewed, style: str) -> Text:
    """The sentence of the passages with their words marked, and in them the letters that differ."""
    sentence = next(s for s in reviewed.article.sentences if s.id == passages[0].sentence_id)
    text = Text(printable(sentence.text))
    for passage in passages:
        at = passage.start - sentence.start
        text.stylize("bold underline", at, passage.end - sentence.start)
        for start, end in odd_letters(finding, passage, reviewed.article.text):
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
