"""Saved article pages become a token F1 of the extracted body against the gold body (higher is better).

python -m eval.tasks.extraction ../shared/data/html/scrapinghub
"""

import argparse
import gzip
import json
import time
from collections import Counter
from pathlib import Path

from service.domain.article import Page, Section
from service.errors import InputError
from service.ingest.extract import decode_html
from service.ingest.html import read_html


def token_f1(found: str, gold: str) -> tuple[float, float, float]:
    """Precision, recall and F1 over the bags of white-space tokens."""
    ours, theirs = Counter(found.split()), Counter(gold.split())
    shared = sum((ours & theirs).values())
    precision = shared / max(ours.total(), 1)
    recall = shared / max(theirs.total(), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def body(page: Page) -> str:
    """The gold body holds neither headline, captions nor comments."""
    apart = (Section.HEADLINE, Section.CAPTION, Section.COMMENT)
    return " ".join(page.text[b.start : b.end] for b in page.blocks if b.section not in apart)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    gold = json.loads((folder / "ground-truth.json").read_text())
    scores, failed, spent = [], [], 0.0
    for name, truth in sorted(gold.items()):
        content = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        start = time.perf_counter()
        try:
            found = body(read_html(decode_html(content, name), truth["url"]))
        except InputError as error:
            failed.append(f"{name[:12]}: {error.code}")
            found = ""
        spent += time.perf_counter() - start
        scores.append(token_f1(found, truth["articleBody"]))
    precision, recall, f1 = (sum(column) / len(scores) for column in zip(*scores, strict=True))
    print(
        f"pages {len(scores)}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  "
        f"{1000 * spent / len(scores):.0f} ms a page  failed {failed}"
    )


if __name__ == "__main__":
    main()
