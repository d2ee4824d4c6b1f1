"""A newer program opens an older visit and brings its schema up to date, until somebody ends the process.

    python -m tests.faults.migrating LAPTOP

Tells `begins` and `ends` as telling.py describes. The newer schema is one that no program has yet: a step
after the last that adds a column, fills it for every entry, and makes a table and an index.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from qsin_desktop.actions import opening
from qsin_desktop.store import schema, tables
from tests.faults.telling import tell
from tests.faults.visits import Laptop
from tests.founding import opened

NEXT = tables.SCHEMA_VERSION + 1
STEP = '''"""A schema to come."""
import sqlalchemy as sa
from alembic import op
revision = "{next:04d}"
down_revision = "{last:04d}"
def upgrade():
    op.add_column("entries", sa.Column("colour", sa.Text()))
    op.execute("UPDATE entries SET colour = hex(randomblob(64))")
    op.create_table("colours", sa.Column("pos", sa.Integer()), sa.Column("colour", sa.Text()))
    op.execute("INSERT INTO colours SELECT pos, colour FROM entries")
    op.create_index("entries_by_colour", "entries", ["colour"])
'''


@contextmanager
def newer_program() -> Iterator[None]:
    """While the block runs, this program knows one schema more."""
    with tempfile.TemporaryDirectory() as place:
        steps = Path(place) / "steps"
        shutil.copytree(schema.STEPS, steps)
        written = STEP.format(next=NEXT, last=tables.SCHEMA_VERSION)
        (steps / "versions" / f"{NEXT:04d}_to_come.py").write_text(written, encoding="utf-8")
        with (
            patch.object(schema, "STEPS", steps),
            patch.object(schema, "SCHEMA_VERSION", NEXT),
            patch.object(opening, "SCHEMA_VERSION", NEXT),
        ):
            yield


if __name__ == "__main__":
    with newer_program():
        tell("begins", what="migrating")
        opened(Laptop(Path(sys.argv[1])).visit).close()
        tell("ends", what="migrating")
