"""A record keeps the feeds that its desk watches."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("url", sa.Text, nullable=False, unique=True),
        sa.Column("added", sa.String, nullable=False),
        sa.Column("added_by", sa.String, nullable=False),
        sa.Column("looked", sa.String, nullable=False),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.Column("failing", sa.Integer, nullable=False),
        sa.Column("problem", sa.Text),
    )
