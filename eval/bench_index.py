"""A folder and made-up vectors become the figures of the vector index: start, writes, queries, rebuild.

    python -m eval.bench_index [--rows 10000] [--dimension 384]

The vectors are made up (topics with noise), since no figure here depends on what a sentence says.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from service.domain.article import Article, Section, Sentence
from service.index.chroma import BATCH, ChromaIndex, open_index
from service.index.server import ChromaServer
from service.ports import Vectors
from service.record.articles import open_record
from service.retrieve.indexing import probe, rebuild

REPEATS = 5
QUERIES = 1000
PROBES = 100
SENTENCES = 30  # in one article

FIRST_ANSWER = """
import sys, time
from pathlib import Path
from service.index.chroma import open_index
began = time.perf_counter()
index = open_index(Path(sys.argv[1]), None)
index.count()
print(time.perf_counter() - began)
index.close()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--dimension", type=int, default=384)
    arguments = parser.parse_args()
    vectors = make_vectors(arguments.rows, arguments.dimension)
    with tempfile.TemporaryDirectory() as folder:
        index = open_index(Path(folder), None)
        try:
            index.count()
            bench_writes(index, vectors)
            bench_queries(index, vectors)
            index.close()
            bench_starts(Path(folder))
            bench_rebuild(index, Path(folder), vectors)
        finally:
            index.close()


def make_vectors(rows: int, dimension: int) -> Vectors:
    """Shape (rows, dimension): 200 topics, each sentence as far from its topic as the topic is long."""
    random = np.random.default_rng(0)
    topics = random.normal(size=(200, dimension))
    vectors = topics[random.integers(200, size=rows)] + random.normal(size=(rows, dimension))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def bench_writes(index: ChromaIndex, vectors: Vectors) -> None:
    ids = [f"s{i}" for i in range(len(vectors))]
    for what in ("new", "rewritten"):
        times = [
            timed(partial(index.upsert, ids[at : at + BATCH], vectors[at : at + BATCH]))
            for at in range(0, len(vectors), BATCH)
        ]
        rate = len(vectors) / sum(times)
        print(f"{what} vectors: {rate:.0f} a second, slowest batch of {BATCH} {max(times):.2f} s")


def bench_queries(index: ChromaIndex, vectors: Vectors) -> None:
    random = np.random.default_rng(1)
    wanted = vectors[random.integers(len(vectors), size=QUERIES)] + random.normal(
        scale=0.03, size=(QUERIES, vectors.shape[1])
    )
    queries = np.asarray(wanted / np.linalg.norm(wanted, axis=1, keepdims=True), dtype=np.float32)
    times, found = [], 0
    for query in queries:
        began = time.perf_counter()
        hits = index.query(query, 10)
        times.append(time.perf_counter() - began)
        best = {f"s{i}" for i in np.argsort(-(vectors @ query))[:10]}
        found += len(best & {hit.sentence_id for hit in hits})
    p50, p95, worst = (np.quantile(times, q) * 1000 for q in (0.5, 0.95, 1.0))
    print(f"queries: p50 {p50:.1f} ms, p95 {p95:.1f} ms, worst {worst:.0f} ms; recall@10 {found / QUERIES / 10:.3f}")
    lost = sum(f"s{i}" not in {hit.sentence_id for hit in index.query(vectors[i], 10)} for i in range(len(vectors)))
    print(f"sentences that do not find themselves: {lost} of {len(vectors)}")


def bench_starts(folder: Path) -> None:
    """Over a filled folder: the server alone, and a new process to its first answer."""
    server = ChromaServer(folder)
    starts = []
    for _ in range(REPEATS):
        starts.append(timed(server.url))
        server.stop()
        server = ChromaServer(folder)  # a new one: the old one's starts count against its limit
    print(f"server start: {spread(starts)}")
    print(f"open to first answer in a new process: {spread([first_answer(folder) for _ in range(REPEATS)])}")
    imports = [timed(partial(run_python, "import chromadb")) for _ in range(REPEATS)]
    print(f"a process that only imports chromadb: {spread(imports)}")


def first_answer(folder: Path) -> float:
    """Seconds from open_index to the first answer, without the start of Python."""
    return float(run_python(FIRST_ANSWER, str(folder)))


def run_python(script: str, *arguments: str) -> str:
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603  our own words


def bench_rebuild(index: ChromaIndex, folder: Path, vectors: Vectors) -> None:
    record = open_record(f"sqlite:///{folder / 'record.sqlite3'}")
    for start in range(0, len(vectors), SENTENCES):
        rows = vectors[start : start + SENTENCES]
        record.add(make_article(f"a{start}", len(rows)), rows, "bench")
    print(f"rebuild of {len(vectors)} vectors: {timed(lambda: rebuild(record, index)):.1f} s")
    probes = [timed(lambda: probe(record, index)) for _ in range(PROBES)]
    print(f"probe: {spread(probes)}; the last says: {probe(record, index).reason}")
    record.close()


def make_article(article_id: str, sentences: int) -> Article:
    words = [f"Sentence {i} of article {article_id}." for i in range(sentences)]
    starts = np.cumsum([0, *(len(word) + 1 for word in words)])
    return Article(
        id=article_id,
        version=1,
        source=article_id,
        content_hash=article_id,
        text=" ".join(words),
        sentences=tuple(
            Sentence(
                id=f"{article_id}.{i}",
                index=i,
                paragraph=0,
                start=int(starts[i]),
                end=int(starts[i]) + len(word),
                text=word,
                section=Section.BODY,
            )
            for i, word in enumerate(words)
        ),
    )


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def spread(seconds: list[float]) -> str:
    return f"median {np.median(seconds):.3f} s, worst {max(seconds):.3f} s of {len(seconds)}"


if __name__ == "__main__":
    main()
