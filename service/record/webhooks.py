"""Webhooks and the messages to them become rows, each message until it is delivered or given up."""

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from service.domain.webhook import Delivery, DeliveryState, Event, NewWebhook, Webhook
from service.errors import InputError, WebhookNotFound
from service.record import audit, deliveries
from service.record.connect import Database
from service.record.desk_tables import DELIVERIES, WEBHOOKS
from service.record.moments import now, text_in, to_text
from service.record.newest import newest_rows

_SHOWN = [WEBHOOKS.c[name] for name in Webhook.model_fields]


class SqlWebhooks:
    """The port `Webhooks`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def subscribe(self, url: str, events: Sequence[Event], created_by: str) -> NewWebhook:
        """A new webhook with its secret. Raises InputError without an http(s) address or an event."""
        if not url.startswith(("http://", "https://")) or not events:
            raise InputError("A webhook needs an http(s) address and at least one event.")
        # 32 random bytes, written as Standard Webhooks writes them: its libraries take the secret as it is.
        secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
        values = {
            "id": f"hook_{secrets.token_hex(6)}",
            "url": url,
            "events": sorted({event.value for event in events}),
            "created": to_text(now()),
            "created_by": created_by,
        }
        with self._database.writing() as connection:
            seq = connection.execute(insert(WEBHOOKS).values(secret=secret, **values).returning(WEBHOOKS.c.seq))
            webhook = Webhook.model_validate({"seq": seq.scalar_one(), **values})
            audit.append(connection, "webhook.subscribed", webhook.id, {"url": url, "by": created_by})
        return NewWebhook(webhook=webhook, secret=secret)

    def unsubscribe(self, webhook_id: str) -> None:
        """Its messages stay in the list; those that wait are given up. Raises WebhookNotFound."""
        with self._database.writing() as connection:
            if not connection.execute(delete(WEBHOOKS).where(WEBHOOKS.c.id == webhook_id)).rowcount:
                raise _no_webhook(webhook_id)
            waiting = (DELIVERIES.c.webhook_id == webhook_id) & (DELIVERIES.c.state == DeliveryState.WAITING.value)
            given_up = {"state": DeliveryState.FAILED.value, "next_attempt": None, "last_error": "unsubscribed"}
            connection.execute(update(DELIVERIES).where(waiting).values(given_up))
            audit.append(connection, "webhook.unsubscribed", webhook_id, {})

    def webhooks(self) -> list[Webhook]:
        with self._database.reading() as connection:
            rows = connection.execute(select(*_SHOWN).order_by(WEBHOOKS.c.seq.desc()))
            return [Webhook.model_validate(dict(row._mapping)) for row in rows]

    def secret(self, webhook_id: str) -> str:
        """What its messages are signed with. Raises WebhookNotFound."""
        with self._database.reading() as connection:
            secret: str | None = connection.scalar(select(WEBHOOKS.c.secret).where(WEBHOOKS.c.id == webhook_id))
        if secret is None:
            raise _no_webhook(webhook_id)
        return secret

    def publish(self, event: Event, data: str) -> int:
        """Queues a message with `data` (a JSON object) to each webhook that wants the event; returns how many."""
        with self._database.writing() as connection:
            return deliveries.enqueue(connection, event, data)

    def take_due(self, limit: int, lease_s: float) -> list[Delivery]:
        """Messages whose attempt is due; nobody else gets them until `lease_s` have passed without an answer."""
        waiting = (DELIVERIES.c.state == DeliveryState.WAITING.value) & (DELIVERIES.c.next_attempt <= to_text(now()))
        query = select(DELIVERIES).where(waiting).order_by(DELIVERIES.c.next_attempt, DELIVERIES.c.seq).limit(limit)
        with self._database.writing() as connection:
            found = [_delivery(row) for row in connection.execute(query)]
            if found:
                taken = DELIVERIES.c.id.in_([delivery.id for delivery in found])
                connection.execute(update(DELIVERIES).where(taken).values(next_attempt=text_in(lease_s)))
        return found

    def attempted(self, delivery_id: str, *, status: int | None, error: str | None, retry_at: datetime | None) -> None:
        """Books an attempt: delivered when there is no error, else to be tried at `retry_at`, or failed for good."""
        moment = to_text(now())
        values: dict[str, object] = {"attempts": DELIVERIES.c.attempts + 1, "last_status": status, "last_error": error}
        if error is None:
            values |= {"state": DeliveryState.DELIVERED.value, "delivered": moment, "next_attempt": None}
        elif retry_at is None:
            values |= {"state": DeliveryState.FAILED.value, "next_attempt": None}
        else:
            values["next_attempt"] = to_text(retry_at)
        with self._database.writing() as connection:
            connection.execute(update(DELIVERIES).where(DELIVERIES.c.id == delivery_id).values(values))

    def deliveries(
        self, *, state: DeliveryState | None = None, before: int | None = None, limit: int = 50
    ) -> list[Delivery]:
        with self._database.reading() as connection:
            return [_delivery(row) for row in connection.execute(newest_rows(DELIVERIES, before, limit, state=state))]

    def replay(self, delivery_id: str) -> Delivery:
        """Sends a message again, whatever became of it. Raises WebhookNotFound."""
        again = {"state": DeliveryState.WAITING.value, "attempts": 0, "next_attempt": to_text(now())}
        with self._database.writing() as connection:
            stored = _require(connection, delivery_id)
            if connection.scalar(select(WEBHOOKS.c.id).where(WEBHOOKS.c.id == stored.webhook_id)) is None:
                raise _no_webhook(stored.webhook_id)
            connection.execute(update(DELIVERIES).where(DELIVERIES.c.id == delivery_id).values(again))
            return _require(connection, delivery_id)

    def prune(self, before: datetime) -> int:
        """Deletes messages made before then that were delivered or given up; returns how many."""
        old = (DELIVERIES.c.state != DeliveryState.WAITING.value) & (DELIVERIES.c.created < to_text(before))
        with self._database.writing() as connection:
            return connection.execute(delete(DELIVERIES).where(old)).rowcount


def _require(connection: Connection, delivery_id: str) -> Delivery:
    row = connection.execute(select(DELIVERIES).where(DELIVERIES.c.id == delivery_id)).first()
    if row is None:
        raise WebhookNotFound(f"There is no message {delivery_id!r}. List the deliveries to see their ids.")
    return _delivery(row)


def _no_webhook(webhook_id: str) -> WebhookNotFound:
    return WebhookNotFound(f"There is no webhook {webhook_id!r}. List the webhooks to see their ids.")


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery.model_validate(dict(row._mapping))
