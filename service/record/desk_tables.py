"""The tables of what people and systems do at a desk: keys, feeds, jobs, claims, fact-checks, webhooks, costs, conversations.

Moments are ISO 8601 text in UTC with microseconds: they sort as they happened, and the audit log hashes them.
"""

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from service.record.tables import METADATA


def _seq() -> "Column[int]":
    return Column("seq", Integer, primary_key=True, autoincrement=True)


KEYS = Table(
    "keys",
    METADATA,
    _seq(),
    Column("id", String, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("prefix", String, nullable=False),
    Column("digest", String, nullable=False, unique=True),  # hex SHA-256 of the secret
    Column("desk", String, nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("rate_per_minute", Integer, nullable=False),
    Column("daily_budget_microusd", BigInteger),
    Column("created", String, nullable=False),
    Column("revoked", String),
)

CONVERSATIONS = Table(
    "conversations",
    METADATA,
    _seq(),
    Column("id", String, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("created_by", String, nullable=False),
    Column("created", String, nullable=False),
    Index("conversations_created_by", "created_by"),
)

TURNS = Table(
    "turns",
    METADATA,
    Column("conversation_seq", Integer, ForeignKey("conversations.seq"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("value", Text, nullable=False),  # JSON
)

FEEDS = Table(
    "feeds",
    METADATA,
    _seq(),
    Column("id", String, nullable=False, unique=True),
    Column("url", Text, nullable=False, unique=True),
    Column("added", String, nullable=False),
    Column("added_by", String, nullable=False),
    Column("looked", String, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("failing", Integer, nullable=False),
    Column("problem", Text),
)

JOBS = Table(
    "jobs",
    METADATA,
    _seq(),
    Column("id", String, nullable=False, unique=True),
    Column("work", Text, nullable=False),  # JSON
    Column("state", String, nullable=False),
    Column("source_at", Integer, nullable=False),  # the cursor
    Column("item_at", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("total", Integer),
    Column("attempts", Integer, nullable=False),
    Column("progressed", Integer, nullable=False),  # the attempt that last got further
    Column("due", String),  # while it waits
    Column("leased_until", String),  # while it runs
    Column("cancel_requested", Boolean, nullable=False),
    Column("error", Text),  # JSON
    Column("created_by", String, nullable=False),
    Column("created", String, nullable=False),
    Column("started", String),
    Column("finished", String),
    Index("jobs_state", "state"),
)

JOB_ITEMS = Table(
    "job_items",
    METADATA,
    Column("job_seq", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("value", Text, nullable=False),  # JSON
    sqlite_with_rowid=False,
)

# `value` is the whole claim as JSON; what lists filter by stands beside it.
CLAIMS = Table(
    "claims",
    METADATA,
    _seq(),
    Column("id", String, nullable=False, unique=True),
    Column("state", String, nullable=False),
    Column("assignee", String),
    Column("value", Text, nullable=False),
    Index("claims_state", "state"),
    Index("claims_assignee", "assignee"),
)

CLAIM_REPORTS = Table(
    "claim_reports",
    METADATA,
    Column("claim_id", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("checked", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("report", Text, nullable=False),  # JSON, the bytes that `digest` covers
)

CLAIM_DECISIONS = Table(
    "claim_decisions",
    METADATA,
    Column("claim_id", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("digest", String, nullable=False),
    Column("decision", Text, nullable=False),  # JSON, as above
)

FACT_CHECKS = Table(
    "fact_checks",
    METADATA,
    _seq(),
    Column("id", String, nullable=False, unique=True),
    Column("value", Text, nullable=False),  # JSON
    Column("source", Text, nullable=False),
    Column("imported", String, nullable=False),
    Column("embedder", String, nullable=False),
    Column("vector", LargeBinary, nullable=False),  # little-endian float16
)

WEBHOOKS = Table(
    "webhooks",
    METADATA,
    _seq(),
    Column("id", String, nullable=False, unique=True),
    Column("url", Text, nullable=False),
    Column("secret", String, nullable=False),
    Column("events", JSON, nullable=False),
    Column("created", String, nullable=False),
    Column("created_by", String, nullable=False),
)

DELIVERIES = Table(
    "deliveries",
    METADATA,
    _seq(),
    Column("id", String, nullable=False, unique=True),
    Column("webhook_id", String, nullable=False),
    Column("event", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created", String, nullable=False),
    Column("next_attempt", String),
    Column("last_status", Integer),
    Column("last_error", Text),
    Column("delivered", String),
    Index("deliveries_due", "state", "next_attempt"),
)

# `status` and what follows is null while the first request runs.
IDEMPOTENCY = Table(
    "idempotency",
    METADATA,
    Column("key_id", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("route", String, nullable=False),
    Column("body_hash", String, nullable=False),
    Column("begun", String, nullable=False),
    Column("status", Integer),
    Column("media_type", String),
    Column("body", LargeBinary),
    Index("idempotency_begun", "begun"),
)

COSTS = Table(
    "costs",
    METADATA,
    _seq(),
    Column("day", String, nullable=False),  # ISO 8601
    Column("key_id", String, nullable=False),
    Column("task", String, nullable=False),
    Column("model", String, nullable=False),
    Column("prompt_hash", String, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("microusd", BigInteger),
    Index("costs_day", "day", "key_id"),
)

ANSWER_CACHE = Table(
    "answer_cache",
    METADATA,
    Column("key", String, primary_key=True),
    Column("model", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("created", String, nullable=False),
)
