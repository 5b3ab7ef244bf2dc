"""Articles and their vectors become rows of the record, and come back as they were."""

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection, delete, func, select

from service.domain.article import Article, ArticleFilter, ArticlePage, ArticleSummary, ArticleVersion, Sentence
from service.domain.passage import Passage
from service.errors import ArticleNotFound, NotFound
from service.ports import Change, Embedder, Vectors
from service.record.batches import batches
from service.record.canaries import spread
from service.record.connect import LOCK_DEADLINE_S, Database
from service.record.lexical import find
from service.record.listing import list_page, list_versions, summaries
from service.record.migrate import migrate
from service.record.passages import read_passages
from service.record.reembed import reembed
from service.record.store import last_version, store, withdraw
from service.record.tables import ARTICLES, EMBEDDER, OUTBOX, SENTENCES
from service.record.terms import similar
from service.record.vectors import from_bytes

_ARTICLE = [ARTICLES.c[name] for name in Article.model_fields if name != "sentences"]
_SENTENCE = [
    SENTENCES.c.position.label("index"),
    *(SENTENCES.c[name] for name in Sentence.model_fields if name != "index"),
]


def open_record(url: str, lock_deadline_s: float = LOCK_DEADLINE_S, schema: str | None = None) -> "SqlRecord":
    """The record at `sqlite:///PATH`, or at `postgresql://...` in `schema`, its tables brought up to date.

    A SQLite file and a schema are made when they are absent, the file's folder is not. Raises BadSettings for any other
    address, RecordUnavailable and RecordLocked.
    """
    database = Database(url, lock_deadline_s, schema)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return SqlRecord(database)


