"""A schema before the present one, for tests: what an older program wrote, and a program with one step more.

Two tables had other names then, so whoever reads an older file as it is finds them missing.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import sqlcipher3

from qsin_desktop.actions import opening
from qsin_desktop.store import schema, tables

NEXT = tables.SCHEMA_VERSION + 1
RENAMED = {"acts": "deeds", "standing": "view"}
STEP = f'''"""Names as they are now."""
from alembic import op
revision = "{NEXT:04d}"
down_revision = "{tables.SCHEMA_VERSION:04d}"
def upgrade():
    for new, old in {RENAMED!r}.items():
        op.rename_table(old, new)
'''


def as_older_program(database: Path, key: bytes) -> None:
    """The closed database gets the names of the older schema."""
    connection = sqlcipher3.connect(str(database), isolation_level=None)
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for new, old in RENAMED.items():
            connection.execute(f"ALTER TABLE {new} RENAME TO {old}")
        connection.execute(f"PRAGMA user_version = {tables.SCHEMA_VERSION}")
    finally:
        connection.close()


@contextmanager
def newer_program(place: Path) -> Iterator[None]:
    """While the block runs, the present layout is the schema after the present one."""
    steps = place / "steps"
    shutil.copytree(schema.STEPS, steps, dirs_exist_ok=True)
    (steps / "versions" / f"{NEXT:04d}_names.py").write_text(STEP, encoding="utf-8")
    with (
        patch.object(schema, "STEPS", steps),
        patch.object(schema, "SCHEMA_VERSION", NEXT),
        patch.object(opening, "SCHEMA_VERSION", NEXT),
        patch.object(tables, "SCHEMA_VERSION", NEXT),
    ):
        yield
