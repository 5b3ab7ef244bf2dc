"""The tasks of keeping what is done behind a request: jobs, watched feeds, and messages until they are delivered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from service.domain.feed import WatchedFeed
from service.domain.job import Cursor, Job, JobError, JobItem, JobState, Work
from service.domain.webhook import Delivery, DeliveryState, Event, NewWebhook, Webhook


class Jobs(Protocol):
    """Jobs, their progress and results. A worker holds a lease and proves it with the attempt's number."""

    def submit(self, work: Work, created_by: str) -> Job: ...

    def job(self, job_id: str) -> Job:
        """Raises JobNotFound."""

    def jobs(self, *, state: JobState | None = None, before: int | None = None, limit: int = 50) -> list[Job]: ...

    def items(self, job_id: str, *, after: int = -1, limit: int = 100) -> list[JobItem]:
        """What came of the items, by position, those after `after`. Raises JobNotFound."""

    def cancel(self, job_id: str) -> Job:
        """Cancels at once what waits, and asks the worker of what runs. Raises JobNotFound, JobFinished."""

    def take(self, job_id: str, lease_s: float) -> Job | None:
        """The job, now running and leased to the caller; None when it is finished, not due, or leased to another.

        A job whose workers died several times without getting any further is failed instead.
        """

    def renew(self, job: Job, lease_s: float) -> bool:
        """Prolongs the lease; True when the job was asked to end. Raises LeaseLost."""

    def advance(self, job: Job, cursor: Cursor, item: JobItem | None, *, total: int | None = None) -> Job:
        """Books an item's result and the place of the next one in one transaction. Raises LeaseLost."""

    def report(self, job: Job, done: int, total: int) -> None:
        """Shows progress of work that has no items. Raises LeaseLost."""

    def finish(self, job: Job, state: JobState, error: JobError | None = None) -> Job:
        """Ends the job. Raises LeaseLost."""

    def release(self, job: Job, delay_s: float = 0.0) -> None:
        """Gives a running job back to the queue, to go on at its cursor after `delay_s`. Raises LeaseLost."""

    def due(self, limit: int = 100) -> list[str]:
        """Ids of jobs that wait for a worker: queued and due, or running on a lease that has run out."""

    def depth(self) -> int:
        """How many jobs are queued or running."""

    def sources_in_use(self) -> frozenset[str]:
        """What the jobs that are queued or running have still to take in."""

    def prune(self, before: datetime) -> int:
        """Deletes jobs that ended before then, with their items; returns how many."""


class Feeds(Protocol):
    """The feeds that workers look at for this desk."""

    def watch(self, url: str, added_by: str) -> WatchedFeed:
        """The feed, due when its time has passed from now on; the one that is there where it is watched already."""

    def unwatch(self, feed_id: str, actor: str) -> None:
        """What it brought stays. Raises FeedNotFound."""

    def feeds(self) -> list[WatchedFeed]: ...

    def take_due(self, before: datetime) -> WatchedFeed | None:
        """A feed that was last looked at before then, now looked at by the caller; None when there is none."""

    def note(self, feed_id: str, *, taken: int, failing: int, problem: str | None) -> None:
        """Keeps what came of a look: `taken` more articles, and what is wrong now. No fault where it is gone."""


class Webhooks(Protocol):
    """Subscribers, and the messages to them until each is delivered."""

    def subscribe(self, url: str, events: Sequence[Event], created_by: str) -> NewWebhook: ...

    def unsubscribe(self, webhook_id: str) -> None:
        """Raises WebhookNotFound."""

    def webhooks(self) -> list[Webhook]: ...

    def secret(self, webhook_id: str) -> str:
        """What its messages are signed with. Raises WebhookNotFound."""

    def publish(self, event: Event, data: str) -> int:
        """Queues a message with `data` (a JSON object) to each webhook that wants the event; returns how many."""

    def take_due(self, limit: int, lease_s: float) -> list[Delivery]:
        """Messages whose attempt is due; nobody else gets them until `lease_s` have passed without an answer."""

    def attempted(self, delivery_id: str, *, status: int | None, error: str | None, retry_at: datetime | None) -> None:
        """Books an attempt: delivered when there is no error, else to be tried at `retry_at`, or failed for good."""

    def deliveries(
        self, *, state: DeliveryState | None = None, before: int | None = None, limit: int = 50
    ) -> list[Delivery]: ...

    def replay(self, delivery_id: str) -> Delivery:
        """Sends a message again, whatever became of it. Raises WebhookNotFound."""

    def prune(self, before: datetime) -> int:
        """Deletes messages made before then that were delivered or given up; returns how many."""
