from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from qsin_desktop.store import schema, tables
from qsin_desktop.store.backups import backups_of
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.schema import bring_up_to_date, migrate
from qsin_desktop.store.visit_file import VisitDamaged, VisitFile
from tests.store.makers import made_visit

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
SECOND = '''"""A later schema."""
import sqlalchemy as sa
from alembic import op
revision = "0002"
down_revision = "0001"
def upgrade():
    op.add_column("entries", sa.Column("colour", sa.Text()))
    {more}
'''


def layout(file: VisitFile) -> dict[str, str]:
    with file.reading() as connection:
        rows = connection.execute(text("SELECT type || ' ' || name, sql FROM sqlite_master"))
        return {name: re.sub(r"\s+", " ", sql or "") for name, sql in rows}


def test_the_steps_from_nothing_make_the_very_tables_that_a_new_visit_has(tmp_path: Path) -> None:
    new, stepped = VisitFile(tmp_path / "new.db", b"k" * 32), VisitFile(tmp_path / "stepped.db", b"k" * 32)
    new.create_tables("v")
    migrate(stepped, 0)
    assert layout(stepped) == layout(new)
    assert len(layout(new)) > 15
    assert stepped.version == new.version == tables.SCHEMA_VERSION
    new.close()
    stepped.close()


@pytest.fixture
def old(tmp_path: Path) -> tuple[VisitFolder, DataKey, VisitFile]:
    """A visit at version 1."""
    folder, key = made_visit(tmp_path / "A.qsin")
    folder.database.unlink()
    file = VisitFile(folder.database, key.database_key)
    migrate(file, 0)
    with file.writing() as connection:
        connection.execute(text("INSERT INTO about VALUES ('visit', 'v')"))
    return folder, key, file


def newer_program(patch: pytest.MonkeyPatch, place: Path, more: str = "pass") -> None:
    steps = place / "steps"
    shutil.copytree(schema.STEPS, steps)
    (steps / "versions" / "0002_later.py").write_text(SECOND.format(more=more), encoding="utf-8")
    patch.setattr(schema, "STEPS", steps)
    patch.setattr(schema, "SCHEMA_VERSION", 2)


def test_an_older_visit_is_backed_up_and_brought_up(
    old: tuple[VisitFolder, DataKey, VisitFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, key, file = old
    newer_program(monkeypatch, tmp_path)
    bring_up_to_date(file, folder, key, NOW)
    assert "colour" in layout(file)["table entries"]
    assert "table alembic_version" not in layout(file)
    assert (file.version, file.visit_id()) == (2, "v")
    file.close()
    (backup,) = backups_of(folder)
    before = VisitFile(backup.path, key.database_key)
    assert before.version == 1
    before.close()


def test_a_step_that_fails_leaves_the_older_visit_as_it_was(
    old: tuple[VisitFolder, DataKey, VisitFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, key, file = old
    stood = layout(file)
    newer_program(monkeypatch, tmp_path, 'op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(VisitDamaged):
        bring_up_to_date(file, folder, key, NOW)
    assert layout(file) == stood
    file.close()
    again = VisitFile(folder.database, key.database_key)
    assert again.version == 1
    again.close()
    assert len(backups_of(folder)) == 1


def test_a_file_that_was_never_finished_is_refused_and_not_filled(tmp_path: Path) -> None:
    folder, key = made_visit(tmp_path / "A.qsin")
    folder.database.unlink()
    file = VisitFile(folder.database, key.database_key)
    with pytest.raises(VisitDamaged, match="“A” was never finished"):
        bring_up_to_date(file, folder, key, NOW)
    assert layout(file) == {}
    file.close()
    assert backups_of(folder) == ()
