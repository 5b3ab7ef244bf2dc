"""Saved article pages become a token F1 of the extracted body against the gold body (higher is better)."""

import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Self

import numpy as np

from eval.labelled import digest
from eval.task import DataSet, Options, Sample, Slice, Solved, Task, thin
from service.domain.article import Page, Section
from service.domain.base import Frozen
from service.errors import InputError, UnreadableFile
from service.ingest.extract import decode_html
from service.ingest.html import read_html


class PageSample(Sample):
    """A saved page and the article body that a person marked in it; its group is its name."""

    html: bytes
    url: str
    body: str


class Extracted(Frozen):
    """The body that was found; empty with the error's code where the page could not be read."""

    body: str
    failure: str | None = None


def read(options: Options) -> Iterator[DataSet[PageSample]]:
    """The pages of a folder laid out as scrapinghub's article-extraction-benchmark. Raises UnreadableFile."""
    folder = options.data or options.shared / "html" / "scrapinghub"
    truth = folder / "ground-truth.json"
    if not truth.is_file():
        raise UnreadableFile(f"{folder} holds no ground-truth.json. Name the folder of the pages with --data.")
    gold = json.loads(truth.read_text(encoding="utf-8"))
    samples = thin(
        [
            PageSample(
                group=name,
                html=gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()),
                url=page["url"],
                body=page["articleBody"],
            )
            for name, page in sorted(gold.items())
        ],
        options.limit,
    )
    yield DataSet(samples, (Slice(name=folder.name, rows=tuple(range(len(samples)))),), digest([truth]))


def solve(samples: Sequence[PageSample], _options: Options) -> Solved[Extracted]:
    started = time.perf_counter()
    outputs = tuple(_extract(sample) for sample in samples)
    return Solved(outputs, (), len(samples), time.perf_counter() - started)


def _extract(sample: PageSample) -> Extracted:
    try:
        return Extracted(body=body(read_html(decode_html(sample.html, sample.group), sample.url)))
    except InputError as error:
        return Extracted(body="", failure=error.code)


def body(page: Page) -> str:
    """The gold body holds neither headline, captions nor comments."""
    apart = (Section.HEADLINE, Section.CAPTION, Section.COMMENT)
    return " ".join(page.text[b.start : b.end] for b in page.blocks if b.section not in apart)


def token_f1(found: str, gold: str) -> tuple[float, float, float]:
    """Precision, recall and F1 over the bags of white-space tokens."""
    ours, theirs = Counter(found.split()), Counter(gold.split())
    shared = sum((ours & theirs).values())
    precision = shared / max(ours.total(), 1)
    recall = shared / max(theirs.total(), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


class ExtractionScorer:
    """Means over the pages; a page that could not be read scores 0."""

    choices: dict[str, float] = {}  # noqa: RUF012 - it never chooses anything

    def fit(self, _samples: Sequence[PageSample], _outputs: Sequence[Extracted], /) -> Self:
        return self

    def score(self, samples: Sequence[PageSample], outputs: Sequence[Extracted]) -> dict[str, float]:
        scores = [token_f1(found.body, page.body) for found, page in zip(outputs, samples, strict=True)]
        means = np.mean(scores, axis=0).tolist()
        failed = float(np.mean([found.failure is not None for found in outputs]))
        return dict(zip(("precision", "recall", "f1"), means, strict=True)) | {"failed": failed}


TASK = Task("extraction", "pages", read, solve, ExtractionScorer())
