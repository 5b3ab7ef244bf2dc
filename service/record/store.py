"""One version of an article becomes rows: its text, sentences, vectors, words, outbox and audit entry."""

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from service.domain.article import Article
from service.errors import InputError, OtherEmbedder, RecordLocked, WrongDimension
from service.ports import Vectors
from service.record import audit, lexical, terms
from service.record.tables import ARTICLES, EMBEDDER, OUTBOX, SENTENCES
from service.record.vectors import to_bytes


def store(connection: Connection, article: Article, vectors: Vectors, embedder_id: str) -> None:
    """Stores a version, within a transaction of `Database.writing`; see `SqlRecord.add`."""
    if len(vectors) != len(article.evidence):
        raise ValueError(f"{len(vectors)} vectors for {len(article.evidence)} evidence sentences")
    _require_storable(article)
    # A withdrawn article has versions, yet none that is the newest.
    if article.version <= last_version(connection, article.id):
        _require_same(connection, article)
        return
    newest = _newest(connection, article.id)
    _settle_embedder(connection, vectors, embedder_id)
    replaced = _retire(connection, newest.key) if newest is not None else []
    key = _insert_article(connection, article)
    _insert_sentences(connection, article, key, vectors)
    lexical.index(connection, key)
    terms.add(connection, [sentence.text for sentence in article.evidence])
    changed = {"upsert": [sentence.id for sentence in article.evidence], "delete": replaced}
    connection.execute(insert(OUTBOX).values(changed))
    audit.append(
        connection,
        "article.stored",
        article.id,
        {
            "version": article.version,
            "replaces": newest.version if newest is not None else None,
            "source": article.source,
            "content_hash": article.content_hash,
            "sentences": len(article.sentences),
            "vectors": len(vectors),
            "embedder": embedder_id,
        },
    )


def withdraw(connection: Connection, article_id: str) -> bool:
    """Takes the newest version out of the search, within a transaction of `Database.writing`.

    Its rows stay: a verdict that cited it still opens the words that it cited. False when there is none.
    """
    newest = _newest(connection, article_id)
    if newest is None:
        return False
    replaced = _retire(connection, newest.key)
    connection.execute(insert(OUTBOX).values(upsert=[], delete=replaced))
    audit.append(connection, "article.withdrawn", article_id, {"version": newest.version})
    return True


def last_version(connection: Connection, article_id: str) -> int:
    """The number of the last version that was stored, withdrawn or not; 0 when there is none."""
    return connection.scalar(select(func.max(ARTICLES.c.version)).where(ARTICLES.c.id == article_id)) or 0


def _newest(connection: Connection, article_id: str) -> Row[int, int] | None:
    return connection.execute(
        select(ARTICLES.c.key, ARTICLES.c.version).where(ARTICLES.c.id == article_id, ARTICLES.c.newest)
    ).first()


def _require_storable(article: Article) -> None:
    texts = (article.text, article.source, article.title, article.byline, article.site, article.url)
    if any(text and "\0" in text for text in texts):
        raise InputError(
            f"{article.source!r} holds a NUL character, which PostgreSQL cannot keep. "
            "Save the source as clean text and try again."
        )


def _require_same(connection: Connection, article: Article) -> None:
    """Lets a second writer of the same content pass: what it wanted stored is stored."""
    stored = connection.scalar(
        select(ARTICLES.c.content_hash).where(ARTICLES.c.id == article.id, ARTICLES.c.version == article.version)
    )
    if stored != article.content_hash:
        raise RecordLocked(
            f"Another process stored version {article.version} of article {article.id!r} first, with other "
            "content. Ingest the source again: it becomes the next version."
        )


def _settle_embedder(connection: Connection, vectors: Vectors, embedder_id: str) -> None:
    """Keeps vectors of two embedders out of one record: their cosines mean nothing."""
    if not len(vectors):
        return
    dimension = vectors.shape[1]
    stored = connection.execute(select(EMBEDDER)).first()
    if stored is None:
        connection.execute(insert(EMBEDDER).values(id=embedder_id, dimension=dimension))
    elif stored.dimension != dimension:
        raise WrongDimension(
            f"The record's vectors have {stored.dimension} numbers ({stored.id}), those of {embedder_id} "
            f"have {dimension}. Go back to that embedder, or run `claimdesk reindex --embed`."
        )
    elif stored.id != embedder_id:
        raise OtherEmbedder(
            f"The record's vectors were made by {stored.id}, not by {embedder_id}. "
            "Go back to that embedder, or run `claimdesk reindex --embed`."
        )


def _retire(connection: Connection, article_key: int) -> list[str]:
    """Takes the version that was the newest out of the search; returns the ids that it was found by."""
    is_retired = (SENTENCES.c.article_key == article_key) & SENTENCES.c.searchable
    rows = connection.execute(
        select(SENTENCES.c.id, SENTENCES.c.text).where(is_retired).order_by(SENTENCES.c.position)
    ).all()
    lexical.unindex(connection, article_key)
    terms.remove(connection, [row.text for row in rows])
    connection.execute(update(SENTENCES).where(is_retired).values(searchable=False))
    connection.execute(update(ARTICLES).where(ARTICLES.c.key == article_key).values(newest=False))
    return [row.id for row in rows]


def _insert_article(connection: Connection, article: Article) -> int:
    key = (connection.scalar(select(func.max(ARTICLES.c.key))) or 0) + 1
    connection.execute(
        insert(ARTICLES).values(
            key=key,
            newest=True,
            sentence_count=len(article.sentences),
            **article.model_dump(exclude={"sentences"}),
        )
    )
    return key


def _insert_sentences(connection: Connection, article: Article, article_key: int, vectors: Vectors) -> None:
    evidence = [sentence.id for sentence in article.evidence]
    stored = dict(zip(evidence, to_bytes(vectors), strict=True))
    first = (connection.scalar(select(func.max(SENTENCES.c.key))) or 0) + 1
    rows = [
        {
            **sentence.model_dump(mode="json", exclude={"index"}),
            "key": key,
            "article_key": article_key,
            "position": sentence.index,
            "searchable": sentence.is_evidence,
            "vector": stored.get(sentence.id),
        }
        for key, sentence in enumerate(article.sentences, start=first)
    ]
    if not rows:
        return
    try:
        connection.execute(insert(SENTENCES), rows)
    except IntegrityError as error:
        raise ValueError(f"a sentence id or position of article {article.id!r} is not unique") from error
