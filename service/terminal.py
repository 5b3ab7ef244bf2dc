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
from service.domain.cost import CostLine
from service.domain.passage import Citation
from service.domain.report import Answer, Ingested, Report
from service.domain.usage import Usage
from service.domain.verdict import Label
from service.marks import differing, printable

_LABELS = {
    Label.SUPPORTED: ("✔ SUPPORTED", "bold green"),
    Label.REFUTED: ("✘ REFUTED", "bold red"),
    Label.CONFLICTING: ("≠ CONFLICTING EVIDENCE", "bold yellow"),
    Label.NOT_ENOUGH: ("? NOT ENOUGH EVIDENCE", "bold cyan"),
}


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
    if answer.rewritten:
        console.print(Text(f"understood as: {printable(answer.rewritten)}", "dim"))
    console.print(Text(printable(answer.answer), style="bold" if not answer.abstained else "bold cyan"))
    _print_citations(console, answer.citations)
    for sentence in answer.withheld:
        line = f"left out, {printable(sentence.reason)} ({sentence.state}): {printable(sentence.text)}"
        console.print(Text(line, "yellow"))
    _print_foot(console, answer)


def print_report(report: Report) -> None:
    console = _console()
    words, style = _LABELS[report.label]
    # Where no side is taken, the number says how little came near, which reads as doubt in the verdict.
    sure = "" if report.label is Label.NOT_ENOUGH else f"  confidence {report.confidence:.0%}"
    console.print(Text.assemble((words, style), sure))
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
    for passage in {c.sentence_id: c for part in report.parts for c in part.nearest[:1]}.values():
        console.print(Text(f"  came nearest, decides nothing: “{printable(passage.quote)}”", "dim"))
    for disagreement in report.disagreements:
        line = f"the model says {disagreement.model}, the local judge {disagreement.local}"
        reason = f" ({printable(disagreement.rationale)})" if disagreement.rationale else ""
        console.print(Text(f"  {line}{reason}: “{printable(disagreement.citation.quote)}”", "yellow"))
    _print_foot(console, report)


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


def print_costs(lines: Sequence[CostLine]) -> None:
    """A line a day, key, task and model, and the sum."""
    table = Table("day (UTC)", "key", "task", "model", "calls", "tokens in", "tokens out", "USD", box=None)
    for line in lines:
        usd = "no price known" if line.unpriced else f"{line.microusd / 1e6:.4f}"
        counts = (f"{count:,}" for count in (line.calls, line.tokens_in, line.tokens_out))
        table.add_row(str(line.day), line.key_id, line.task, printable(line.model), *counts, usd)
    table.add_section()
    total = sum(line.microusd for line in lines) / 1e6
    unpriced = sum(line.unpriced for line in lines)
    known = f"{total:.4f}" + (f" without {unpriced:,} calls" if unpriced else "")
    table.add_row("all", "", "", "", *(f"{sum(n):,}" for n in _columns(lines)), known)
    _console().print(table if lines else Text("No call of a remote model in these days."))


def _columns(lines: Sequence[CostLine]) -> tuple[list[int], list[int], list[int]]:
    return [li.calls for li in lines], [li.tokens_in for li in lines], [li.tokens_out for li in lines]


def _print_foot(console: Console, result: Answer | Report) -> None:
    for problem in result.problems:
        console.print(Text(f"degraded: {printable(problem.message)} [{problem.code}]", style="yellow"))
    if result.usage is not None:
        console.print(Text(_usage_line(result.usage), style="dim"))
    console.print(Text(" ".join(f"{stage} {ms:.0f} ms" for stage, ms in result.timings_ms.items()), style="dim"))


def _usage_line(usage: Usage) -> str:
    cost = "no price known" if usage.cost_usd is None else f"${usage.cost_usd:.4f}"
    return (
        f"{printable(usage.model)}: {usage.calls} calls, {usage.cached} remembered, {usage.attempts} requests, "
        f"{usage.input_tokens:,} tokens in, {usage.output_tokens:,} out, {cost}"
    )


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
