"""The tasks of keeping what a desk's people and systems do: keys, jobs, claims, fact-checks, webhooks and costs.

Every method raises RecordLocked or RecordUnavailable as those of the port `Record` do. Lists come newest first;
`before` is the `seq` of the last line seen, so that a page stays true while new lines are added.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from service.domain.audit import AuditEntry, AuditFault
from service.domain.conversation import Conversation, ConversationSummary, SaidTurn
from service.domain.cost import Cost, CostLine
from service.domain.desk_claim import ClaimState, Decision, DeskClaim, MachineVerdict, NewClaim, Step
from service.domain.fact_check import FactCheck, Imported, StoredFactCheck
from service.domain.idempotency import KeptResponse
from service.domain.job import Cursor, Job, JobError, JobItem, JobState, Work
from service.domain.key import MAIN_DESK, Key, KeyScope, NewKey
from service.domain.webhook import Delivery, DeliveryState, Event, NewWebhook, Webhook
from service.ports import Record, Vectors


class Keys(Protocol):
    """API keys; they live in the main desk's record."""

    def create(
        self,
        name: str,
        scopes: Sequence[KeyScope],
        *,
        desk: str = MAIN_DESK,
        rate_per_minute: int = 120,
        daily_budget_microusd: int | None = None,
    ) -> NewKey:
        """A new key; its secret is in the result and nowhere else. Raises InputError for a bad desk id or limit."""

    def find(self, secret: str) -> Key | None:
        """The key with that secret, or None when there is none or it was revoked."""

    def all_keys(self) -> list[Key]:
        """Every key, revoked ones too, newest first."""

    def revoke(self, key_id: str) -> Key:
        """The key, revoked from now on; once is enough. Raises KeyNotFound."""

    def any(self) -> bool:
        """Whether there is a key that works."""


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


class Claims(Protocol):
    """The desk's queue of claims. Each step is a row of the audit log, in the same transaction."""

    def receive(self, claim: NewClaim, actor: str) -> DeskClaim: ...

    def claim(self, claim_id: str) -> DeskClaim:
        """Raises ClaimNotFound."""

    def claims(
        self,
        *,
        state: ClaimState | None = None,
        assignee: str | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> list[DeskClaim]: ...

    def take_step(self, claim_id: str, step: Step, actor: str) -> DeskClaim:
        """The claim after the step. Raises ClaimNotFound, WrongStep, SamePerson."""

    def verdicts(self, claim_id: str) -> list[MachineVerdict]:
        """Every machine verdict, oldest first. Raises ClaimNotFound."""

    def decisions(self, claim_id: str) -> list[Decision]:
        """Every decision of a person as it was made, oldest first. Raises ClaimNotFound."""

    def history(self, claim_id: str) -> list[AuditEntry]:
        """Every step, oldest first. Raises ClaimNotFound."""


class AuditLog(Protocol):
    """What was done, in a chain that shows any change."""

    def note(self, action: str, subject: str, payload: dict[str, str | int | bool | None]) -> None:
        """Adds a row."""

    def entries(self, *, before: int | None = None, limit: int = 50) -> list[AuditEntry]: ...

    def head(self) -> AuditEntry | None:
        """The newest row: keep its seq and hash elsewhere, and a cut at the end shows too."""

    def faults(self, known_seq: int | None = None, known_hash: str | None = None) -> list[AuditFault]:
        """What does not fit, oldest first; none means that the log proves itself and what it vouches for."""


class FactChecks(Protocol):
    """Fact-checks that others, or this desk, published."""

    def add(self, fact_checks: Sequence[FactCheck], vectors: Vectors, embedder_id: str, source: str) -> Imported:
        """Stores those that are new. Raises BadSettings when the stored vectors are another embedder's."""

    def fact_checks(self, *, before: int | None = None, limit: int = 50) -> list[StoredFactCheck]: ...

    def near(
        self, vector: Vectors, embedder_id: str, limit: int, at_least: float
    ) -> list[tuple[StoredFactCheck, float]]:
        """Those whose claim is near `vector` (shape (1, dimension)), nearest first, with the cosine."""


class Conversations(Protocol):
    """The chat, kept. Every method but `begin` and `conversations` raises ConversationNotFound."""

    def begin(self, title: str, created_by: str) -> ConversationSummary:
        """A new conversation; white space in the title becomes single spaces, and a long one is cut."""

    def add_turn(self, conversation_id: str, make: Callable[[int], SaidTurn]) -> SaidTurn:
        """Keeps the turn that `make` gives for the next free number."""

    def conversation(self, conversation_id: str) -> Conversation: ...

    def conversations(
        self, created_by: str, *, before: int | None = None, limit: int = 50
    ) -> list[ConversationSummary]:
        """Those of one person, the last begun first; `before` is the seq of the last one seen."""

    def rename(self, conversation_id: str, title: str) -> ConversationSummary: ...

    def delete(self, conversation_id: str) -> None: ...


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


class Idempotency(Protocol):
    """Requests that carried an Idempotency-Key, and their answers, for a day."""

    def begin(self, key_id: str, key: str, route: str, body_hash: str) -> KeptResponse | None:
        """The kept answer; None says: go on, and call `keep` or `forget`.

        Raises RequestMismatch when the key was used for another request, RequestInProgress while the first runs.
        """

    def keep(self, key_id: str, key: str, response: KeptResponse) -> None: ...

    def forget(self, key_id: str, key: str) -> None:
        """Lets the request be tried again: it failed before it did anything."""


class Costs(Protocol):
    """What paid models used."""

    def book(self, cost: Cost) -> None: ...

    def reserve(self, cost: Cost, budget_microusd: int) -> bool:
        """Books the most that a call can cost, unless that would exceed its key's budget of the day: then False.

        What was not used is given back by booking the difference, negative: rows are never changed.
        """

    def spent(self, day: date, key_id: str | None = None) -> int:
        """Millionths of a US dollar spent on that day, by that key or by all; calls of unknown price count as 0."""

    def lines(self, since: date, until: date) -> list[CostLine]:
        """Sums by day, key, task and model, newest day first."""


class AnswerCache(Protocol):
    """Answers of models by the digest of everything that went into them."""

    def get(self, key: str, since: datetime) -> str | None:
        """The answer, unless it is unknown or older than `since`."""

    def put(self, key: str, model: str, value: str) -> None: ...

    def forget(self, before: datetime) -> int:
        """Deletes answers older than that; returns how many."""


@dataclass(frozen=True)
class Books:
    """Everything that one desk keeps, over one database; closing the record closes all."""

    record: Record
    keys: Keys
    jobs: Jobs
    claims: Claims
    audit: AuditLog
    fact_checks: FactChecks
    webhooks: Webhooks
    conversations: Conversations
    idempotency: Idempotency
    costs: Costs
    answers: AnswerCache
