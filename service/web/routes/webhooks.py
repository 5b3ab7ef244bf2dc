"""`/v1/webhooks`: addresses that hear of what happens, and the messages to them."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Path
from pydantic import Field

from service.domain.base import Frozen
from service.domain.webhook import Delivery, DeliveryState, Event, NewWebhook, Webhook
from service.web.bodies import NO_NUL, WebAddress
from service.web.caller import Admin
from service.web.cursors import PAGE, Cursor, Limit, cut_page, decode_cursor
from service.web.problems import documented
from service.web.routing import SecretRoute, make_router

router = make_router("/webhooks", tag="webhooks")
subscriptions = make_router("/webhooks", tag="webhooks", problems=(409,), route=SecretRoute)

Id = Annotated[str, Path(min_length=1, max_length=64, pattern=NO_NUL)]


class WebhookBody(Frozen):
    """An address that is to hear of these events."""

    url: WebAddress
    events: Annotated[tuple[Event, ...], Field(min_length=1, max_length=len(Event))]


class Webhooks(Frozen):
    webhooks: tuple[Webhook, ...]


class Deliveries(Frozen):
    """A page of messages, newest first; `next` is the cursor of the next one."""

    deliveries: tuple[Delivery, ...]
    next: str | None


@subscriptions.post("", status_code=HTTPStatus.CREATED)
def subscribe(body: WebhookBody, caller: Admin) -> NewWebhook:
    """Subscribes an address. The secret that signs its messages is in this answer and nowhere else."""
    return caller.desk.books.webhooks.subscribe(body.url, body.events, caller.id)


@router.get("")
def list_webhooks(caller: Admin) -> Webhooks:
    """Lists the subscribers of this desk."""
    return Webhooks(webhooks=tuple(caller.desk.books.webhooks.webhooks()))


@router.delete("/{webhook_id}", status_code=HTTPStatus.NO_CONTENT, responses=documented(404))
def unsubscribe(webhook_id: Id, caller: Admin) -> None:
    """Ends a subscription; messages that wait for it are not sent."""
    caller.desk.books.webhooks.unsubscribe(webhook_id)


@router.get("/deliveries")
def list_deliveries(
    caller: Admin, state: DeliveryState | None = None, limit: Limit = PAGE, cursor: Cursor = None
) -> Deliveries:
    """Lists messages with what became of them."""
    found = caller.desk.books.webhooks.deliveries(state=state, before=decode_cursor(cursor), limit=limit + 1)
    deliveries, following = cut_page(found, limit)
    return Deliveries(deliveries=deliveries, next=following)


@router.post("/deliveries/{delivery_id}/replay", responses=documented(404))
def replay(delivery_id: Id, caller: Admin) -> Delivery:
    """Sends a message again, with the id that it had: a receiver can tell that it has it."""
    return caller.desk.books.webhooks.replay(delivery_id)
