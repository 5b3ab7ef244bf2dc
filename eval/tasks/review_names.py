"""Real articles, clean and with one seeded slip in a person's name, become the scores of NAM001.

    python -m eval.tasks.review_names ../shared/data

A slip goes into a later mention of a surname that a full name introduced: a wrong vowel, a neighbouring
key, a dropped, doubled or swapped letter. Given names come from a list that the rule does not use.
"""

import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from service.domain.article import Article, Block, Page, Section
from service.domain.finding import Finding
from service.ingest.pipeline import build_article
from service.review.rules.names import find_name_variants

_FULL_NAME = re.compile(r"\b([A-Z][a-z]+) ([A-Z][a-z]{3,})\b")
_HONORIFICS = ("Mr", "Mrs", "Ms", "Dr", "Sir")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


class Slip(NamedTuple):
    """A text with one word misspelt: `text[start : start + len(wrong)] == wrong`, where `right` stood."""

    text: str
    start: int
    wrong: str
    right: str
    edit: str


class Score(NamedTuple):
    """Recall of exactly marked and mended slips, their share of the new findings, and what clean copy raises."""

    slips: int
    recall: float
    precision: float
    recall_by_edit: dict[str, float]
    articles: int
    findings_per_clean_article: float
    cpu_ms_per_1000_words: float


def misspell(word: str, edit: str, rng: random.Random) -> str | None:
    """The word with one slip of the named kind, or None where it cannot take it."""
    i = rng.randrange(len(word))
    if edit == "vowel":
        places = [i for i, c in enumerate(word) if c.lower() in "aeiou"]
        if not places:
            return None
        i = rng.choice(places)
        changed = rng.choice(sorted(set("aeiou") - {word[i].lower()}))
    elif edit == "key":
        row = next(row for row in _ROWS if word[i].lower() in row)
        at = row.index(word[i].lower())
        changed = rng.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2])
    elif edit == "drop":
        changed = ""
    elif edit == "double":
        changed = word[i] + word[i].lower()
    else:
        i = rng.randrange(len(word) - 1)
        slip = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        return None if slip == word else slip.capitalize()
    return (word[:i] + changed + word[i + 1 :]).capitalize()


EDITS = ("vowel", "key", "drop", "double", "swap")


class People(NamedTuple):
    """Given names and surnames, capitalised."""

    given: frozenset[str]
    surnames: frozenset[str]


def seed(text: str, people: People, rng: random.Random) -> Slip | None:
    """The text with a slip in a later mention of a person, or None where no person is mentioned twice.

    A surname behind another capitalised word may be a namesake's, and is left alone.
    """
    given = {
        m.group(2): (m.group(1), m.end())
        for m in reversed(list(_FULL_NAME.finditer(text)))
        if m.group(1) in people.given and m.group(2) in people.surnames
    }
    later = [
        m
        for surname, (first, end) in sorted(given.items())
        for m in re.finditer(rf"(?:\b([A-Z]\w*)\.? )?\b({surname})\b(?!-)", text)
        if m.start() >= end and m.group(1) in (None, first, *_HONORIFICS)
    ]
    if not later:
        return None
    mention, edit = rng.choice(later), rng.choice(EDITS)
    right, start, end = mention.group(2), mention.start(2), mention.end(2)
    wrong = misspell(right, edit, rng)
    if wrong is None or wrong == right:
        return None
    return Slip(text[:start] + wrong + text[end:], start, wrong, right, edit)


def read_article(text: str) -> Article:
    """A plain article: its first line is the headline, every other line a paragraph."""
    lines = [m for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    sections = [Section.HEADLINE] + [Section.BODY] * (len(lines) - 1)
    blocks = tuple(Block(start=m.start(), end=m.end(), section=s) for m, s in zip(lines, sections, strict=True))
    return build_article(Page(text=text, blocks=blocks), "eval")


def is_hit(finding: Finding, slip: Slip) -> bool:
    place = finding.passages[0]
    return (place.start, place.end, finding.suggestion) == (
        slip.start,
        slip.start + len(slip.wrong),
        slip.right,
    )


def evaluate(texts: list[str], people: People) -> Score:
    """Reads each text clean, and again with a slip where it can take one; the seed is fixed."""
    rng = random.Random(20261124)  # noqa: S311 - a repeatable draw, not a secret
    slips, hits, raised = Counter[str](), Counter[str](), 0
    clean_findings, words, seconds = 0, 0, 0.0
    for text in texts:
        article = read_article(text)
        started = time.process_time()
        clean = find_name_variants(article)
        seconds += time.process_time() - started
        words += len(text.split())
        clean_findings += len(clean)
        slip = seed(text, people, rng)
        if slip is None:
            continue
        slips[slip.edit] += 1
        old = {f.message for f in clean}
        found = [f for f in find_name_variants(read_article(slip.text)) if f.message not in old]
        raised += len(found)
        hits[slip.edit] += any(is_hit(f, slip) for f in found)
    return Score(
        slips=slips.total(),
        recall=hits.total() / slips.total(),
        precision=hits.total() / max(1, raised),
        recall_by_edit={edit: round(hits[edit] / slips[edit], 3) for edit in EDITS if slips[edit]},
        articles=len(texts),
        findings_per_clean_article=clean_findings / len(texts),
        cpu_ms_per_1000_words=1e6 * seconds / words,
    )


def read_texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def read_people(folder: Path) -> People:
    """The names of the nickname table, and the surnames of the US census."""
    given = re.findall(r"[a-z]{3,}", (folder / "nicknames.csv").read_text(encoding="utf-8"))
    surnames = re.findall(r"[A-Za-z]{4,}", (folder / "us_census_surnames.txt").read_text(encoding="utf-8"))
    return People(frozenset(w.capitalize() for w in given), frozenset(w.capitalize() for w in surnames))


def main() -> None:
    data = Path(sys.argv[1])
    score = evaluate(list(read_texts(data / "news" / "bbc_dev.jsonl.gz")), read_people(data / "names"))
    print(json.dumps(score._asdict(), indent=2))


if __name__ == "__main__":
    main()
