"""An event becomes a message to every webhook that wants it, in the transaction of what happened."""

import json
import secrets

from sqlalchemy import Connection, insert, select

from service.domain.webhook import DeliveryState, Event
from service.record.desk_tables import DELIVERIES, WEBHOOKS
from service.record.moments import now, to_text


def enqueue(connection: Connection, event: Event, data: str) -> int:
    """Queues a message with `data`, a JSON object, to each webhook that wants the event; returns how many.

    Part of the caller's transaction: the message is there if and only if what it tells of happened.
    """
    wanting = [row.id for row in connection.execute(select(WEBHOOKS.c.id, WEBHOOKS.c.events)) if event in row.events]
    if not wanting:
        return 0
    moment = to_text(now())
    body = json.dumps({"type": event.value, "timestamp": moment, "data": json.loads(data)}, ensure_ascii=False)
    rows = [
        {
            "id": f"msg_{secrets.token_hex(12)}",
            "webhook_id": webhook_id,
            "event": event.value,
            "body": body,
            "state": DeliveryState.WAITING.value,
            "attempts": 0,
            "created": moment,
            "next_attempt": moment,
        }
        for webhook_id in wanting
    ]
    connection.execute(insert(DELIVERIES), rows)
    return len(rows)
