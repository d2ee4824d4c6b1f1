"""A visit whose rows another program's table of fields made, opened where nothing is to be written."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from qsin_desktop.actions import notes
from qsin_desktop.actions.checking import check_visit
from qsin_desktop.actions.opening import open_beside
from qsin_desktop.domain.errors import ReadOnlyVisit
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.store.tables import SCHEMA_VERSION
from qsin_desktop.store.visit_file import VisitFile, VisitNewer
from qsin_desktop.store.visit_store import TABLE_NOTE
from tests.actions.test_repairing_tables import lasting
from tests.founding import copy_of, opened

WORDS = "What the other program did not count: zanzibar"


@pytest.fixture
def other(founded: Path, tmp_path: Path) -> Path:
    """A visit in which a program of another version kept one note out of what stands."""
    path = copy_of(founded, tmp_path)
    with opened(path) as visit:
        notes.add_note(visit, criterion="IN-101.a", kind=NoteKind.DOCUMENT, text=WORDS)
        key = visit.data_key.database_key
    file = VisitFile(path / "visit.db", key)
    with file.writing() as connection:
        connection.execute(text("DELETE FROM standing WHERE type = 'note'"))
        file.note(connection, TABLE_NOTE, "another table")
    file.close()
    return path


def test_it_shows_what_this_program_finds_and_writes_nothing(other: Path) -> None:
    stood = lasting(other)
    with opened(other, reading=True) as visit:
        assert [note.text for note in visit.record.notes()] == [WORDS]
        assert visit.store.search("zanzib")
        assert visit.store.projection_matches()
        assert check_visit(visit).projection_sound
        with open_beside(visit) as beside:
            assert [note.text for note in beside.record.notes()] == [WORDS]
        with pytest.raises(ReadOnlyVisit):
            notes.add_note(visit, criterion="IN-101.a", kind=NoteKind.DOCUMENT, text="More")
    assert lasting(other) == stood


def test_opened_for_work_it_is_brought_up(other: Path) -> None:
    with opened(other) as visit:
        assert [note.text for note in visit.record.notes()] == [WORDS]
    with opened(other, reading=True) as visit:
        assert [note.text for note in visit.record.notes()] == [WORDS]


@pytest.mark.parametrize("reading", [True, False])
def test_of_a_newer_schema_it_shows_what_that_program_left(other: Path, reading: bool) -> None:
    """Nobody here knows what its tables mean, so nothing is made anew, and it opens all the same."""
    with opened(other, reading=True) as visit:
        key = visit.data_key.database_key
    file = VisitFile(other / "visit.db", key)
    file.driver_connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    file.close()
    with opened(other, reading=reading) as visit:
        assert visit.record.notes() == ()
        assert visit.read_only == VisitNewer().sentence
