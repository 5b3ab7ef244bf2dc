"""A database's address becomes everything that one desk keeps."""

from service.ledgers import Books
from service.record.answers import SqlAnswerCache
from service.record.articles import open_record
from service.record.claims import SqlClaims
from service.record.conversations import SqlConversations
from service.record.costs import SqlCosts
from service.record.fact_checks import SqlFactChecks
from service.record.feeds import SqlFeeds
from service.record.idempotency import SqlIdempotency
from service.record.jobs import SqlJobs
from service.record.keys import SqlKeys
from service.record.prove import SqlAuditLog
from service.record.webhooks import SqlWebhooks


def open_books(url: str, schema: str | None = None, *, second_person: bool = False) -> Books:
    """The books at `sqlite:///PATH` or `postgresql://...`, there in `schema`; made when they are absent.

    Raises what `open_record` raises.
    """
    record = open_record(url, schema=schema)
    database = record.database
    return Books(
        record=record,
        keys=SqlKeys(database),
        jobs=SqlJobs(database),
        claims=SqlClaims(database, second_person=second_person),
        audit=SqlAuditLog(database),
        fact_checks=SqlFactChecks(database),
        webhooks=SqlWebhooks(database),
        feeds=SqlFeeds(database),
        conversations=SqlConversations(database),
        idempotency=SqlIdempotency(database),
        costs=SqlCosts(database),
        answers=SqlAnswerCache(database),
    )
