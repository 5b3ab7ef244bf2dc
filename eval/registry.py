"""The name of a task becomes what runs it."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from eval.judges import BLIND, open_judge
from eval.labelled import digest
from eval.log import Log
from eval.news import SAMPLE, read_copies
from eval.task import Options, Result, run, thin
from eval.tasks import answers, check, detection, evidence, extraction, injection, retrieval, review, tiers, verdicts
from service.backends.local.rules import RulesJudge

Run = Callable[[Options], Iterator[Result[Any, Any]]]


def run_review(options: Options) -> Iterator[Result[Any, Any]]:
    """The review counts over seeds and articles at once, and gives its figures whole; the sample's beside them."""
    path = options.data or review.ARTICLES
    copies = thin(read_copies(path), options.limit)
    yield _review_log(path.name.split(".json")[0], len(copies), path, lambda: review.measure(copies))
    if options.data is None:
        yield _review_log("the sample", 1, SAMPLE, review.measure_sample)


def _review_log(name: str, n: int, path: Path, measure: Callable[[], dict[str, float]]) -> Result[Any, Any]:
    started, clock = datetime.now(UTC), time.perf_counter()
    found = measure()
    ends = {name.rsplit("_", 1)[0] for name in found if name.endswith("_low")}
    log = Log(
        task="review",
        data=name,
        n=n,
        metrics={name: round(value, 4) for name, value in found.items() if not name.endswith(("_low", "_high"))},
        intervals={f"{end}_per_clean_article": (found[f"{end}_low"], found[f"{end}_high"]) for end in ends},
        backend="rules",
        models=(),
        data_sha256=digest([path]),
        started=started.isoformat(timespec="seconds"),
        seconds=round(time.perf_counter() - clock, 1),
    )
    return Result(log, (), ())


def run_all(options: Options) -> Iterator[Result[Any, Any]]:
    """Every task; the verdicts of model and floors too, and of the rules where the backend's judge is another."""
    own = open_judge(options.backend, options.shared).id
    others = [*(["rules"] if own != RulesJudge.id else []), *BLIND]
    for name, task in TASKS.items():
        if task is not run_all:
            yield from task(options)
        if name == "verdicts":
            for backend in others:
                yield from task(options.model_copy(update={"backend": backend}))


TASKS: dict[str, Run] = {
    "verdicts": partial(run, verdicts.TASK),
    "tiers": partial(run, tiers.TASK),
    "evidence": partial(run, evidence.TASK),
    "retrieval": partial(run, retrieval.TASK),
    "answers": partial(run, answers.TASK),
    "check": partial(run, check.TASK),
    "detection": partial(run, detection.TASK),
    "extraction": partial(run, extraction.TASK),
    "review": run_review,
    "injection": injection.run_injection,
    "all": run_all,
}
