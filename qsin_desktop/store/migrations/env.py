"""Alembic's way in: the steps run on the connection that the caller has open, inside its transaction."""

from alembic import context

from qsin_desktop.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
