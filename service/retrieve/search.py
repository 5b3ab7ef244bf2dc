"""A query becomes passages: dense and lexical hits, fused by reciprocal rank, near-duplicates merged."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from service.compare.words import content_words, words
from service.domain.base import Frozen
from service.domain.passage import Passage
from service.domain.usage import Problem
from service.errors import BudgetExceeded, IndexUnavailable, LlmUnavailable, OtherEmbedder, UpstreamFailed
from service.ports import Embedder, Index, Record, Vectors
from service.retrieve.guard import IndexGuard

RANK_DAMPING = 60  # the constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009)
OVERFETCH = 4  # hits fetched per passage wanted: dates and duplicates are filtered after the search
SPELLINGS = 3  # known words tried for a capitalised word that the record does not know


class Scope(Frozen):
    """Which passages a search may return."""

    as_of: date | None = None  # nothing published after this day
    without_articles: frozenset[str] = frozenset()  # never these: an article must not be its own witness

    def admits(self, passage: Passage) -> bool:
        if passage.article_id in self.without_articles:
            return False
        return self.as_of is None or passage.published is None or passage.published <= self.as_of


WORDS_ONLY = Problem(
    code=IndexUnavailable.code, message="The vector index does not answer; only words were searched. Ask again later."
)


class Found(Frozen):
    """The passages for a query, best first; `degraded`, for those reasons, when the dense search had no part in it."""

    passages: tuple[Passage, ...]
    degraded: bool
    problems: tuple[Problem, ...] = ()


class Searcher:
    """Searches the record's words and the index's vectors; with `llm_only` no remote embedder may be done without."""

    def __init__(
        self, record: Record, index: Index, embedder: Embedder, guard: IndexGuard, *, llm_only: bool = False
    ) -> None:
        self._record = record
        self._index = index
        self._embedder = embedder
        self._guard = guard
        self._llm_only = llm_only

    def find(self, query: str, limit: int = 8, scope: Scope | None = None) -> Found:
        """At most `limit` passages, each with its cosine to the query in `similarity` where the query has a vector.

        Raises OtherEmbedder when the stored vectors are not this embedder's.
        """
        scope = scope or Scope()
        self._require_same_embedder()
        vector, problem = self._embed(query)
        wanted = limit * OVERFETCH
        rankings = [self._record.search(self._terms(query), wanted)]
        near = None if vector is None else self._nearest(vector, wanted)
        if near is not None:
            rankings.append(near)
        elif problem is None:
            problem = WORDS_ONLY
        scores = fuse(rankings)
        ranked = sorted(scores, key=lambda sentence_id: (-scores[sentence_id], sentence_id))
        passages = [
            p.model_copy(update={"score": scores[p.sentence_id]})
            for p in self._record.passages(ranked)
            if scope.admits(p)
        ]
        if vector is not None and passages:
            passages = self._with_similarity(passages, vector)
        return Found(
            passages=tuple(merge_duplicates(passages)[:limit]),
            degraded=problem is not None,
            problems=(problem,) if problem else (),
        )

    def _embed(self, query: str) -> tuple[Vectors | None, Problem | None]:
        """The query's vector, or why a remote model gave none."""
        try:
            return self._embedder.embed([query])[0], None
        except (LlmUnavailable, UpstreamFailed, BudgetExceeded) as error:
            if self._llm_only:
                raise
            return None, Problem(code=error.code, message=f"{error} Only words were searched.")

    def _nearest(self, vector: Vectors, wanted: int) -> list[str] | None:
        """The ids of the nearest sentences; None where the index does not answer."""
        if not self._guard.ready():
            return None
        try:
            return [hit.sentence_id for hit in self._index.query(vector, wanted)]
        except IndexUnavailable:
            return None

    def _with_similarity(self, passages: Sequence[Passage], vector: Vectors) -> list[Passage]:
        similarity = np.clip(self._record.vectors([p.sentence_id for p in passages]) @ vector, -1.0, 1.0)
        return [
            p.model_copy(update={"similarity": float(cosine)}) for p, cosine in zip(passages, similarity, strict=True)
        ]

    def _require_same_embedder(self) -> None:
        stored = self._record.embedder_id()
        if stored not in (None, self._embedder.id):
            raise OtherEmbedder(
                f"The record's vectors were made by {stored}, and this desk embeds by {self._embedder.id}: their "
                "cosines mean nothing. Go back to that embedder, or run `claimdesk reindex --embed`."
            )

    def _terms(self, query: str) -> list[str]:
        """The query's content words, and near spellings of its names that the record does know."""
        terms: dict[str, None] = {}
        for word in content_words(query):
            terms[word.text] = None
            if word.text[:1].isupper():
                terms.update(dict.fromkeys(self._record.similar_terms(word.text, SPELLINGS)))
        return list(terms)


def fuse(rankings: Iterable[Sequence[str]]) -> dict[str, float]:
    """Reciprocal rank fusion: the sum over rankings of 1 / (60 + rank), rank from 1."""
    scores: dict[str, float] = defaultdict(float)
    for ranking in rankings:
        for rank, sentence_id in enumerate(ranking, start=1):
            scores[sentence_id] += 1 / (RANK_DAMPING + rank)
    return dict(scores)


def merge_duplicates(passages: Sequence[Passage]) -> list[Passage]:
    """Keeps the first of passages that say the same, and lists the others' ids in its `duplicates`.

    The same is the same words in the same order, whatever their case and punctuation: one word more can be a
    "not", and one number less the whole point.
    """
    kept: dict[tuple[str, ...], Passage] = {}
    for passage in passages:
        key = tuple(word.text.casefold() for word in words(passage.text))
        twin = kept.setdefault(key, passage)
        if twin is not passage:
            kept[key] = twin.model_copy(update={"duplicates": (*twin.duplicates, passage.sentence_id)})
    return list(kept.values())
