"""Real pages become the figures of reading them in a child: its start, and what it adds to each page.

python -m eval.bench_sandbox FOLDER...
"""

import sys
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from service.domain.article import Page
from service.errors import InputError
from service.ingest.document import Document
from service.ingest.extract import extract
from service.ingest.fetch import fetch
from service.ingest.read import read
from service.ingest.sandbox import Sandbox

MOST_BYTES = 50_000_000


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    found = read(
        sys.argv[1:], stdin=None, max_bytes=MOST_BYTES, fetch=partial(fetch, timeout_s=20, max_bytes=MOST_BYTES)
    )
    documents = [document for document in found if isinstance(document, Document)]
    sandbox = Sandbox()
    print(f"first page, with the start of the child: {timed(sandbox.extract, documents[0]):.2f} s")
    timed(extract, documents[0])  # imports
    # In turn, so that what else the machine does weighs on both.
    pairs = np.array([(timed(extract, document), timed(sandbox.extract, document)) for document in documents])
    for what, seconds in zip(("here", "in the child"), pairs.T, strict=True):
        median, worst = np.median(seconds) * 1000, seconds.max() * 1000
        print(f"{what}: {len(seconds)} pages, median {median:.1f} ms, worst {worst:.0f} ms, all {seconds.sum():.1f} s")
    sandbox.close()


def timed(read_page: Callable[[Document], Page], document: Document) -> float:
    """Seconds; a page that cannot be read takes its time as well."""
    began = time.perf_counter()
    try:
        read_page(document)
    except InputError as error:
        print(f"{document.source}: {error.code}")
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
