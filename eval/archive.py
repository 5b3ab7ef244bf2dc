"""Articles become the archive of a desk that lives as long as a measurement, and samples its answers."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from eval.remote import EVALUATION, Bill, open_remembering
from eval.task import Sample, Solved
from service.desk import Desk
from service.domain.article import Article
from service.domain.report import Answer, Report
from service.run import Run
from service.settings import Settings

S = TypeVar("S", bound=Sample)
O = TypeVar("O", Answer, Report)  # noqa: E741 - an output, beside S


@contextmanager
def open_archive(articles: Iterable[Article], settings: Settings) -> Iterator[Desk]:
    """A desk whose archive they are, in a folder of its own that is removed again."""
    with TemporaryDirectory() as folder:
        own = settings.model_copy(update={"data_dir": Path(folder), "database_url": None, "chroma_url": None})
        with open_remembering(own, settings) as desk:
            for article in articles:
                vectors = desk.embedder.embed([sentence.text for sentence in article.evidence])
                desk.record.add(article, vectors, desk.embedder.id)
            desk.reindex()
            yield desk


def solve_each(samples: Sequence[S], solve: Callable[[S, Run], O], backend: str) -> Solved[O]:
    """The desk's output for each sample, in order; what the llm backend cost is told."""
    remote = backend == "llm"
    bill, run, outputs = Bill(), EVALUATION if remote else Run(), list[O]()
    started = time.perf_counter()
    for sample in samples:
        outputs.append(solve(sample, run))
        bill.add(outputs[-1].usage)
    seconds = time.perf_counter() - started
    if remote:
        bill.show()
    return Solved(tuple(outputs), tuple({output.backend: None for output in outputs}), len(samples), seconds)
