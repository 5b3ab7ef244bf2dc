"""Results become a report in Markdown, with the pictures beside it and the logs behind it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib.resources import files
from math import isnan
from pathlib import Path
from typing import Any

from eval.judges import FLOORS
from eval.labelled import VerdictSample
from eval.log import Log, write_json
from eval.markdown import rate, table
from eval.plots import VerdictResult, draw_verdicts
from eval.published import PUBLISHED
from eval.report_review import REVIEW_NOTE, newsroom_apart, rules_apart
from eval.scorers import decided
from eval.task import Result

NAME = "evaluation"
THRESHOLDS = (0.5, 0.7, 0.9)
_VERDICT_COLUMNS = ("accuracy", "macro_f1", "balanced_accuracy", "auc", "ece")
_DETAILS = ("recall_", "seeds_", "precision_", "false_in_")  # of single rules
_COUNTS = ("_seeds", "_articles")
_DECISION_COLUMNS = ("decided", "supports_precision", "refutes_precision", "pairs_per_second")
_READING = """Percent; in brackets the 95% interval, by drawing documents with replacement. Accuracy, macro F1 and
balanced accuracy are of the likeliest relation; on two-way sets (WiCE, SummEdits) they are of the probability of
support against a threshold from rows that are not scored: WiCE's own dev rows, the other domains of SummEdits. AUC is
of the probability of support, ECE the expected calibration error over 15 bins before any threshold. "Decided" is the
share of rows on which the judge takes a side when it may abstain, with how often each side is right."""


def write_report(results: Sequence[Result[Any, Any]], folder: Path, command: str) -> Path:
    """`folder`/evaluation.md, its pictures and its logs in `folder`/evaluation/."""
    beside = folder / NAME
    beside.mkdir(parents=True, exist_ok=True)
    write_json([result.log for result in results], beside / "logs.json")
    by_task: dict[str, list[Result[Any, Any]]] = defaultdict(list)
    for result in results:
        by_task[result.log.task].append(result)
    parts = [_head(results, command)]
    for task, found in by_task.items():
        logs = [result.log for result in found]
        parts.append(_verdicts(found, folder) if task == "verdicts" else _other(task, logs))
        if task == "review":
            parts += [rules_apart(logs), newsroom_apart()]
    parts.append(files("eval").joinpath("data", "apart.md").read_text(encoding="utf-8").strip())
    path = folder / f"{NAME}.md"
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return path


def _head(results: Sequence[Result[Any, Any]], command: str) -> str:
    log = results[0].log
    models = sorted({model for result in results for model in result.log.models})
    return (
        f"# Evaluation\n\nMade by `{command}` on {log.started[:10]}: code {log.code}, {log.cores} cores, which other work "
        f"shared, so speeds are lower bounds. Models: {'; '.join(models) or 'none'}. Data digests, thresholds and times "
        f"are in [{NAME}/logs.json]({NAME}/logs.json)."
    )


def _verdicts(results: Sequence[VerdictResult], folder: Path) -> str:
    by_backend: dict[str, list[VerdictResult]] = defaultdict(list)
    for result in results:
        by_backend[result.log.backend].append(result)
    first = next(iter(by_backend))
    chosen = by_backend[first]
    logs = [result.log for result in chosen]
    parts = ["## Verdicts", _READING, f"### The judge of the backend `{first}`"]
    parts.append(table(["set", "n", *map(_words, _VERDICT_COLUMNS)], [_row(log, _VERDICT_COLUMNS) for log in logs]))
    parts.append(table(["set", "n", *map(_words, _DECISION_COLUMNS)], [_row(log, _DECISION_COLUMNS) for log in logs]))
    if len(by_backend) > 1:
        parts += ["### Beside its parts alone, and the floors", _FLOORS, _compare(by_backend, "balanced_accuracy")]
        asked = {backend: found for backend, found in by_backend.items() if backend not in FLOORS}
        parts += ["### Calibration", _CALIBRATION, _compare(asked, "ece")]
    parts += ["### Beside what others published", _beside(logs)]
    parts += ["### What a threshold buys", _THRESHOLDS, _thresholds(chosen)]
    for title, picture in draw_verdicts(chosen, folder / NAME).items():
        parts.append(f"### {title}\n\n![{title}]({picture.relative_to(folder).as_posix()})")
    return "\n\n".join(parts)


_FLOORS = """Balanced accuracy. `rules` are the exact tiers without the trained model, `model` is the model without them
and without the last layer. `hypothesis-only` never sees the evidence, `word-overlap` only counts shared words; both are
fitted on tier A training rows. What they reach, a set gives away."""
_CALIBRATION = """ECE. Before: `model`, its logits as probabilities. After: with the last layer that `python -m
eval.train.fit` chose on held-out tier A rows. None of these sets was seen by either."""
_THRESHOLDS = """For each side, the share of rows that it is taken on from that probability on, and how often it is then
right."""


def _compare(by_backend: dict[str, list[VerdictResult]], metric: str) -> str:
    figures = {(b, r.log.data): _figure(r.log, metric) for b, rs in by_backend.items() for r in rs}
    sets = dict.fromkeys(data for _, data in figures)
    return table(["set", *by_backend], [[data, *(figures.get((b, data), "-") for b in by_backend)] for data in sets])


def _beside(logs: Iterable[Log]) -> str:
    rows = []
    for log in logs:
        there = [published for published in PUBLISHED if published.data == log.data]
        if there:
            rows.append([log.data, _words(there[0].metric), "**Claimdesk**", _figure(log, there[0].metric), "", ""])
        rows += [[p.data, _words(p.metric), p.system, f"{p.value:.1f}", p.source, p.rows] for p in there]
    return table(["set", "metric", "system", "figure", "source", "rows"], rows)


def _thresholds(results: Sequence[VerdictResult]) -> str:
    def cells(samples: Sequence[VerdictSample], result: VerdictResult) -> Iterable[str]:
        for threshold in THRESHOLDS:
            share, right, other, right_other = decided(samples, result.outputs, threshold)
            yield f"{_percent(right)} of {_percent(share)}"
            yield f"{_percent(right_other)} of {_percent(other)}"

    head = [f"{side} from {threshold}" for threshold in THRESHOLDS for side in ("supports", "refutes")]
    return table(["set", *head], [[result.log.data, *cells(result.samples, result)] for result in results])


def _other(task: str, logs: Sequence[Log]) -> str:
    """A row a figure, but for those of single rules."""
    names = dict.fromkeys(name for log in logs for name in log.metrics if not name.startswith(_DETAILS))
    head = ["", *(f"{log.data} (n {log.n})" for log in logs)]
    rows = table(head, [[_words(name), *(_figure(log, name) for log in logs)] for name in names])
    return "\n\n".join(filter(None, [f"## {task.capitalize()}", _NOTES.get(task), rows]))


_NOTES = {"review": REVIEW_NOTE}


def _row(log: Log, columns: Sequence[str]) -> list[str]:
    return [log.data, str(log.n), *(_figure(log, column) for column in columns)]


def _figure(log: Log, name: str) -> str:
    """A share in percent with its interval; a count, a rate, a time or a speed as it is."""
    value = log.metrics.get(name)
    if value is None:
        return "-"
    if "_per_" in name:
        return rate(value, log.intervals.get(name))
    if value > 1 or name.endswith(_COUNTS):
        return f"{value:,.4g}"
    if name not in log.intervals:
        return f"{100 * value:.1f}"
    low, high = log.intervals[name]
    return f"{100 * value:.1f} [{100 * low:.1f}, {100 * high:.1f}]"


def _percent(share: float) -> str:
    return "-" if isnan(share) else f"{100 * share:.0f}"


def _words(name: str) -> str:
    return {"auc": "AUC", "ece": "ECE", "macro_f1": "macro F1", "f1": "F1"}.get(name, name.replace("_", " "))
