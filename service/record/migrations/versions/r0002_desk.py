"""The record of articles becomes the record of a desk: keys, jobs, claims, fact-checks, webhooks and costs too."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _create_keys()
    _create_jobs()
    _create_claims()
    _create_fact_checks()
    _create_webhooks()
    _create_requests()
    _create_costs()
    op.create_index("audit_subject", "audit", ["subject"])  # the history of a claim


def _seq() -> "sa.Column[int]":
    return sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True)


def _create_keys() -> None:
    op.create_table(
        "keys",
        _seq(),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("prefix", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False, unique=True),
        sa.Column("desk", sa.String, nullable=False),
        sa.Column("scopes", sa.JSON, nullable=False),
        sa.Column("rate_per_minute", sa.Integer, nullable=False),
        sa.Column("daily_budget_microusd", sa.BigInteger),
        sa.Column("created", sa.String, nullable=False),
        sa.Column("revoked", sa.String),
    )


def _create_jobs() -> None:
    op.create_table(
        "jobs",
        _seq(),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("work", sa.Text, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("source_at", sa.Integer, nullable=False),
        sa.Column("item_at", sa.Integer, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("progressed", sa.Integer, nullable=False),
        sa.Column("due", sa.String),
        sa.Column("leased_until", sa.String),
        sa.Column("cancel_requested", sa.Boolean, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("created_by", sa.String, nullable=False),
        sa.Column("created", sa.String, nullable=False),
        sa.Column("started", sa.String),
        sa.Column("finished", sa.String),
    )
    op.create_index("jobs_state", "jobs", ["state"])
    op.create_table(
        "job_items",
        sa.Column("job_seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("value", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )


def _create_claims() -> None:
    op.create_table(
        "claims",
        _seq(),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("assignee", sa.String),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_index("claims_state", "claims", ["state"])
    op.create_index("claims_assignee", "claims", ["assignee"])
    op.create_table(
        "claim_reports",
        sa.Column("claim_id", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("checked", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
    )
    op.create_table(
        "claim_decisions",
        sa.Column("claim_id", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
    )


def _create_fact_checks() -> None:
    op.create_table(
        "fact_checks",
        _seq(),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("imported", sa.String, nullable=False),
        sa.Column("embedder", sa.String, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )


def _create_webhooks() -> None:
    op.create_table(
        "webhooks",
        _seq(),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("secret", sa.String, nullable=False),
        sa.Column("events", sa.JSON, nullable=False),
        sa.Column("created", sa.String, nullable=False),
        sa.Column("created_by", sa.String, nullable=False),
    )
    op.create_table(
        "deliveries",
        _seq(),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("webhook_id", sa.String, nullable=False),
        sa.Column("event", sa.String, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created", sa.String, nullable=False),
        sa.Column("next_attempt", sa.String),
        sa.Column("last_status", sa.Integer),
        sa.Column("last_error", sa.Text),
        sa.Column("delivered", sa.String),
    )
    op.create_index("deliveries_due", "deliveries", ["state", "next_attempt"])


def _create_requests() -> None:
    op.create_table(
        "idempotency",
        sa.Column("key_id", sa.String, primary_key=True),
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("route", sa.String, nullable=False),
        sa.Column("body_hash", sa.String, nullable=False),
        sa.Column("begun", sa.String, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("media_type", sa.String),
        sa.Column("body", sa.LargeBinary),
    )
    op.create_index("idempotency_begun", "idempotency", ["begun"])


def _create_costs() -> None:
    op.create_table(
        "costs",
        _seq(),
        sa.Column("day", sa.String, nullable=False),
        sa.Column("key_id", sa.String, nullable=False),
        sa.Column("task", sa.String, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("prompt_hash", sa.String, nullable=False),
        sa.Column("tokens_in", sa.Integer, nullable=False),
        sa.Column("tokens_out", sa.Integer, nullable=False),
        sa.Column("microusd", sa.BigInteger),
    )
    op.create_index("costs_day", "costs", ["day", "key_id"])
    op.create_table(
        "answer_cache",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("created", sa.String, nullable=False),
    )
