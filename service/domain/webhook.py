"""An address that wants to hear of events, and each message to it."""

from datetime import datetime
from enum import StrEnum

from service.domain.base import Frozen


class Event(StrEnum):
    CLAIM_RECEIVED = "claim.received"
    CLAIM_CHECKED = "claim.checked"
    CLAIM_DECIDED = "claim.decided"
    CLAIM_PUBLISHED = "claim.published"
    CLAIM_REOPENED = "claim.reopened"
    JOB_FINISHED = "job.finished"
    ARTICLE_REVIEWED = "article.reviewed"


class Webhook(Frozen):
    """A subscriber. Its secret is shown once; the record must keep it as it is, since it signs with it."""

    seq: int
    id: str
    url: str
    events: tuple[Event, ...]
    created: datetime
    created_by: str


class NewWebhook(Frozen):
    webhook: Webhook
    secret: str  # "whsec_" and base64, as Standard Webhooks writes it


class DeliveryState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"  # every retry was used up; it can be replayed


class Delivery(Frozen):
    """One message to one webhook. `id` stays the same over retries and replays, so a receiver can drop doubles."""

    seq: int
    id: str
    webhook_id: str
    event: Event
    body: str  # JSON, byte for byte what is signed and sent
    state: DeliveryState
    attempts: int
    created: datetime
    next_attempt: datetime | None = None
    last_status: int | None = None
    last_error: str | None = None
    delivered: datetime | None = None