class SqlRecord:
    """The port `Record` over SQLite or PostgreSQL; safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def add(self, article: Article, vectors: Vectors, embedder_id: str) -> None:
        """Commits a version with its sentences, its audit row and its outbox row in one transaction.

        `vectors` has shape (len(article.evidence), dimension). A version that is stored already is
        left alone when its content is the same, and refused when it is not. Raises RecordLocked when
        another process stored this or a later version first, WrongDimension or OtherEmbedder when the
        stored vectors are another embedder's, InputError for text that the record cannot keep.
        """
        with self.database.writing() as connection:
            store(connection, article, vectors, embedder_id)

    def latest(self, article_id: str) -> Article | None:
        """The newest version, or None when the article is unknown."""
        with self.database.reading() as connection:
            return _read_article(connection, article_id, None)

    def last_version(self, article_id: str) -> int:
        """The number of the last version stored, of a withdrawn article too; 0 when there is none."""
        with self.database.reading() as connection:
            return last_version(connection, article_id)

    def article(self, article_id: str, version: int | None = None) -> Article:
        """A version, by default the newest. Raises ArticleNotFound."""
        with self.database.reading() as connection:
            article = _read_article(connection, article_id, version)
        if article is None:
            raise _not_found(article_id, version)
        return article

    def articles(self) -> list[ArticleSummary]:
        """The newest version of every article, the last stored first."""
        with self.database.reading() as connection:
            return [ArticleSummary(**row._mapping) for row in connection.execute(summaries())]

    def list_articles(self, wanted: ArticleFilter, limit: int, before: int | None = None) -> ArticlePage:
        """One page of those articles that pass the filter; `before` is the `next` of the page before."""
        with self.database.reading() as connection:
            return list_page(connection, wanted, limit, before)

    def versions(self, article_id: str) -> list[ArticleVersion]:
        """Every version that was ever stored, oldest first. Raises ArticleNotFound."""
        with self.database.reading() as connection:
            found = list_versions(connection, article_id)
        if not found:
            raise _not_found(article_id, None)
        return found

    def withdraw(self, article_id: str) -> None:
        """Takes an article out of lists, search and evidence; its versions stay, for what cited them.

        Raises ArticleNotFound when there is none, or it was withdrawn before.
        """
        with self.database.writing() as connection:
            if not withdraw(connection, article_id):
                raise _not_found(article_id, None)

    def passages(self, sentence_ids: Sequence[str]) -> list[Passage]:
        """The passages of those ids, in order; ids that are unknown or of a replaced version are left out."""
        with self.database.reading() as connection:
            return read_passages(connection, sentence_ids)

    def search(self, terms: Sequence[str], limit: int) -> list[str]:
        """Ids of evidence sentences of newest versions that hold any of the terms, best first.

        Stemmed, without case and accents; no word is a stop word here, so leave out those of the query.
        """
        with self.database.reading() as connection:
            return find(connection, terms, limit)

    def similar_terms(self, term: str, limit: int) -> list[str]:
        """Capitalised words known to the record that are spelt nearly like `term`, nearest first.

        At most one edit away up to five letters, two above; `term` itself is left out.
        """
        with self.database.reading() as connection:
            return similar(connection, term, limit)

    def pending(self, limit: int) -> list[Change]:
        """The oldest changes that the index has not confirmed."""
        with self.database.reading() as connection:
            rows = connection.execute(select(OUTBOX).order_by(OUTBOX.c.seq).limit(limit))
            return [Change(**row._mapping) for row in rows]

    def confirm(self, seqs: Sequence[int]) -> None:
        """Drops changes that the index holds from the outbox; unknown ones are no error."""
        with self.database.writing() as connection:
            for batch in batches(seqs):
                connection.execute(delete(OUTBOX).where(OUTBOX.c.seq.in_(batch)))

    def vectors(self, sentence_ids: Sequence[str]) -> Vectors:
        """The stored vectors of those sentences, of any version, in order.

        Shape (len(sentence_ids), dimension); the dimension is 0 while nothing is stored. Raises
        NotFound for an id that is unknown or no evidence.
        """
        with self.database.reading() as connection:
            found: dict[str, bytes] = {}
            for batch in batches(sentence_ids):
                rows = connection.execute(
                    select(SENTENCES.c.id, SENTENCES.c.vector).where(
                        SENTENCES.c.id.in_(batch), SENTENCES.c.vector.is_not(None)
                    )
                )
                found.update((row.id, row.vector) for row in rows)
            missing = [sentence_id for sentence_id in sentence_ids if sentence_id not in found]
            if missing:
                raise NotFound(
                    f"The record holds no vector of sentence {missing[0]!r} ({len(missing)} missing). "
                    "Run `claimdesk reindex`: the index holds what the record does not."
                )
            return from_bytes([found[sentence_id] for sentence_id in sentence_ids], _dimension(connection))

    def all_vectors(self, batch: int) -> Iterator[tuple[list[str], Vectors]]:
        """Every vector of every newest version, in batches of at most `batch`.

        Each batch is a transaction of its own: a slow reader holds nothing up. What is stored
        meanwhile may be left out, and stands in the outbox.
        """
        last = -1
        while True:
            with self.database.reading() as connection:
                rows = connection.execute(
                    select(SENTENCES.c.key, SENTENCES.c.id, SENTENCES.c.vector)
                    .where(SENTENCES.c.searchable, SENTENCES.c.key > last)
                    .order_by(SENTENCES.c.key)
                    .limit(batch)
                ).all()
                vectors = from_bytes([row.vector for row in rows], _dimension(connection))
            if not rows:
                return
            last = rows[-1].key
            yield [row.id for row in rows], vectors

    def count(self) -> int:
        """How many vectors the index must hold: evidence sentences of newest versions."""
        with self.database.reading() as connection:
            return connection.scalar(select(func.count()).where(SENTENCES.c.searchable)) or 0

    def canaries(self, limit: int) -> list[str]:
        """Ids of up to `limit` such sentences, spread over the record: each must find itself in the index.

        The same ones while the record stays the same; the oldest is always among them.
        """
        with self.database.reading() as connection:
            return spread(connection, limit)

    def embedder_id(self) -> str | None:
        """The embedder that made the stored vectors, or None while there are none."""
        with self.database.reading() as connection:
            return connection.scalar(select(EMBEDDER.c.id))

    def reembed(self, embedder: Embedder, progress: Callable[[int, int], None] | None = None) -> int:
        """Replaces every vector by `embedder`'s, and goes on where a killed call stopped; returns how many."""
        return reembed(self.database, embedder, progress)

    def close(self) -> None:
        self.database.close()


def _read_article(connection: Connection, article_id: str, version: int | None) -> Article | None:
    which = ARTICLES.c.newest if version is None else ARTICLES.c.version == version
    row = connection.execute(select(*_ARTICLE, ARTICLES.c.key).where(ARTICLES.c.id == article_id, which)).first()
    if row is None:
        return None
    *values, key = row
    sentences = connection.execute(
        select(*_SENTENCE).where(SENTENCES.c.article_key == key).order_by(SENTENCES.c.position)
    )
    return Article(
        **{column.name: value for column, value in zip(_ARTICLE, values, strict=True)},
        sentences=tuple(Sentence(**sentence._mapping) for sentence in sentences),
    )


def _not_found(article_id: str, version: int | None) -> ArticleNotFound:
    which = f"article {article_id!r}" if version is None else f"version {version} of {article_id!r}"
    return ArticleNotFound(f"The record holds no {which}. `claimdesk articles` lists what it holds.")


def _dimension(connection: Connection) -> int:
    return connection.scalar(select(EMBEDDER.c.dimension)) or 0
