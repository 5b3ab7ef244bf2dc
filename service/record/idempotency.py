"""A request's Idempotency-Key becomes a row that holds its answer for a day."""

from sqlalchemy import delete, insert, select, update

from service.domain.idempotency import KeptResponse
from service.errors import RequestInProgress, RequestMismatch
from service.record.connect import Database
from service.record.desk_tables import IDEMPOTENCY
from service.record.moments import text_in

KEPT_S = 24 * 3600
ABANDONED_S = 15 * 60
"""A request that has not ended after this long died with its server: the next one may try again."""


class SqlIdempotency:
    """The port `Idempotency`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, key_id: str, key: str, route: str, body_hash: str) -> KeptResponse | None:
        """The kept answer; None says: go on, and call `keep` or `forget`.

        Raises RequestMismatch when the key was used for another request, RequestInProgress while the first runs.
        """
        old = IDEMPOTENCY.c.begun < text_in(-KEPT_S)
        abandoned = IDEMPOTENCY.c.status.is_(None) & (IDEMPOTENCY.c.begun < text_in(-ABANDONED_S))
        ours = (IDEMPOTENCY.c.key_id == key_id) & (IDEMPOTENCY.c.key == key)
        with self._database.writing() as connection:
            connection.execute(delete(IDEMPOTENCY).where(old | abandoned))
            row = connection.execute(select(IDEMPOTENCY).where(ours)).first()
            if row is None:
                values = {"key_id": key_id, "key": key, "route": route, "body_hash": body_hash, "begun": text_in(0)}
                connection.execute(insert(IDEMPOTENCY).values(values))
                return None
        if (row.route, row.body_hash) != (route, body_hash):
            raise RequestMismatch(
                "This Idempotency-Key was used for another request within the last day. Use a new key for a new request."
            )
        if row.status is None:
            raise RequestInProgress("The first request with this Idempotency-Key still runs. Ask again in a moment.")
        return KeptResponse(status=row.status, media_type=row.media_type, body=row.body)

    def keep(self, key_id: str, key: str, response: KeptResponse) -> None:
        ours = (IDEMPOTENCY.c.key_id == key_id) & (IDEMPOTENCY.c.key == key)
        with self._database.writing() as connection:
            connection.execute(update(IDEMPOTENCY).where(ours).values(response.model_dump()))

    def forget(self, key_id: str, key: str) -> None:
        """Lets the request be tried again: it failed before it did anything."""
        ours = (IDEMPOTENCY.c.key_id == key_id) & (IDEMPOTENCY.c.key == key)
        with self._database.writing() as connection:
            connection.execute(delete(IDEMPOTENCY).where(ours))
