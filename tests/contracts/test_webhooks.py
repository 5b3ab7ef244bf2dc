"""The contract of the port `Webhooks`."""

from datetime import UTC, datetime, timedelta

import pytest

from service.domain.webhook import DeliveryState, Event
from service.errors import InputError, WebhookNotFound
from service.ledgers import Books

pytest_plugins = ["tests.record.databases"]


def test_a_message_waits_until_it_is_delivered_and_can_be_replayed(books: Books) -> None:
    hook = books.webhooks.subscribe("https://example.org/hook", [Event.JOB_FINISHED], "key_1")
    other = books.webhooks.subscribe("https://example.org/other", [Event.CLAIM_RECEIVED], "key_1")
    assert books.webhooks.webhooks() == [other.webhook, hook.webhook]
    assert books.webhooks.secret(hook.webhook.id) == hook.secret
    assert hook.secret.startswith("whsec_")
    assert books.webhooks.publish(Event.JOB_FINISHED, '{"id": "ö"}') == 1
    (message,) = books.webhooks.take_due(10, 0)
    assert '"data": {"id": "ö"}' in message.body

    books.webhooks.attempted(message.id, status=500, error="500", retry_at=datetime.now(UTC) + timedelta(hours=1))
    assert books.webhooks.take_due(10, 0) == []
    books.webhooks.attempted(message.id, status=None, error="timed out", retry_at=None)
    (failed,) = books.webhooks.deliveries(state=DeliveryState.FAILED)
    assert (failed.attempts, failed.last_status, failed.last_error) == (2, None, "timed out")

    replayed = books.webhooks.replay(message.id)
    assert (replayed.id, replayed.body) == (message.id, message.body)
    (due,) = books.webhooks.take_due(10, 60)
    assert due.id == replayed.id
    assert books.webhooks.take_due(10, 60) == []
    books.webhooks.attempted(message.id, status=200, error=None, retry_at=None)
    (delivered,) = books.webhooks.deliveries()
    assert (delivered.state, delivered.attempts) == (DeliveryState.DELIVERED, 1)
    assert delivered.delivered is not None


def test_an_unsubscribed_webhook_gets_nothing_more(books: Books) -> None:
    hook = books.webhooks.subscribe("https://example.org/hook", [Event.JOB_FINISHED], "key_1").webhook
    books.webhooks.publish(Event.JOB_FINISHED, "{}")
    books.webhooks.unsubscribe(hook.id)
    assert books.webhooks.publish(Event.JOB_FINISHED, "{}") == 0
    assert books.webhooks.take_due(10, 0) == []
    (given_up,) = books.webhooks.deliveries()
    assert (given_up.state, given_up.last_error) == (DeliveryState.FAILED, "unsubscribed")
    for call in (books.webhooks.unsubscribe, books.webhooks.secret, books.webhooks.replay):
        with pytest.raises(WebhookNotFound):
            call(hook.id)
    with pytest.raises(WebhookNotFound):
        books.webhooks.replay(given_up.id)


def test_a_webhook_without_web_address_or_event_is_refused(books: Books) -> None:
    for url, events in [("ftp://example.org", [Event.JOB_FINISHED]), ("https://example.org", [])]:
        with pytest.raises(InputError):
            books.webhooks.subscribe(url, events, "key_1")
