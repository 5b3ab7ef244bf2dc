"""Sentences of stored articles, the same with one thing changed, and strangers' become the desk's verdicts.

The articles are halved: one half is the archive. Of each stored article one sentence is checked as it stands, which the
archive supports, and once with a number, name, date, place or word changed, which it should refute. A sentence of the other
half is news to the archive, as a rule: nothing may be said of it.
"""

import random
from collections.abc import Iterator, Sequence
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Self

import numpy as np

from eval.archive import open_archive, solve_each
from eval.judges import settings_of
from eval.labelled import digest
from eval.news import Copy, read_copies
from eval.task import SHARED, DataSet, Options, Sample, Slice, Solved, Task, thin
from eval.train.alter import alter, names_of
from service.domain.article import Article, Section
from service.domain.report import Report
from service.domain.verdict import Label
from service.ingest.blocks import read_dump
from service.ingest.pipeline import build_article

ARTICLES = SHARED / "news" / "bbc_dev.jsonl.gz"
WORDS = range(7, 31)  # of a sentence that is checked


class Kind(StrEnum):
    STORED = "stored"
    ALTERED = "altered"
    STRANGER = "stranger"


class ClaimSample(Sample):
    """A claim, and the id of the stored sentence that it is or was made from."""

    claim: str
    kind: Kind
    sentence_id: str | None


def read(options: Options) -> Iterator[DataSet[ClaimSample]]:
    """Raises UnreadableFile."""
    path = options.data or ARTICLES
    stored, strange = _halves(path, options.limit)
    samples = [sample for article in stored for sample in _own(article, stored)]
    samples += [
        ClaimSample(group=article.id, claim=text, kind=Kind.STRANGER, sentence_id=None)
        for article in strange
        if (text := _sentence(article)[1])
    ]
    name = path.name.split(".json")[0]
    slices = (
        Slice(name=f"{name}, {kind}", rows=tuple(row for row, s in enumerate(samples) if s.kind is kind))
        for kind in Kind
    )
    yield DataSet(tuple(samples), tuple(part for part in slices if part.rows), digest([path]))


def _halves(path: Path, limit: int | None) -> tuple[list[Article], list[Article]]:
    articles = [_article(copy) for copy in thin(read_copies(path), limit)]
    return articles[::2], articles[1::2]


def _article(copy: Copy) -> Article:
    return build_article(read_dump(copy.text), copy.id)


def _own(article: Article, others: Sequence[Article]) -> Iterator[ClaimSample]:
    sentence_id, text = _sentence(article)
    if not text:
        return
    yield ClaimSample(group=article.id, claim=text, kind=Kind.STORED, sentence_id=sentence_id)
    rng = random.Random(article.id)  # noqa: S311
    names = [name for other in rng.sample(others, min(10, len(others))) for name in names_of(other.text)]
    if changed := alter(text, names, rng):
        yield ClaimSample(group=article.id, claim=changed, kind=Kind.ALTERED, sentence_id=sentence_id)


def _sentence(article: Article) -> tuple[str | None, str]:
    """The id and the text of one sentence of its body, always the same; empty where none is of a fit length."""
    fit = [s for s in article.sentences if s.section is Section.BODY and len(s.text.split()) in WORDS]
    if not fit:
        return None, ""
    chosen = fit[int(sha256(article.id.encode()).hexdigest()[:8], 16) % len(fit)]
    return chosen.id, chosen.text


def solve(samples: Sequence[ClaimSample], options: Options) -> Solved[Report]:
    stored, _ = _halves(options.data or ARTICLES, options.limit)
    with open_archive(stored, settings_of(options.backend)) as desk:
        return solve_each(samples, lambda sample, run: desk.check(sample.claim, run=run), options.backend)


class CheckScorer:
    """Shares of the claims: each label, and the verdicts that cite the sentence which the claim is or was made from."""

    choices: dict[str, float] = {}  # noqa: RUF012 - it never chooses anything

    def fit(self, _samples: Sequence[ClaimSample], _outputs: Sequence[Report], /) -> Self:
        return self

    def score(self, samples: Sequence[ClaimSample], outputs: Sequence[Report]) -> dict[str, float]:
        shares = {label.value: float(np.mean([report.label is label for report in outputs])) for label in Label}
        if samples[0].kind is Kind.STRANGER:
            return shares
        cites = [
            any(citation.sentence_id == sample.sentence_id for citation in report.citations)
            for sample, report in zip(samples, outputs, strict=True)
        ]
        return {**shares, "cites_its_sentence": float(np.mean(cites))}


TASK = Task("check", "claims", read, solve, CheckScorer())
