"""Claims with gold evidence become a judge's verdicts: how often it is right, how sure, and how quick."""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from eval.judges import BLIND, as_pair, open_judge
from eval.labelled import VerdictSample, as_grouped_samples, as_samples, cut, digest, read_rows
from eval.scorers import VerdictScorer
from eval.task import DataSet, Options, Slice, Solved, Task, thin
from service.check.decompose import decompose
from service.check.windows import plan_readings, pool, pool_parts
from service.domain.verdict import Judgement
from service.errors import UnreadableFile
from service.ports import Judge, Pair

BATCH = 256  # pairs handed to the judge at a time
PLAIN = (
    "vitaminc_heldout40",
    "healthver_test",
    "averitec_dev",
    "anli_r1_test",
    "anli_r2_test",
    "anli_r3_test",
    "mnli_dev_taxinli",
    "infotabs_dev",
)
_NUMBER = re.compile(r"\d[\d.,]*")


def read(options: Options) -> Iterator[DataSet[VerdictSample]]:
    """The one file that `options.data` names, or every set of issue 7. Raises UnreadableFile."""
    if options.data:
        yield read_file(options.data, options.tune, options.limit)
        return
    folder = options.shared / "eval"
    if not folder.is_dir():
        raise UnreadableFile(f"There are no evaluation sets in {folder}. Name a file of your own with --data.")
    for name in PLAIN:
        yield read_file(folder / f"{name}.jsonl.gz", None, options.limit)
    yield _with_dev(folder, "wice_claim_full", as_samples, options.limit)
    yield _with_dev(folder, "wice_claim_oracle", as_grouped_samples, options.limit)
    yield read_summedits(folder / "summedits.jsonl.gz", options.limit)


def read_file(path: Path, tune: Path | None, limit: int | None) -> DataSet[VerdictSample]:
    """A file as one slice, and the rows in which nothing but numbers tells two premises apart as another."""
    samples = as_samples(thin(read_rows(path), limit))
    tuning = as_samples(thin(read_rows(tune), limit)) if tune else []
    rows = tuple(range(len(samples)))
    tuned_on = tuple(range(len(samples), len(samples) + len(tuning)))
    name = path.name.removesuffix(".gz").removesuffix(".jsonl")
    slices = [Slice(name=name, rows=rows, tuned_on=tuned_on)]
    if digits := only_digits_differ(samples):
        slices.append(Slice(name=f"{name}, digits only", rows=digits, tuned_on=tuned_on))
    return DataSet((*samples, *tuning), tuple(slices), digest([path, *([tune] if tune else [])]))


def only_digits_differ(samples: Sequence[VerdictSample]) -> tuple[int, ...]:
    """The rows whose claim is set against two pieces of evidence that are the same but for their numbers."""
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, sample in enumerate(samples):
        alike[sample.claim, _NUMBER.sub("#", str(sample.evidence))].append(row)
    pairs = [rows for rows in alike.values() if len({samples[row].evidence for row in rows}) > 1]
    return tuple(sorted(row for rows in pairs for row in rows))


def _with_dev(
    folder: Path, name: str, make: Callable[..., list[VerdictSample]], limit: int | None
) -> DataSet[VerdictSample]:
    """The test rows, with a threshold from the dev rows."""
    paths = [folder / f"{name}_{part}.jsonl.gz" for part in ("test", "dev")]
    test, dev = (thin(make(read_rows(path)), limit) for path in paths)
    part = Slice(
        name=f"{name}_test", rows=tuple(range(len(test))), tuned_on=tuple(range(len(test), len(test) + len(dev)))
    )
    return DataSet(test + dev, (part,), digest(paths))


def read_summedits(path: Path, limit: int | None) -> DataSet[VerdictSample]:
    """A slice a domain, each with a threshold from the other domains."""
    samples = as_samples(thin(read_rows(path), limit))
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row, sample in enumerate(samples):
        rows_of[sample.source].append(row)
    slices = [
        Slice(name=domain, rows=tuple(rows), tuned_on=tuple(set(range(len(samples))) - set(rows)))
        for domain, rows in sorted(rows_of.items())
    ]
    return DataSet(tuple(samples), tuple(slices), digest([path]))


def solve(samples: Sequence[VerdictSample], options: Options) -> Solved[Judgement]:
    judge = open_judge(options.backend, options.shared)
    compare = options.differences and options.backend not in BLIND
    return judge_samples(samples, judge, compare, options.split)


def judge_samples(
    samples: Sequence[VerdictSample], judge: Judge, compare: bool = True, split: bool = False
) -> Solved[Judgement]:
    """Judges each claim by every reading of its evidence, and pools them.

    `compare` shows the judge the exact differences as well; `split` judges the parts of each claim alone. The
    seconds are the judge's own.
    """
    plans = [_plan(sample, compare, split) for sample in samples]
    pairs = [pair for plan in plans for part in plan for pair in part]
    started = time.perf_counter()
    judged = iter([found for at in range(0, len(pairs), BATCH) for found in judge.judge(pairs[at : at + BATCH])])
    seconds = time.perf_counter() - started
    outputs = tuple(pool_parts([pool([next(judged) for _ in part]) for part in plan]) for plan in plans)
    return Solved(outputs, (judge.id,), len(pairs), seconds)


def _plan(sample: VerdictSample, compare: bool, split: bool) -> list[list[Pair]]:
    """For each part of the claim, the pairs of it and each reading of the evidence.

    A claim of several sentences (a summary) is judged sentence by sentence, for the judge reads one at a time.
    """
    claims = [part.text for part in decompose(sample.claim)] if split else cut(sample.claim)
    return [
        [
            as_pair(claim, reading.text(piece), compare, reading.joined)
            for piece in sample.evidence
            for reading in plan_readings(claim, piece)
        ]
        for claim in claims or (sample.claim,)
    ]


TASK = Task("verdicts", "pairs", read, solve, VerdictScorer())
