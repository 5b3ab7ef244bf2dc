"""A template line with slots becomes an error: its passages with facts that agree, and the same with one that does not."""

import random
import re
from datetime import date, timedelta
from pathlib import Path

from eval.seeds.facts import FACTS
from eval.seeds.seed import GAP, Seed, places_for, with_paragraphs
from service.domain.base import Frozen

_FILE = Path(__file__).with_name("templates.txt")
BARS = " || "


class Template(Frozen):
    """A line under a heading of templates.txt; `held_out` where nothing may be tuned on it."""

    code: str
    line: str
    held_out: bool


def read_templates() -> list[Template]:
    templates: list[Template] = []
    code, place = "", 0
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"\[([A-Z]{3}\d{3})\]", line):
            code, place = heading[1], 0
        elif line and not line.startswith("#"):
            templates.append(Template(code=code, line=line, held_out=place % 2 == 1))
            place += 1
    return templates


def from_template(text: str, template: Template, rng: random.Random) -> Seed:
    """The text with the template's passages added as paragraphs of their own, one fact of them wrong."""
    dated = date(2005, 3, 1) + timedelta(days=rng.randrange(300))
    right, wrong = FACTS[template.code](rng, dated)
    before, marked, after = _marked(template.line, rng)
    bad = before.format(**right) + marked.format(**wrong) + after.format(**right)
    good = (before + marked + after).format(**right)
    passages, start = _passages(bad, len(before.format(**right)))
    offsets = places_for(len(passages), text, rng)
    at, inner = start
    start_in_copy = offsets[at] + sum(len(GAP) + len(p) for p in passages[:at]) + len(GAP) + inner
    return Seed(
        code=template.code,
        how="template",
        text=with_paragraphs(text, zip(offsets, passages, strict=True)),
        start=start_in_copy,
        end=start_in_copy + len(marked.format(**wrong)),
        right=marked.format(**right),
        control=with_paragraphs(text, zip(offsets, good.split(BARS), strict=True)),
        dated=dated,
    )


def _marked(line: str, rng: random.Random) -> tuple[str, str, str]:
    """The line before, in and after one of its bracketed slots, drawn where there are several."""
    slots = list(re.finditer(r"\[([^]]*)\]", line))
    slot = rng.choice(slots)
    bare = re.compile(r"[\[\]]")
    return bare.sub("", line[: slot.start()]), slot[1], bare.sub("", line[slot.end() :])


def _passages(line: str, at: int) -> tuple[list[str], tuple[int, int]]:
    """The passages of a filled line, and which of them holds the offset `at`, and where."""
    passages = line.split(BARS)
    index = line[:at].count(BARS)
    return passages, (index, at - sum(len(p) + len(BARS) for p in passages[:index]))
