"""WordNet 3.0's files become the small lexicon of irregular forms and related words in service/compare/.

    python -m eval.export_lexicon FOLDER    # FOLDER holds data.verb, index.verb, cntlist.rev, verb.exc, ...

Debian's package wordnet-base carries that folder as usr/share/wordnet. Two words are related when they
share a synset that is a common sense of both, or when one is derived from the other ("evict", "eviction").
"""

import argparse
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import snowballstemmer

_PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
_PLAIN = re.compile(r"[A-Za-z][a-z]+")
_DERIVED = {"+", "\\"}  # WordNet's signs for "derived from" and "pertains to": Japanese, Japan
# Rarer senses relate words that no news reader would: "meet" and "suffer" share the tenth sense of one.
MAX_SENSE = 3
_stemmer = snowballstemmer.stemmer("english")
TARGET = Path(__file__).parents[1] / "service" / "compare" / "lexicon"


def stem(word: str) -> str:
    """The bare stem: service.compare.words.stem already knows the irregular forms that are made here."""
    return str(_stemmer.stemWord(word.lower()))


class _Synset(NamedTuple):
    part: str
    offset: int
    lemmas: list[str]
    derived: list[tuple[str, int, int, int]]  # part, offset, word here, word there (from 1)


def _synsets(folder: Path) -> Iterator[_Synset]:
    for name, part in _PARTS.items():
        for line in (folder / f"data.{name}").read_text("latin-1").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split("|")[0].split()
            count = int(fields[3], 16)
            lemmas = [re.sub(r"\(\w+\)$", "", fields[4 + 2 * i]) for i in range(count)]
            at = 4 + 2 * count
            derived = [
                (p, int(o), int(w[:2], 16), int(w[2:], 16))
                for s, o, p, w in (fields[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(fields[at])))
                if s in _DERIVED
            ]
            yield _Synset(part, int(fields[0]), lemmas, derived)


def _sense_ranks(folder: Path) -> dict[tuple[str, str, int], int]:
    """(part, lemma, synset) -> the rank of that sense among the lemma's senses, from 1."""
    ranks = {}
    for name, part in _PARTS.items():
        for line in (folder / f"index.{name}").read_text("latin-1").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split()
            offsets = fields[-int(fields[2]) :]
            for rank, offset in enumerate(offsets, start=1):
                ranks[part, fields[0], int(offset)] = rank
    return ranks


def _related(folder: Path) -> dict[str, set[str]]:
    ranks = _sense_ranks(folder)
    synsets = {(s.part, s.offset): s for s in _synsets(folder)}
    related: dict[str, set[str]] = defaultdict(set)

    def relate(one: str, other: str) -> None:
        if _PLAIN.fullmatch(one) and _PLAIN.fullmatch(other) and stem(one) != stem(other):
            related[stem(one)].add(stem(other))
            related[stem(other)].add(stem(one))

    for synset in synsets.values():
        common = [x for x in synset.lemmas if ranks.get((synset.part, x.lower(), synset.offset), 99) <= MAX_SENSE]
        for i, one in enumerate(common):
            for other in common[i + 1 :]:
                relate(one, other)
        for part, offset, here, there in synset.derived:
            if here and there:
                target = synsets["a" if part == "s" else part, offset]
                relate(synset.lemmas[here - 1], target.lemmas[there - 1])
    return related


def _irregular(folder: Path) -> dict[str, str]:
    forms: dict[str, str] = {}
    for name in ("verb", "noun", "adj"):  # a verb's form wins: "met", "rose", "left"
        for line in (folder / f"{name}.exc").read_text("latin-1").splitlines():
            form, base, *_ = line.split()
            if _PLAIN.fullmatch(form) and _PLAIN.fullmatch(base) and stem(form) != stem(base):
                forms.setdefault(form, base)
    return forms


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    lines = [f"{form}\t{base}" for form, base in sorted(_irregular(folder).items())]
    lines += [f"{word}\t{' '.join(sorted(others))}" for word, others in sorted(_related(folder).items())]
    split = len(_irregular(folder))
    for name, part in (("irregular.tsv.gz", lines[:split]), ("related.tsv.gz", lines[split:])):
        with gzip.GzipFile(TARGET / name, "wb", mtime=0) as file:  # mtime 0: the same bytes every time
            file.write(("\n".join(part) + "\n").encode())
        print(f"{name}: {len(part)} entries, {(TARGET / name).stat().st_size} bytes")


if __name__ == "__main__":
    main()
