"""Results become text for a terminal: marked, aligned, and safe to show whatever an article holds."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from pydantic import BaseModel
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from service.domain.article import ArticleSummary
from service.domain.passage import Citation
from service.domain.report import Answer, Ingested, Report
from service.domain.verdict import Label
from service.marks import differing, printable

_LABELS = {
    Label.SUPPORTED: ("✔ SUPPORTED", "bold green"),
    Label.REFUTED: ("✘ REFUTED", "bold red"),
    Label.CONFLICTING: ("≠ CONFLICTING EVIDENCE", "bold yellow"),
    Label.NOT_ENOUGH: ("? NOT ENOUGH EVIDENCE", "bold cyan"),
}
_DEGRADED = "degraded: the vector index does not answer; only words were searched"


def print_json(result: BaseModel) -> None:
    sys.stdout.write(result.model_dump_json() + "\n")


def print_ingested(result: Ingested) -> None:
    console = _console()
    for article in result.articles:
        line = Text.assemble(
            (f"{article.status:<9}", "green"),
            f" {article.id} v{article.version}  ",
            printable(article.title or ""),
        )
        sections = ", ".join(f"{count} {section}" for section, count in article.sections.items())
        dated = f"{article.published or 'no date'}{' (inferred)' if article.published_inferred else ''}"
        line.append(f"  {dated}; sentences: {sections}", style="dim")
        if article.hidden_chars:
            line.append(f"; {article.hidden_chars} hidden characters left out", style="yellow")
        console.print(line)
    for failure in result.failed:
        console.print(Text.assemble(("failed    ", "bold red"), printable(f"{failure.message} [{failure.code}]")))
    if not result.indexed:
        console.print(Text("The index does not answer; the articles are stored and follow later.", "yellow"))


def print_answer(answer: Answer) -> None:
    console = _console()
    console.print(Text(printable(answer.answer), style="bold" if not answer.abstained else "bold cyan"))
    _print_citations(console, answer.citations)
    for sentence in answer.unsupported:
        console.print(Text(f"not shown, no stored sentence supports it: {printable(sentence)}", "yellow"))
    _print_foot(console, answer.degraded, answer.timings_ms)


def print_report(report: Report) -> None:
    console = _console()
    words, style = _LABELS[report.label]
    console.print(Text.assemble((words, style), f"  confidence {report.confidence:.0%}"))
    claim = Text(printable(report.claim))
    for difference in report.differences:
        claim.stylize("bold red underline", difference.claim_start, difference.claim_end)
    console.print(Text.assemble("claim: ", claim))
    for difference in report.differences:
        ours, theirs = mark_letters(difference.claim_text, difference.evidence_text)
        console.print(
            Text.assemble(f"  {difference.kind} differs: ", ours, "  →  ", theirs, f"  [{difference.citation.number}]")
        )
    if report.corrected_claim:
        label = f" ({report.corrected_label})" if report.corrected_label else ""
        console.print(Text.assemble("corrected: ", (printable(report.corrected_claim), "green"), label))
    _print_citations(console, report.citations)
    _print_foot(console, report.degraded, report.timings_ms)


def mark_letters(ours: str, theirs: str) -> tuple[Text, Text]:
    """Both texts with the letters marked in which they differ."""
    marked = []
    for text, other in ((ours, theirs), (theirs, ours)):
        shown = Text(printable(text), style="bold")
        for start, end in differing(text, other):
            shown.stylize("reverse", start, end)
        marked.append(shown)
    return marked[0], marked[1]


def print_articles(stored: Sequence[ArticleSummary]) -> None:
    table = Table("id", "version", "published", "sentences", "title", box=None)
    for a in stored:
        title = Text(printable(a.title or a.source))
        table.add_row(a.id, str(a.version), str(a.published or "-"), str(a.sentences), title)
    _console().print(table if stored else Text("No article yet. `claimdesk ingest FILE` takes one in."))


def _print_citations(console: Console, citations: Sequence[Citation]) -> None:
    for c in citations:
        place = ", ".join(str(x) for x in (c.title, c.published, c.section) if x)
        console.print(Text.assemble((f"  [{c.number}] ", "bold"), f"“{printable(c.quote)}”"))
        console.print(Text(f"      {printable(place)}  {c.sentence_id} {c.state}", style="dim"))


def _print_foot(console: Console, degraded: bool, timings_ms: dict[str, float]) -> None:
    if degraded:
        console.print(Text(_DEGRADED, style="yellow"))
    console.print(Text(" ".join(f"{stage} {ms:.0f} ms" for stage, ms in timings_ms.items()), style="dim"))


def _console() -> Console:
    return Console(highlight=False, soft_wrap=False)


@contextmanager
def show_progress(what: str, total: int) -> Iterator[Callable[[str], None]]:
    """A progress bar on standard error, for work that says when one more of `total` is done."""
    with _progress(what, total) as (bar, task):
        yield lambda _: bar.advance(task)


@contextmanager
def show_steps(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, for work that says how much of it is done."""
    with _progress(what) as (bar, task):
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def _progress(what: str, total: int | None = None) -> Iterator[tuple[Progress, TaskID]]:
    columns = (SpinnerColumn(), TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield bar, bar.add_task(what, total=total)
