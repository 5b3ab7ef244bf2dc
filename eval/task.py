"""A task reads samples, has them answered and scores the answers; running it gives a log for each slice of them."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isnan
from pathlib import Path
from typing import Generic, Protocol, Self, TypeVar

import numpy as np

from eval.log import Log
from eval.metrics import SEED, Rows, bootstrap
from service.domain.base import Frozen

SHARED = Path(__file__).parents[2] / "shared" / "data"


class Options(Frozen):
    """What the command line asks for."""

    data: Path | None = None  # in place of the task's own sets
    tune: Path | None = None  # rows that a threshold for `data` may be chosen on
    backend: str = "local"
    limit: int | None = None  # rows of each set, drawn by a fixed seed
    differences: bool = True  # show the judge what the exact tiers found to differ; it costs 5 ms a pair
    split: bool = False  # judge the parts of each claim alone
    shared: Path = SHARED


class Sample(Frozen):
    """One thing to answer. Samples of one `group` share a document, and are not independent of each other."""

    group: str


S = TypeVar("S", bound=Sample)
O = TypeVar("O")  # noqa: E741 - an output, beside S
T = TypeVar("T")
S_in = TypeVar("S_in", bound=Sample, contravariant=True)
O_in = TypeVar("O_in", contravariant=True)


class Slice(Frozen):
    """The rows of a data set that one log speaks of; what it must choose is chosen on `tuned_on` alone."""

    name: str
    rows: tuple[int, ...]
    tuned_on: tuple[int, ...] = ()


@dataclass(frozen=True)
class DataSet(Generic[S]):
    """Samples in order, the slices to report, and the SHA-256 of what they were read from."""

    samples: tuple[S, ...]
    slices: tuple[Slice, ...]
    sha256: str


@dataclass(frozen=True)
class Solved(Generic[O]):
    """An output a sample, in order; how many calls that took of what answers, and its seconds by the clock."""

    outputs: tuple[O, ...]
    models: tuple[str, ...]
    calls: int
    seconds: float


class Scorer(Protocol[S_in, O_in]):
    """Turns samples and their outputs into figures."""

    def fit(self, samples: Sequence[S_in], outputs: Sequence[O_in], /) -> Self:
        """The scorer with what it must choose chosen on these rows; there may be none."""

    @property
    def choices(self) -> dict[str, float]: ...

    def score(self, samples: Sequence[S_in], outputs: Sequence[O_in]) -> dict[str, float]:
        """At least one sample; a figure that is undefined on these is nan."""


@dataclass(frozen=True)
class Task(Generic[S, O]):
    """`read` gives the data sets one by one, `solve` answers one, `scorer` scores each of its slices."""

    name: str
    unit: str  # what is counted for speed
    read: Callable[[Options], Iterator[DataSet[S]]]
    solve: Callable[[Sequence[S], Options], Solved[O]]
    scorer: Scorer[S, O]


@dataclass(frozen=True)
class Result(Generic[S, O]):
    """A log, with the rows behind it for whoever draws them."""

    log: Log
    samples: tuple[S, ...]
    outputs: tuple[O, ...]


def run(task: Task[S, O], options: Options) -> Iterator[Result[S, O]]:
    """A result a slice, as soon as its data set is done."""
    for data in task.read(options):
        started, clock = datetime.now(UTC), time.perf_counter()
        solved = task.solve(data.samples, options)
        speed = {f"{task.unit}_per_second": solved.calls / solved.seconds} if solved.seconds else {}
        seconds = time.perf_counter() - clock
        for part in data.slices:
            scorer = task.scorer.fit(*_rows(data, solved, part.tuned_on))
            samples, outputs = _rows(data, solved, part.rows)
            log = Log(
                task=task.name,
                data=part.name,
                n=len(samples),
                metrics=_defined(scorer.score(samples, outputs) | speed),
                intervals=_intervals(scorer, samples, outputs),
                choices=scorer.choices,
                backend=options.backend,
                models=solved.models,
                data_sha256=data.sha256,
                started=started.isoformat(timespec="seconds"),
                seconds=round(seconds, 1),
            )
            yield Result(log, samples, outputs)


def thin(rows: Sequence[T], limit: int | None) -> tuple[T, ...]:
    """At most `limit` rows, drawn by a fixed seed: sets go round their labels, so every n-th row would not do."""
    if limit is None or limit >= len(rows):
        return tuple(rows)
    chosen = np.random.default_rng(SEED).choice(len(rows), limit, replace=False)
    return tuple(rows[row] for row in sorted(chosen.tolist()))


def _rows(data: DataSet[S], solved: Solved[O], rows: Sequence[int]) -> tuple[tuple[S, ...], tuple[O, ...]]:
    return tuple(data.samples[i] for i in rows), tuple(solved.outputs[i] for i in rows)


def _intervals(scorer: Scorer[S, O], samples: Sequence[S], outputs: Sequence[O]) -> dict[str, tuple[float, float]]:
    def measure(rows: Rows) -> dict[str, float]:
        return scorer.score([samples[i] for i in rows.tolist()], [outputs[i] for i in rows.tolist()])

    found = bootstrap([sample.group for sample in samples], measure)
    return {name: (round(low, 4), round(high, 4)) for name, (low, high) in found.items()}


def _defined(figures: dict[str, float]) -> dict[str, float | None]:
    return {name: None if isnan(value) else round(value, 4) for name, value in figures.items()}
