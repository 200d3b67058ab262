"""How migrations meet a database: the connection comes from `monitor.ledger.migrate`."""

from alembic import context

from monitor.ledger.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
