"""Counted text becomes service/compare/lists/common_words.txt: words that a capital alone does not make a name.

    python -m eval.export_common_words ../shared/data/train/*.jsonl.gz

A word is common when, after a lower-case word, it is written lower-case at least MIN_COUNT times and at least
as often as capitalised: "while" is, "Blair" is not, and "Bush" is not. Only texts that may train a released
model (tier A) are counted; the list holds words, and no text.
"""

import argparse
import gzip
import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parents[1] / "service" / "compare" / "lists" / "common_words.txt"
MIN_COUNT = 5  # rarer words are as often slips or names as words
_INNER_WORD = re.compile(r"(?<=[a-z,] )[A-Za-z]{2,}(?![A-Za-z])")


def common_words(texts: Iterator[str]) -> list[str]:
    """The common words of the texts, sorted."""
    lower: Counter[str] = Counter()
    capitalised: Counter[str] = Counter()
    for text in texts:
        for word in _INNER_WORD.findall(text):
            (lower if word.islower() else capitalised)[word.lower()] += 1
    return sorted(w for w, n in lower.items() if n >= MIN_COUNT and n >= capitalised[w])


def read_texts(paths: list[Path]) -> Iterator[str]:
    """Each premise and hypothesis of tier A once."""
    seen: set[int] = set()
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                for text in (row["premise"], row["hypothesis"]) if row["tier"] == "A" else ():
                    if hash(text) not in seen:
                        seen.add(hash(text))
                        yield text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    words = common_words(read_texts(parser.parse_args().paths))
    header = "# Made by eval/export_common_words.py.\n"
    TARGET.write_text(header + textwrap.fill(" ".join(words), 110) + "\n", encoding="utf-8")
    print(f"{len(words)} words -> {TARGET.name}")


if __name__ == "__main__":
    main()
