"""Messages that are due become POST requests, and what came of each is booked."""

import logging
import threading
import time
from datetime import UTC, datetime, timedelta

import httpx2

from service.domain.webhook import Delivery
from service.errors import FetchFailed, FetchRefused, WebhookNotFound
from service.ingest.address import Resolve, pin, resolve
from service.ingest.deadline import Deadline
from service.ledgers import Webhooks
from service.webhooks.sign import sign

TIMEOUT_S = 10.0
BATCH = 20

RETRIES = tuple(timedelta(seconds=s) for s in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400))
"""Waits after each failure: those that Standard Webhooks recommends, three days in all. Then the message has failed."""

_log = logging.getLogger(__name__)


def deliver_due(
    webhooks: Webhooks, *, private: bool = False, resolve: Resolve = resolve, stop: threading.Event | None = None
) -> int:
    """Sends every message that is due, until `stop`; returns how many arrived.

    `private` allows receivers on loopback and private addresses, like the same setting for pages.
    """
    arrived = 0
    while batch := webhooks.take_due(BATCH, lease_s=BATCH * TIMEOUT_S * 2):
        for message in batch:
            if stop is not None and stop.is_set():
                return arrived  # what was taken is due again when the lease has run out
            arrived += _deliver(message, webhooks, private, resolve)
    return arrived


def _deliver(message: Delivery, webhooks: Webhooks, private: bool, resolve: Resolve) -> bool:
    status: int | None = None
    error: str | None = None
    try:
        hook = next(hook for hook in webhooks.webhooks() if hook.id == message.webhook_id)
        status = _post(hook.url, webhooks.secret(hook.id), message, private, resolve)
        if not 200 <= status < 300:
            error = f"it answered {status}"
    except (StopIteration, WebhookNotFound):
        error = "unsubscribed"
    except (FetchRefused, FetchFailed) as failure:
        error = str(failure)
    retry = RETRIES[message.attempts] if message.attempts < len(RETRIES) and error != "unsubscribed" else None
    retry_at = datetime.now(UTC) + retry if retry and error else None
    webhooks.attempted(message.id, status=status, error=error, retry_at=retry_at)
    if error:
        _log.warning("the message %s to webhook %s did not arrive: %s", message.id, message.webhook_id, error)
    return error is None


def _post(url: str, secret: str, message: Delivery, private: bool, resolve: Resolve) -> int:
    """The status that the receiver answers with. A redirect is a failure: it could lead past the guard."""
    target = pin(url, private, resolve)
    body = message.body.encode()
    headers = {
        "Host": target.host_header,
        "Content-Type": "application/json",
        "User-Agent": "Claimdesk",
        **sign(secret, message.id, int(time.time()), body),
    }
    with Deadline(TIMEOUT_S) as deadline, httpx2.Client(trust_env=False, timeout=TIMEOUT_S) as client:
        extensions = {"sni_hostname": target.host, "trace": deadline.trace}
        try:
            request = client.build_request("POST", target.url, headers=headers, content=body, extensions=extensions)
            response = client.send(request, stream=True)  # nobody reads what the receiver says
            response.close()
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            raise FetchFailed(f"The receiver did not answer: {error}. Check that it runs.") from error
    return response.status_code
