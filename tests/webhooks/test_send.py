"""Messages arrive signed, are tried again when they do not, and never leave for an address that is not public."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from service.domain.webhook import DeliveryState, Event
from service.ledgers import Books
from service.record.books import open_books
from service.webhooks.send import RETRIES, deliver_due
from service.webhooks.sign import is_genuine


class Receiver(HTTPServer):
    """Keeps what it is sent, and answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 204
        self.requests: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.requests.append((headers, self.rfile.read(int(headers["content-length"]))))
        self.send_response(self.server.status)
        self.send_header("Location", "http://169.254.169.254/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    opened = open_books(f"sqlite:///{tmp_path}/record.sqlite3")
    yield opened
    opened.record.close()


def test_a_message_arrives_once_and_its_signature_is_genuine(books: Books, receiver: Receiver) -> None:
    hook = books.webhooks.subscribe(receiver.url, [Event.CLAIM_RECEIVED], "me")
    books.webhooks.publish(Event.CLAIM_RECEIVED, '{"text": "Häuser"}')
    assert deliver_due(books.webhooks, private=True) == 1
    assert deliver_due(books.webhooks, private=True) == 0
    ((headers, body),) = receiver.requests
    assert is_genuine(hook.secret, headers, body, time.time())
    assert "Häuser" in body.decode()
    (message,) = books.webhooks.deliveries()
    assert (message.state, message.last_status, message.id) == (DeliveryState.DELIVERED, 204, headers["webhook-id"])


@pytest.mark.parametrize("status", [500, 404, 302])
def test_what_does_not_arrive_is_tried_again_later_and_is_not_led_elsewhere(
    books: Books, receiver: Receiver, status: int
) -> None:
    receiver.status = status
    books.webhooks.subscribe(receiver.url, [Event.CLAIM_RECEIVED], "me")
    books.webhooks.publish(Event.CLAIM_RECEIVED, "{}")
    assert deliver_due(books.webhooks, private=True) == 0
    (message,) = books.webhooks.deliveries()
    assert (message.state, message.attempts, message.last_status) == (DeliveryState.WAITING, 1, status)
    assert message.next_attempt is not None
    assert abs((message.next_attempt - message.created).total_seconds() - RETRIES[0].total_seconds()) < 5
    assert len(receiver.requests) == 1


def test_after_the_last_retry_it_has_failed_until_it_is_replayed(books: Books, receiver: Receiver) -> None:
    receiver.status = 503
    books.webhooks.subscribe(receiver.url, [Event.CLAIM_RECEIVED], "me")
    books.webhooks.publish(Event.CLAIM_RECEIVED, "{}")
    (message,) = books.webhooks.deliveries()
    for _ in RETRIES:
        books.webhooks.attempted(message.id, status=503, error="it answered 503", retry_at=message.created)
    deliver_due(books.webhooks, private=True)
    (failed,) = books.webhooks.deliveries()
    assert (failed.state, failed.attempts) == (DeliveryState.FAILED, len(RETRIES) + 1)
    receiver.status = 200
    books.webhooks.replay(message.id)
    assert deliver_due(books.webhooks, private=True) == 1
    first, second = (headers["webhook-id"] for headers, _ in receiver.requests)
    assert first == second == message.id


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "64:ff9b::7f00:1"])
def test_nothing_is_sent_to_an_address_that_is_not_public(books: Books, receiver: Receiver, host: str) -> None:
    books.webhooks.subscribe("https://hooks.example/x", [Event.CLAIM_RECEIVED], "me")
    books.webhooks.publish(Event.CLAIM_RECEIVED, "{}")
    deliver_due(books.webhooks, resolve=lambda _, __: [host])
    (message,) = books.webhooks.deliveries()
    assert message.last_error is not None
    assert "not a public address" in message.last_error
    assert receiver.requests == []


def test_a_receiver_that_is_not_there_is_tried_again(books: Books, receiver: Receiver) -> None:
    receiver.server_close()
    books.webhooks.subscribe(receiver.url, [Event.CLAIM_RECEIVED], "me")
    books.webhooks.publish(Event.CLAIM_RECEIVED, "{}")
    deliver_due(books.webhooks, private=True)
    (message,) = books.webhooks.deliveries()
    assert message.state is DeliveryState.WAITING
    assert message.last_error is not None
    assert "did not answer" in message.last_error
