"""The port `Record` in plain Python: articles become what the SQL record would answer, kept in memory."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import DamerauLevenshtein

from service.domain.article import Article, ArticleFilter, ArticlePage, ArticleSummary, ArticleVersion, Sentence
from service.domain.passage import Passage
from service.errors import ArticleNotFound, NotFound
from service.ports import Change, Embedder, Vectors


class MemoryRecord:
    """Holds everything that was added; a change leaves the outbox when it is confirmed."""

    def __init__(self) -> None:
        self._versions: dict[str, list[Article]] = {}  # by article id, oldest first
        self._vectors: dict[str, NDArray[np.float16]] = {}  # by sentence id, of every version
        self._outbox: dict[int, Change] = {}
        self._seq = 0
        self._embedder_id: str | None = None

    def add(self, article: Article, vectors: Vectors, embedder_id: str) -> None:
        versions = self._versions.setdefault(article.id, [])
        if any(stored.version == article.version for stored in versions):
            return
        replaced = tuple(s.id for s in versions[-1].evidence) if versions else ()
        added = tuple(s.id for s in article.evidence)
        self._vectors.update(zip(added, vectors.astype(np.float16), strict=True))
        versions.append(article)
        self._embedder_id = embedder_id
        self._seq += 1
        self._outbox[self._seq] = Change(
            seq=self._seq, upsert=added, delete=tuple(old for old in replaced if old not in added)
        )

    def latest(self, article_id: str) -> Article | None:
        return self._versions[article_id][-1] if article_id in self._versions else None

    def last_version(self, article_id: str) -> int:
        versions = self._versions.get(article_id)
        return versions[-1].version if versions else 0

    def article(self, article_id: str, version: int | None = None) -> Article:
        for article in reversed(self._versions.get(article_id, [])):
            if version in (None, article.version):
                return article
        raise ArticleNotFound(f"No article {article_id!r}, version {version or 'any'}. List them first.")

    def articles(self) -> list[ArticleSummary]:
        return [
            ArticleSummary(
                id=article.id,
                version=article.version,
                source=article.source,
                title=article.title,
                url=article.url,
                published=article.published,
                sentences=len(article.sentences),
            )
            for article in reversed(self._newest())
        ]

    def list_articles(self, wanted: ArticleFilter, limit: int, before: int | None = None) -> ArticlePage:
        raise NotImplementedError("no test of a flow lists articles by filter")

    def versions(self, article_id: str) -> list[ArticleVersion]:
        raise NotImplementedError("no test of a flow lists versions")

    def withdraw(self, article_id: str) -> None:
        raise NotImplementedError("no test of a flow withdraws an article")

    def passages(self, sentence_ids: Sequence[str]) -> list[Passage]:
        places = {s.id: (article, s) for article in self._newest() for s in article.sentences}
        return [_passage(*places[sentence_id]) for sentence_id in sentence_ids if sentence_id in places]

    def search(self, terms: Sequence[str], limit: int) -> list[str]:
        wanted = {term.casefold() for term in terms}
        overlap = {s.id: len(wanted & {word.casefold() for word in _words(s.text)}) for s in self._evidence()}
        ranked = sorted(overlap, key=lambda sentence_id: -overlap[sentence_id])
        return [sentence_id for sentence_id in ranked if overlap[sentence_id]][:limit]

    def similar_terms(self, term: str, limit: int) -> list[str]:
        """Words at most two letters away, as the nearest come first."""
        words = {word for s in self._evidence() for word in _words(s.text) if word[0].isupper()}
        distance = {word: DamerauLevenshtein.distance(term.casefold(), word.casefold()) for word in words}
        return sorted((w for w in words if 0 < distance[w] <= 2), key=lambda w: (distance[w], w))[:limit]

    def pending(self, limit: int) -> list[Change]:
        return list(self._outbox.values())[:limit]

    def confirm(self, seqs: Sequence[int]) -> None:
        for seq in seqs:
            self._outbox.pop(seq, None)

    def vectors(self, sentence_ids: Sequence[str]) -> Vectors:
        missing = [sentence_id for sentence_id in sentence_ids if sentence_id not in self._vectors]
        if missing:
            raise NotFound(f"The record holds no vector of sentence {missing[0]!r}.")
        rows = [self._vectors[sentence_id].astype(np.float32) for sentence_id in sentence_ids]
        if not rows:
            dimension = len(next(iter(self._vectors.values()), ()))
            return np.zeros((0, dimension), dtype=np.float32)
        vectors = np.stack(rows)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def all_vectors(self, batch: int) -> Iterator[tuple[list[str], Vectors]]:
        ids = [s.id for s in self._evidence()]
        for start in range(0, len(ids), batch):
            yield ids[start : start + batch], self.vectors(ids[start : start + batch])

    def count(self) -> int:
        return len(self._evidence())

    def canaries(self, limit: int) -> list[str]:
        ids = [s.id for s in self._evidence()]
        return ids[:: max(1, -(-len(ids) // limit))]

    def embedder_id(self) -> str | None:
        return self._embedder_id

    def reembed(self, embedder: Embedder, progress: Callable[[int, int], None] | None = None) -> int:
        if self._embedder_id in (None, embedder.id):
            return 0
        texts = {s.id: s.text for versions in self._versions.values() for a in versions for s in a.evidence}
        self._vectors = dict(zip(texts, embedder.embed(list(texts.values())).astype(np.float16), strict=True))
        self._embedder_id = embedder.id
        if progress:
            progress(len(texts), len(texts))
        return len(texts)

    def close(self) -> None:
        """Nothing is open."""

    def _newest(self) -> list[Article]:
        return [versions[-1] for versions in self._versions.values()]

    def _evidence(self) -> list[Sentence]:
        return [sentence for article in self._newest() for sentence in article.evidence]


def _passage(article: Article, sentence: Sentence) -> Passage:
    start, end = sentence.start, sentence.end
    for other in article.sentences:
        gap = article.text[min(end, other.end) : max(start, other.start)]
        beside = abs(other.index - sentence.index) == 1 and other.section == sentence.section
        if beside and not gap.strip():
            start, end = min(start, other.start), max(end, other.end)
    return Passage(
        sentence_id=sentence.id,
        article_id=article.id,
        version=article.version,
        index=sentence.index,
        start=sentence.start,
        end=sentence.end,
        text=sentence.text,
        section=sentence.section,
        window=article.text[start:end],
        window_start=start,
        title=article.title,
        url=article.url,
        published=article.published,
        published_inferred=article.published_inferred,
    )


def _words(text: str) -> list[str]:
    return [word for word in (part.strip(".,;:!?\"'()“”‘’") for part in text.split()) if word]
