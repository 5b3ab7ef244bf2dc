"""A record gets room for the vectors of its next embedder while they are computed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "staged_vectors",
        sa.Column("sentence_key", sa.Integer, sa.ForeignKey("sentences.key"), primary_key=True, autoincrement=False),
        sa.Column("embedder", sa.String, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
