"""Made-up articles become the record's speed: articles stored a second, and how long each look-up takes.

    python -m eval.bench_record [--articles 1000] [--url URL] [--names FILE ...]

Words and names follow Zipf's law; the names are those in the files, or made up where there are none.
Vectors are random: the record only keeps them. At the end every name is made known to the record, and
`similar_terms` is held against a scan of them all.
"""

import argparse
import random
import string
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from statistics import median, quantiles

import numpy as np
from rapidfuzz.distance import DamerauLevenshtein
from sqlalchemy import select

from service.domain.article import Article, Section, Sentence
from service.ports import Vectors
from service.record import terms
from service.record.articles import SqlRecord, open_record
from service.record.fold import fold
from service.record.tables import TERMS

SENTENCES = 30  # in an article
WORDS = 20  # in a sentence, of which two are names
DIMENSION = 384
QUERIES = 100


def main() -> None:
    arguments = _parse()
    chance = random.Random(7)  # noqa: S311 - a bench, repeatable
    names = _read_names(arguments.names) or [_make_word(chance).capitalize() for _ in range(120_000)]
    chance.shuffle(names)
    zipf_names, words = Zipf(names, chance), Zipf([_make_word(chance) for _ in range(30_000)], chance)
    with tempfile.TemporaryDirectory() as folder:
        record = open_record(arguments.url or f"sqlite:///{folder}/record.sqlite3")
        _bench_add(record, arguments.articles, words, zipf_names)
        _bench_reads(record, words, zipf_names, chance)
        _bench_similar(record, names, chance)
        record.close()


class Zipf:
    """Draws items so that the one at rank r comes 1/r as often as the first."""

    def __init__(self, items: Sequence[str], chance: random.Random) -> None:
        self.items = items
        self._chance = chance
        self._cumulated = list(accumulate(1 / rank for rank in range(1, len(items) + 1)))

    def draw(self, count: int) -> list[str]:
        return self._chance.choices(self.items, cum_weights=self._cumulated, k=count)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--url", help="an empty database; a SQLite file in a temporary folder by default")
    parser.add_argument("--names", type=Path, nargs="*", default=[], help="files of one name a line")
    return parser.parse_args()


def _read_names(files: Iterable[Path]) -> list[str]:
    lines = (line for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return sorted({line.split()[0].capitalize() for line in lines if line[:1].isalpha()})


def _make_word(chance: random.Random) -> str:
    return "".join(chance.choices(string.ascii_lowercase, k=chance.randint(3, 10)))


def _bench_add(record: SqlRecord, articles: int, words: Zipf, names: Zipf) -> None:
    times = []
    for number in range(articles):
        texts = [" ".join(names.draw(2) + words.draw(WORDS - 2)) + "." for _ in range(SENTENCES)]
        article, vectors = make_article(f"a{number}", texts), _make_vectors(SENTENCES, number)
        start = time.perf_counter()
        record.add(article, vectors, "bench")
        times.append(time.perf_counter() - start)
    print(f"{articles} articles of {SENTENCES} sentences: {articles / sum(times):.0f} articles/s")
    _report("  add, first 100", times[:100])
    _report("  add, last 100", times[-100:])


def make_article(article_id: str, texts: Sequence[str]) -> Article:
    sentences, start = [], 0
    for index, text in enumerate(texts):
        end = start + len(text)
        sentences.append(
            Sentence(
                id=f"{article_id}:1:{index}",
                index=index,
                paragraph=index,
                start=start,
                end=end,
                text=text,
                section=Section.BODY,
            )
        )
        start = end + 1
    return Article(
        id=article_id,
        version=1,
        source=article_id,
        content_hash=article_id,
        text=" ".join(texts),
        sentences=tuple(sentences),
    )


def _make_vectors(count: int, seed: int) -> Vectors:
    vectors: Vectors = np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def _bench_reads(record: SqlRecord, words: Zipf, names: Zipf, chance: random.Random) -> None:
    print(f"{record.count()} sentences, {len(_known_words(record))} capitalised words")
    common = [words.draw(6) for _ in range(QUERIES)]
    rare = [[*chance.sample(words.items[100:], 4), *chance.sample(names.items, 2)] for _ in range(QUERIES)]
    _report("  search, six words as frequent as in the text", [_time(record.search, q, 32) for q in common])
    _report("  search, six rarer words, two of them names", [_time(record.search, q, 32) for q in rare])
    ids = record.canaries(32)
    _report("  passages of 32 ids", [_time(record.passages, ids) for _ in range(QUERIES)])
    _report("  vectors of 32 ids", [_time(record.vectors, ids) for _ in range(QUERIES)])
    _report("  canaries, 32", [_time(record.canaries, 32) for _ in range(QUERIES)])
    _report("  count", [_time(record.count) for _ in range(QUERIES)])
    start = time.perf_counter()
    rows = sum(len(ids) for ids, _ in record.all_vectors(1000))
    print(f"  all_vectors in batches of 1,000: {rows / (time.perf_counter() - start):.0f} vectors/s")


def _bench_similar(record: SqlRecord, names: Sequence[str], chance: random.Random) -> None:
    """How long `similar_terms` takes, and how often it finds what a scan finds, by the number of edits."""
    with record.database.writing() as connection:
        terms.add(connection, names)
    known = _known_words(record)
    queries = [_misspell(word, chance) for word in chance.sample(known, QUERIES)]
    print(f"{len(known)} capitalised words")
    _report("  similar_terms", [_time(record.similar_terms, query, 3) for query in queries])
    found: dict[int, list[bool]] = {1: [], 2: []}
    for query in queries:
        similar, reach = set(record.similar_terms(query, 10_000)), 1 if len(query) <= 5 else 2
        for word in known if len(query) > 2 else ():
            distance = DamerauLevenshtein.distance(fold(query), fold(word), score_cutoff=reach)
            if 0 < distance <= reach:
                found[distance].append(word in similar)
    for distance, hits in found.items():
        print(f"  of the words at {distance} edits it finds {sum(hits)} of {len(hits)}")


def _known_words(record: SqlRecord) -> list[str]:
    with record.database.reading() as connection:
        return list(connection.scalars(select(TERMS.c.word).order_by(TERMS.c.word)))


def _misspell(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + chance.choice(string.ascii_lowercase) + word[at + 1 :]


def _time(call: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - start


def _report(name: str, seconds: Sequence[float]) -> None:
    worst = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    print(f"{name}: p50 {median(seconds) * 1000:.1f} ms, p95 {worst * 1000:.1f} ms")


if __name__ == "__main__":
    main()
