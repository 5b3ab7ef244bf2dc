"""Fact-checks become rows with the vector of their claim, and a claim's vector finds those that are near."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, func, insert, select

from service.domain.fact_check import FactCheck, Imported, StoredFactCheck
from service.errors import BadSettings, InputError
from service.ports import Vectors
from service.record import audit
from service.record.batches import batches
from service.record.connect import Database
from service.record.desk_tables import FACT_CHECKS
from service.record.moments import now, to_text
from service.record.newest import newest_rows
from service.record.vectors import from_bytes, to_bytes


class SqlFactChecks:
    """The port `FactChecks`. Vectors are compared one by one: a desk has thousands of fact-checks, not millions."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._newest_seq = 0
        self._vectors: Vectors | None = None
        self._seqs: tuple[int, ...] = ()

    def add(self, fact_checks: Sequence[FactCheck], vectors: Vectors, embedder_id: str, source: str) -> Imported:
        """Stores those that are new. Raises BadSettings when the stored vectors are another embedder's."""
        unique = {check.id: (check, vector) for check, vector in zip(fact_checks, to_bytes(vectors), strict=True)}
        if any("\0" in check.model_dump_json() or "\\u0000" in check.model_dump_json() for check in fact_checks):
            raise InputError("A fact-check holds a NUL character, which PostgreSQL cannot keep. Leave it out.")
        with self._database.writing() as connection:
            _require_embedder(connection, embedder_id)
            known: set[str] = set()
            for batch in batches(list(unique)):
                known.update(connection.scalars(select(FACT_CHECKS.c.id).where(FACT_CHECKS.c.id.in_(batch))))
            moment = to_text(now())
            rows = [
                {
                    "id": check_id,
                    "value": check.model_dump_json(),
                    "source": source,
                    "imported": moment,
                    "embedder": embedder_id,
                    "vector": vector,
                }
                for check_id, (check, vector) in unique.items()
                if check_id not in known
            ]
            if rows:
                connection.execute(insert(FACT_CHECKS), rows)
                audit.append(connection, "fact_checks.imported", source, {"added": len(rows), "known": len(known)})
        return Imported(added=len(rows), known=len(fact_checks) - len(rows))

    def fact_checks(self, *, before: int | None = None, limit: int = 50) -> list[StoredFactCheck]:
        with self._database.reading() as connection:
            return [_stored(row) for row in connection.execute(newest_rows(FACT_CHECKS, before, limit))]

    def near(
        self, vector: Vectors, embedder_id: str, limit: int, at_least: float
    ) -> list[tuple[StoredFactCheck, float]]:
        """Those whose claim is near `vector` (shape (1, dimension)), nearest first, with the cosine."""
        with self._database.reading() as connection:
            _require_embedder(connection, embedder_id)
            seqs, vectors = self._read_vectors(connection)
            if not seqs:
                return []
            cosines = vectors @ vector[0]
            order = np.argsort(-cosines, kind="stable")[:limit]
            wanted = {seqs[at]: float(cosines[at]) for at in order if cosines[at] >= at_least}
            rows = connection.execute(select(FACT_CHECKS).where(FACT_CHECKS.c.seq.in_(wanted)))
            found = [(_stored(row), min(1.0, wanted[row.seq])) for row in rows]
        return sorted(found, key=lambda pair: (-pair[1], pair[0].seq))

    def _read_vectors(self, connection: Connection) -> tuple[tuple[int, ...], Vectors]:
        """Every vector, kept between calls until there are new rows: rows are never changed."""
        newest = connection.scalar(select(func.max(FACT_CHECKS.c.seq))) or 0
        seqs, vectors = self._seqs, self._vectors
        if vectors is None or newest != self._newest_seq:
            rows = connection.execute(select(FACT_CHECKS.c.seq, FACT_CHECKS.c.vector).order_by(FACT_CHECKS.c.seq)).all()
            dimension = len(rows[0].vector) // 2 if rows else 0
            seqs, vectors = tuple(row.seq for row in rows), from_bytes([row.vector for row in rows], dimension)
            self._newest_seq, self._seqs, self._vectors = newest, seqs, vectors
        return seqs, vectors


def _require_embedder(connection: Connection, embedder_id: str) -> None:
    stored = connection.scalar(select(FACT_CHECKS.c.embedder).limit(1))
    if stored not in (None, embedder_id):
        raise BadSettings(
            f"The fact-checks' vectors were made by {stored}, not by {embedder_id}. Go back to that embedder, "
            "or import the fact-checks into a new record."
        )


def _stored(row: Row[Any]) -> StoredFactCheck:
    check = FactCheck.model_validate_json(row.value)
    return StoredFactCheck(**check.model_dump(), seq=row.seq, source=row.source, imported=row.imported)
