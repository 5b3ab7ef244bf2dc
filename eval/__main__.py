"""`python -m eval TASK`: a task's figures, printed, and written as JSON where asked for."""

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from eval.judges import BACKENDS
from eval.log import Log, write_json
from eval.task import Options, Result, run
from eval.tasks import detection, verdicts
from service.errors import ClaimdeskError

TASKS: dict[str, Callable[[Options], Iterator[Result[Any, Any]]]] = {
    verdicts.TASK.name: partial(run, verdicts.TASK),
    detection.TASK.name: partial(run, detection.TASK),
}


def main() -> None:
    """Runs a task. Exit status 2 when it could not run, with one sentence that says why."""
    arguments = _parse()
    options = Options(
        data=arguments.data,
        tune=arguments.tune,
        backend=arguments.backend,
        limit=arguments.limit,
        differences=not arguments.without_differences,
        **({"shared": arguments.shared} if arguments.shared else {}),
    )
    logs = []
    try:
        for result in TASKS[arguments.task](options):
            logs.append(result.log)
            print(line_of(result.log), flush=True)
            if arguments.json:
                write_json(logs, arguments.json)
    except ClaimdeskError as error:
        print(f"eval: {error} [{error.code}]", file=sys.stderr)
        sys.exit(2)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("--data", type=Path, help="your own rows, JSON lines: premise, hypothesis, label; .gz or not")
    parser.add_argument("--tune", type=Path, help="rows of the same kind, to choose the threshold for --data on")
    parser.add_argument("--backend", choices=BACKENDS, default="local")
    parser.add_argument("--limit", type=_positive, help="at most so many rows of each set, drawn by a fixed seed")
    parser.add_argument("--without-differences", action="store_true", help="show the judge no exact differences")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the logs here")
    parser.add_argument("--shared", type=Path, help="folder of the shared data, beside the checkout by default")
    return parser.parse_args()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive number")
    return number


def line_of(log: Log) -> str:
    """A log on one line of a terminal, each figure with its interval."""
    figures = []
    for name, value in log.metrics.items():
        low_high = "[{:.3f}, {:.3f}]".format(*log.intervals[name]) if name in log.intervals else ""
        figures.append(f"{name} {'undefined' if value is None else f'{value:.3f}'}{low_high}")
    return f"{log.data} (n {log.n}): {'  '.join(figures)}"


if __name__ == "__main__":
    main()
