"""Every stored vector becomes one of another embedder: computed aside, batch by batch, then swapped in at once."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Row, delete, func, insert, literal, select, update

from service.errors import WrongDimension
from service.ports import Embedder
from service.record import audit
from service.record.connect import Database
from service.record.tables import EMBEDDER, SENTENCES, STAGED_VECTORS
from service.record.vectors import STORED_BYTES, to_bytes

BATCH = 256
"""Sentences between two commits: about a second of the local embedder's work is all that a kill can cost."""

_HAS_VECTOR = SENTENCES.c.vector.is_not(None)  # evidence, of replaced versions too


def reembed(database: Database, embedder: Embedder, progress: Callable[[int, int], None] | None = None) -> int:
    """Replaces every vector by `embedder`'s, and the embedder's id with them; returns how many were replaced.

    Until the one transaction that swaps, the record is searched and added to as before. Whatever ends this
    before, what was computed is kept and the next call goes on from there. `progress` gets the vectors
    computed so far and their number. Nothing is done when the vectors are this embedder's already.
    Raises WrongDimension where the new vectors are not all as long.
    """
    with database.writing() as connection:
        connection.execute(delete(STAGED_VECTORS).where(STAGED_VECTORS.c.embedder != embedder.id))
        if len(_dimensions(connection)) > 1:  # what a server's other model left under the same name
            connection.execute(delete(STAGED_VECTORS))
        if connection.scalar(select(EMBEDDER.c.id)) in (None, embedder.id):
            return 0
    while True:
        _stage(database, embedder, progress)
        with database.writing() as connection:
            if not _missing(connection, embedder.id, 1):  # else an article was stored meanwhile
                return _swap(connection, embedder)


def _stage(database: Database, embedder: Embedder, progress: Callable[[int, int], None] | None) -> None:
    last = -1
    with database.reading() as connection:
        total = connection.scalar(select(func.count()).where(_HAS_VECTOR)) or 0
        done = connection.scalar(select(func.count()).select_from(STAGED_VECTORS)) or 0
    while True:
        with database.reading() as connection:
            rows = _missing(connection, embedder.id, BATCH, last)
        if not rows:
            return
        last = rows[-1].key
        vectors = to_bytes(embedder.embed([row.text for row in rows]))
        with database.writing() as connection:
            keys = [row.key for row in rows]
            # Another process may be doing the same work: the vectors are the same.
            connection.execute(delete(STAGED_VECTORS).where(STAGED_VECTORS.c.sentence_key.in_(keys)))
            connection.execute(
                insert(STAGED_VECTORS),
                [
                    {"sentence_key": key, "embedder": embedder.id, "vector": vector}
                    for key, vector in zip(keys, vectors, strict=True)
                ],
            )
        done += len(rows)
        if progress:
            progress(done, max(done, total))


def _missing(connection: Connection, embedder_id: str, limit: int, after: int = -1) -> Sequence[Row[int, str]]:
    """The first sentences past the key `after` whose new vector is still to be computed."""
    staged = select(literal(1)).where(
        STAGED_VECTORS.c.sentence_key == SENTENCES.c.key, STAGED_VECTORS.c.embedder == embedder_id
    )
    return connection.execute(
        select(SENTENCES.c.key, SENTENCES.c.text)
        .where(_HAS_VECTOR, SENTENCES.c.key > after, ~staged.exists())
        .order_by(SENTENCES.c.key)
        .limit(limit)
    ).all()


def _dimensions(connection: Connection) -> Sequence[int]:
    """How many numbers the computed vectors have: one length, or the embedder has changed on the way."""
    return connection.scalars(select(func.length(STAGED_VECTORS.c.vector) // STORED_BYTES).distinct()).all()


def _swap(connection: Connection, embedder: Embedder) -> int:
    dimension, *others = _dimensions(connection)
    if others:
        raise WrongDimension(
            f"The embedder {embedder.id} has changed on the way: its vectors are not all as long. "
            "Run `claimdesk reindex --embed` again: it begins anew."
        )
    before = connection.scalar(select(EMBEDDER.c.id))
    vector = select(STAGED_VECTORS.c.vector).where(STAGED_VECTORS.c.sentence_key == SENTENCES.c.key)
    replaced = connection.execute(update(SENTENCES).where(_HAS_VECTOR).values(vector=vector.scalar_subquery())).rowcount
    connection.execute(update(EMBEDDER).values(id=embedder.id, dimension=dimension))
    connection.execute(delete(STAGED_VECTORS))
    audit.append(connection, "vectors.replaced", embedder.id, {"replaces": before, "vectors": replaced})
    return replaced
