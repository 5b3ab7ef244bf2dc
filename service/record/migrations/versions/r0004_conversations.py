"""A record keeps the chat's conversations, turn by turn."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("created_by", sa.String, nullable=False),
        sa.Column("created", sa.String, nullable=False),
        sa.Index("conversations_created_by", "created_by"),
    )
    op.create_table(
        "turns",
        sa.Column("conversation_seq", sa.Integer, sa.ForeignKey("conversations.seq"), primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("value", sa.Text, nullable=False),
    )  # fmt: skip
