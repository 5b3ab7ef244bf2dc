"""The tasks that `desk` gives to an implementation: embedding, judging, answering, keeping and indexing."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from service.domain.article import Article, ArticleFilter, ArticlePage, ArticleSummary, ArticleVersion
from service.domain.base import Frozen
from service.domain.chat import Turn
from service.domain.claim import AtomicClaim, CheckWorthiness, Difference
from service.domain.passage import Passage
from service.domain.usage import Account
from service.domain.verdict import Judgement

Vectors = NDArray[np.float32]
"""Shape (n, dimension), L2-normalised rows."""


class Embedder(Protocol):
    """Turns texts into vectors whose cosine is their likeness in meaning."""

    @property
    def id(self) -> str:
        """The model and its weights' digest: vectors of different ids must not be compared."""

    @property
    def dimension(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in order; no text gives shape (0, dimension)."""


@runtime_checkable
class PaidEmbedder(Protocol):
    """An `Embedder` that a run pays for."""

    def account(self) -> Account:
        """What the run has paid for so far."""


class Pair(Frozen):
    """A claim with the passage to judge it by, and what the exact tiers found to differ between them.

    `joined` tells that the passage's text is of several sentences, read together: that its words cover the claim's
    says little, as they may be said of different things.
    """

    claim: str
    passage: Passage
    differences: tuple[Difference, ...] = ()
    joined: bool = False


class Judge(Protocol):
    """Says how a passage bears on a claim. It must say neutral where it cannot tell.

    A passage that speaks of the same matter but differs refutes; the differences are settled before, and a
    judge may neither dismiss nor add one.
    """

    @property
    def id(self) -> str: ...

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """One judgement a pair, in order."""


class Detector(Protocol):
    """Finds what is worth checking: facts that are specific and matter, not opinions, questions, predictions or feelings."""

    @property
    def id(self) -> str: ...

    def rate(self, sentences: Sequence[str]) -> list[CheckWorthiness]:
        """One rating a sentence, in order. The sentences are an article's, so that one may lean on the last."""


class DraftSentence(Frozen):
    """One sentence of a drafted answer, with the ids of the passages that it says it rests on."""

    text: str
    sentence_ids: tuple[str, ...]


class Answerer(Protocol):
    """Drafts an answer to a question out of passages; no sentence means that it cannot."""

    @property
    def id(self) -> str: ...

    def draft(self, question: str, passages: Sequence[Passage]) -> list[DraftSentence]: ...


Decompose = Callable[[str], tuple[AtomicClaim, ...]]
"""Cuts a claim into the parts that can be judged alone; at least one, and no word of it is lost."""

Rewrite = Callable[[str, Sequence[Turn]], str]
"""Turns a follow-up into a question that stands alone; one that already does comes back as it is."""


class Backend(Protocol):
    """The tasks that a model does, for one run of a verb."""

    @property
    def id(self) -> str:
        """The models, for the result: everything that could change it."""

    @property
    def judge(self) -> Judge: ...

    @property
    def verifier(self) -> Judge:
        """The judge that drafted sentences must pass: always a local one, so that no model marks its own work."""

    @property
    def answerer(self) -> Answerer: ...

    @property
    def detector(self) -> Detector: ...

    @property
    def decompose(self) -> Decompose: ...

    @property
    def rewrite(self) -> Rewrite: ...

    def account(self) -> Account:
        """What the run has cost so far, and what went wrong."""


class Change(Frozen):
    """One row of the outbox: sentences whose vectors the index must hold, or must no longer hold."""

    seq: int
    upsert: tuple[str, ...]
    delete: tuple[str, ...]


class Record(Protocol):
    """The truth: articles in every version, their sentences and vectors, and the outbox to the index.

    Raises RecordLocked when another process holds the data past the deadline, RecordUnavailable when
    the database cannot be reached.
    """

    def add(self, article: Article, vectors: Vectors, embedder_id: str) -> None:
        """Commits a version with its sentences, its audit row and its outbox row in one transaction.

        `vectors` has one row for each of `article.evidence`, in order; it is kept as float16.
        """

    def latest(self, article_id: str) -> Article | None:
        """The newest version, or None when the article is unknown."""

    def last_version(self, article_id: str) -> int:
        """The number of the last version stored, of a withdrawn article too; 0 when there is none."""

    def article(self, article_id: str, version: int | None = None) -> Article:
        """A version, by default the newest. Raises ArticleNotFound."""

    def articles(self) -> list[ArticleSummary]:
        """The newest version of every article, newest first."""

    def list_articles(self, wanted: ArticleFilter, limit: int, before: int | None = None) -> ArticlePage:
        """One page of those articles that pass the filter; `before` is the `next` of the page before."""

    def versions(self, article_id: str) -> list[ArticleVersion]:
        """Every version that was ever stored, oldest first. Raises ArticleNotFound."""

    def withdraw(self, article_id: str) -> None:
        """Takes an article out of lists, search and evidence; its versions stay, for what cited them.

        Raises ArticleNotFound when there is none, or it was withdrawn before.
        """

    def passages(self, sentence_ids: Sequence[str]) -> list[Passage]:
        """The passages of those ids, in order; ids that are unknown or of a replaced version are left out."""

    def search(self, terms: Sequence[str], limit: int) -> list[str]:
        """Ids of evidence sentences of newest versions that hold any of the terms, best first."""

    def similar_terms(self, term: str, limit: int) -> list[str]:
        """Capitalised words known to the record that are spelt nearly like `term`, nearest first."""

    def pending(self, limit: int) -> list[Change]:
        """The oldest changes that the index has not confirmed."""

    def confirm(self, seqs: Sequence[int]) -> None:
        """Marks changes as held by the index."""

    def vectors(self, sentence_ids: Sequence[str]) -> Vectors:
        """The stored vectors of those sentences, in order."""

    def all_vectors(self, batch: int) -> Iterator[tuple[list[str], Vectors]]:
        """Every vector of every newest version, in batches of at most `batch`."""

    def count(self) -> int:
        """How many vectors the index must hold: evidence sentences of newest versions."""

    def canaries(self, limit: int) -> list[str]:
        """Ids of up to `limit` such sentences, spread over the record: each must find itself in the index."""

    def embedder_id(self) -> str | None:
        """The embedder that made the stored vectors, or None while there are none."""

    def reembed(self, embedder: Embedder, progress: Callable[[int, int], None] | None = None) -> int:
        """Replaces every vector by `embedder`'s, and the embedder's id with them; returns how many.

        The old ones serve until all are computed. A call that was cut off goes on from there when it is
        made again. `progress` gets the vectors computed so far and their number. The index is not told.
        """

    def close(self) -> None: ...


class Hit(Frozen):
    """A sentence near a query vector; `similarity` is the cosine."""

    sentence_id: str
    similarity: float


class Index(Protocol):
    """A vector index over evidence sentences: a cache that can always be rebuilt from the record.

    Every method raises IndexUnavailable when the index does not answer before its deadline.
    """

    def upsert(self, sentence_ids: Sequence[str], vectors: Vectors) -> None:
        """Idempotent; any number of rows."""

    def delete(self, sentence_ids: Sequence[str]) -> None:
        """Idempotent; unknown ids are no error."""

    def query(self, vector: NDArray[np.float32], limit: int) -> list[Hit]:
        """The nearest sentences, nearest first."""

    def count(self) -> int: ...

    def reset(self) -> None:
        """Starts again, empty; a folder that cannot be opened is set aside, not deleted."""

    def close(self) -> None: ...
