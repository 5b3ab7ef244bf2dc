"""The articles of a JSONL file become copy to seed and articles to review."""

import gzip
import json
import re
from datetime import date
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from service.domain.article import Article, Block, Page, Section
from service.domain.base import Frozen
from service.ingest.blocks import read_dump
from service.ingest.dateline import infer_published
from service.ingest.pipeline import build_article

SAMPLE = Path(__file__).parents[1] / "service" / "sample" / "voa-japan-russia-ukraine.txt"


class Copy(Frozen):
    """One article of the data: its first line is the headline, every other line a paragraph."""

    id: str
    text: str
    published: date | None = None

    @property
    def held_out(self) -> bool:
        return sha256(self.id.encode()).digest()[0] % 2 == 1


def read_copies(path: Path) -> list[Copy]:
    """JSONL of {id, title, text} and, if known, `published`; plain or gzipped."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [json.loads(line) for line in raw.decode().split("\n") if line.strip()]
    return [
        Copy(id=row["id"], text=_with_title(row.get("title"), row["text"]), published=row.get("published"))
        for row in rows
    ]


def _with_title(title: str | None, text: str) -> str:
    return text if not title or text.lstrip().startswith(title) else f"{title}\n\n{text}"


def read_sample() -> Copy:
    """The sample's own copy, without the page around it, dated by its caption."""
    article = build_article(infer_published(read_dump(SAMPLE.read_text(encoding="utf-8"))), "sample")
    paragraphs = (list(of_one) for _, of_one in groupby(article.evidence, key=lambda s: s.paragraph))
    own = "\n\n".join(article.text[of_one[0].start : of_one[-1].end] for of_one in paragraphs)
    return Copy(id="sample", text=own, published=article.published)


def read_article(text: str, dated: date | None = None) -> Article:
    """A plain article: its first line is the headline, every other line a paragraph. Raises ValueError on no line."""
    lines = [m for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    if not lines:
        raise ValueError("The text holds no line. Leave empty articles out of the data.")
    sections = [Section.HEADLINE] + [Section.BODY] * (len(lines) - 1)
    blocks = tuple(Block(start=m.start(), end=m.end(), section=s) for m, s in zip(lines, sections, strict=True))
    return build_article(Page(text=text, blocks=blocks, published=dated), "eval")
