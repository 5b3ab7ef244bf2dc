"""Alembic's entry: runs the migrations in the transaction that `migrate` has opened and will commit."""

from alembic import context

from service.record.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,  # on SQLite too: nothing half migrated is ever seen
)
context.run_migrations()
