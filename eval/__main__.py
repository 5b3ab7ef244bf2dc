"""`python -m eval TASK`: a task's figures, printed, and written as JSON where asked for."""

import argparse
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.judges import BACKENDS
from eval.log import Log, write_json
from eval.registry import TASKS
from eval.task import SHARED, Options
from service.errors import ClaimdeskError


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a task. Returns the exit status: 2 when it could not run, with one sentence that says why."""
    arguments = _parse(argv)
    options = Options(
        data=arguments.data,
        tune=arguments.tune,
        backend=arguments.backend,
        limit=arguments.limit,
        differences=not arguments.without_differences,
        split=arguments.split,
        shared=arguments.shared,
    )
    results = []
    try:
        for result in TASKS[arguments.task](options):
            results.append(result)
            print(line_of(result.log), flush=True)
            if arguments.json:
                write_json([each.log for each in results], arguments.json)
        if arguments.report:
            from eval.report import write_report  # matplotlib takes a second

            command = shlex.join(["python", "-m", "eval", *(sys.argv[1:] if argv is None else argv)])
            print(write_report(results, arguments.report, command))
    except ClaimdeskError as error:
        print(f"eval: {error} [{error.code}]", file=sys.stderr)
        return 2
    return 0


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("--data", type=Path, help="your own data, in place of the task's; for verdicts JSON lines of "
                        "{premise, hypothesis, label}, gzipped or not")  # fmt: skip
    parser.add_argument("--tune", type=Path, help="rows of the same kind, to choose the threshold for --data on")
    parser.add_argument("--backend", choices=BACKENDS, default="local")
    parser.add_argument("--limit", type=_positive, help="at most so many rows of each set, drawn by a fixed seed")
    parser.add_argument("--without-differences", action="store_true", help="show the judge no exact differences")
    parser.add_argument("--split", action="store_true", help="judge the parts of each claim alone, as check does")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the logs here")
    parser.add_argument("--report", type=Path, metavar="DIR", help="write DIR/evaluation.md, with pictures")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the shared data")
    return parser.parse_args(argv)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive number")
    return int(text)


def line_of(log: Log) -> str:
    """A log on one line of a terminal, each figure with its interval."""
    figures = []
    for name, value in log.metrics.items():
        low_high = "[{:.3f}, {:.3f}]".format(*log.intervals[name]) if name in log.intervals else ""
        figures.append(f"{name} {'undefined' if value is None else f'{value:.3f}'}{low_high}")
    return f"{log.data} (n {log.n}): {'  '.join(figures)}"


if __name__ == "__main__":
    sys.exit(main())
