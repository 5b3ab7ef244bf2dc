"""A file of labelled pairs becomes samples: a claim, its evidence, and whether the evidence entails it."""

import gzip
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ValidationError

from eval.task import Sample
from service.domain.article import Block, Page, Section
from service.errors import UnreadableFile
from service.ingest.split import split


class Gold(StrEnum):
    """What a person said of a pair. Sets with `not_entail` do not tell the other two apart."""

    ENTAIL = "entail"
    CONTRADICT = "contradict"
    NEUTRAL = "neutral"
    NOT_ENTAIL = "not_entail"


class Row(BaseModel):
    """One line of a file. `sentences` is the premise as its makers cut it, `group` what shares a document."""

    premise: str
    hypothesis: str
    label: Gold
    source: str = ""
    tier: str = ""  # of its licence: only A may train released weights
    group: str | None = None
    sentences: tuple[str, ...] | None = None
    supporting: tuple[tuple[int, ...], ...] = ()  # sets of places in `sentences`, any of which is enough


class VerdictSample(Sample):
    """A claim and its pieces of evidence, each a tuple of sentences, with the gold label."""

    claim: str
    evidence: tuple[tuple[str, ...], ...]
    gold: Gold
    binary: bool  # the set says entail or not, nothing finer
    source: str


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSONL file, gzipped or not. Raises UnreadableFile, naming the line."""
    try:
        content = path.read_bytes()
        lines = (gzip.decompress(content) if path.suffix == ".gz" else content).decode().splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path} cannot be read as JSON lines in UTF-8: {error}") from error
    rows = []
    for number, line in enumerate(lines, start=1):
        try:
            rows.append(Row.model_validate_json(line))
        except ValidationError as error:
            raise UnreadableFile(
                f"{path}, line {number}, is not a row: {error.errors()[0]['msg']}. Each line is a JSON object with "
                "premise, hypothesis and label (entail, contradict, neutral or not_entail)."
            ) from error
    if not rows:
        raise UnreadableFile(f"{path} holds no row.")
    return rows


def as_samples(rows: Sequence[Row]) -> list[VerdictSample]:
    """One sample a row. Rows that share a premise or a claim are of one group, and so on through their kin."""
    binary = any(row.label is Gold.NOT_ENTAIL for row in rows)
    kin = _kin([(f"p{row.premise}", f"h{row.hypothesis}") for row in rows])
    return [
        VerdictSample(
            group=group,
            claim=row.hypothesis,
            evidence=(row.sentences or cut(row.premise),),
            gold=Gold.NOT_ENTAIL if binary and row.label is not Gold.ENTAIL else row.label,
            binary=binary,
            source=row.source,
        )
        for row, group in zip(rows, kin, strict=True)
    ]


def as_grouped_samples(rows: Sequence[Row]) -> list[VerdictSample]:
    """One sample a group: its rows are pieces of evidence for one claim."""
    groups: dict[str, list[VerdictSample]] = defaultdict(list)
    for row, sample in zip(rows, as_samples(rows), strict=True):
        groups[row.group or sample.group].append(sample)
    return [
        members[0].model_copy(update={"evidence": tuple(piece for member in members for piece in member.evidence)})
        for members in groups.values()
    ]


def cut(text: str) -> tuple[str, ...]:
    """The sentences of a text, as the desk cuts an article; a text without words stays whole."""
    page = Page(text=text, blocks=(Block(start=0, end=len(text), section=Section.BODY),), language="en")
    return tuple(sentence.text for sentence in split(page, "eval", 1)) or (text,)


def digest(paths: Iterable[Path]) -> str:
    """The SHA-256 of the files, one after another."""
    total = sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def _kin(keys: Sequence[tuple[str, str]]) -> list[str]:
    """The connected components of rows that have a key in common, each named after one of its keys."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while (above := parent.setdefault(key, key)) != key:
            parent[key] = parent[above]
            key = above
        return key

    for first, second in keys:
        parent[root(first)] = root(second)
    return [sha256(root(first).encode()).hexdigest()[:12] for first, _ in keys]
