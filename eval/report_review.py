"""The review's logs become the parts of the report that no other task has: each rule, and the newsroom's own errors."""

from collections.abc import Sequence

from eval.log import Log
from eval.markdown import rate, table
from eval.tasks.review import newsroom_errors
from service.review.catalogue import SPECS

REVIEW_NOTE = """An error is seeded in the article's own words, or by passages of a template with one fact wrong. Recall, and
precision by the exact words marked, in percent; what is counted per article or per control (the same copy without the
error) is a plain number, in brackets its 95% interval. A pair of namesakes is two real people with near surnames, added to
an article. The sample is read without the pages around it; its own slip is mended before another is seeded."""
_SHOWN = 40  # characters of the words marked


def rules_apart(logs: Sequence[Log]) -> str:
    """A row a rule with a seed or a false finding: seeds, recall, precision, false findings per clean article."""
    figures = ("seeds", "recall", "precision", "false")
    head = ["rule", *(f"{figure}, {log.data}" for log in logs for figure in figures)]
    rows = (
        [f"{code} {spec.name}", *(cell for log in logs for cell in _cells(log, code))] for code, spec in SPECS.items()
    )
    return f"### Each rule\n\n{table(head, sorted(row for row in rows if set(row[1:]) != {'-'}))}"


def _cells(log: Log, code: str) -> list[str]:
    seeds, recall, precision, false = (
        log.metrics.get(f"{f}_{code}") for f in ("seeds", "recall", "precision", "false_in")
    )
    shares = (f"{100 * share:.1f}" if share is not None else "-" for share in (recall, precision))
    return [f"{seeds:.0f}" if seeds is not None else "-", *shares, rate(false) if false is not None else "-"]


def newsroom_apart() -> str:
    """What the rules found on clean articles and a person confirmed: it counts as found, not as a false alarm."""
    rows = [[key, code, f"`{words[:_SHOWN]}`"] for key, code, words in sorted(newsroom_errors())]
    intro = (
        f"Every finding on the clean articles was looked at by eye, on the first 300 of bbc_dev all of them. These {len(rows)} "
        "are slips of the newsrooms themselves, and count as found:"
    )
    return f"### Errors of the newsrooms\n\n{intro}\n\n{table(['article', 'rule', 'words marked'], rows)}"
