"""The tasks of keeping what a desk's people and systems do: keys, jobs, claims, fact-checks, webhooks and costs.

Every method raises RecordLocked or RecordUnavailable as those of the port `Record` do. Lists come newest first;
`before` is the `seq` of the last line seen, so that a page stays true while new lines are added.
"""

from dataclasses import dataclass

from service.ledgers.access import AnswerCache, Costs, Idempotency, Keys
from service.ledgers.claims import AuditLog, Claims, Conversations, FactChecks
from service.ledgers.work import Feeds, Jobs, Webhooks
from service.ports import Record

__all__ = [
    "AnswerCache",
    "AuditLog",
    "Books",
    "Claims",
    "Conversations",
    "Costs",
    "FactChecks",
    "Feeds",
    "Idempotency",
    "Jobs",
    "Keys",
    "Webhooks",
]


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
    feeds: Feeds
    conversations: Conversations
    idempotency: Idempotency
    costs: Costs
    answers: AnswerCache
