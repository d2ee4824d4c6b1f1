"""What an older program wrote is read where nothing can be written, restored, repaired, and leaks nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest
import sqlcipher3

from qsin_desktop.actions import backing_up, notes
from qsin_desktop.actions.checking import check_visit
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking, open_beside, open_visit
from qsin_desktop.actions.repairing import look_over, repair
from qsin_desktop.actions.restoring import backups_at, looked_into, restore
from qsin_desktop.domain.errors import ReadOnlyVisit, Refusal
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.store.backups import backups_of
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.keys import unlock
from qsin_desktop.store.visit_file import VisitDamaged, VisitFile
from tests.actions.test_repairing_tables import lasting
from tests.founding import ME, copy_of, key_file_of, opened
from tests.older_schema import NEXT, as_older_program, newer_program

WORDS = "Seen by an older program: zanzibar"


@pytest.fixture
def old(founded: Path, tmp_path: Path) -> Path:
    """A worked visit and its backup, as an older program left them."""
    path = copy_of(founded, tmp_path)
    folder = VisitFolder(path)
    with opened(path) as visit:
        notes.add_note(visit, criterion="IN-101.a", kind=NoteKind.DOCUMENT, text=WORDS)
        key = visit.data_key.database_key
    for backup in backups_of(folder):
        backup.path.unlink()
    with opened(path) as visit:
        backing_up.back_up(visit)
    for database in (folder.database, *(backup.path for backup in backups_of(folder))):
        as_older_program(database, key)
    return path


@pytest.fixture(autouse=True)
def newer(tmp_path: Path, old: Path) -> Iterator[None]:
    with newer_program(tmp_path):
        yield


def key_of(path: Path) -> bytes:
    return unlock(VisitFolder(path), key_file=key_file_of(path), use_keyring=False).database_key


def version(database: Path, key: bytes) -> int:
    file = VisitFile(database, key, read_only=True)
    file.close()
    return file.version


def assert_read(visit: OpenVisit) -> None:
    assert [note.text for note in visit.record.notes()] == [WORDS]
    assert visit.store.search("zanzib")
    assert visit.store.projection_matches()
    assert visit.store.acts_of(ME.device)


def test_it_is_read_without_a_byte_being_written(old: Path) -> None:
    stood = lasting(old)
    with opened(old, reading=True) as visit:
        assert_read(visit)
        with open_beside(visit) as beside:
            assert_read(beside)
        with pytest.raises(ReadOnlyVisit):
            notes.add_note(visit, criterion="IN-101.a", kind=NoteKind.DOCUMENT, text="More")
    assert lasting(old) == stood


def test_the_copy_that_is_read_is_enciphered_in_memory_and_in_no_file(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = tmp_path / "temporary"
    aside.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(aside))
    file = VisitFile(old / "visit.db", key_of(old), read_only=True)
    with (
        patch("qsin_desktop.store.visit_file.secrets.token_hex", return_value="known"),
        closing(file.copy_in_memory()) as copy,
        closing(sqlcipher3.connect("file:/known?vfs=memdb", uri=True)) as keyless,
    ):
        assert copy.visit_id()
        with pytest.raises(sqlcipher3.DatabaseError, match="not a database"):
            keyless.execute("SELECT * FROM about")
    file.close()
    with opened(old, reading=True):
        assert list(aside.iterdir()) == []


def test_it_is_brought_up_where_it_can_be_written(old: Path) -> None:
    key = key_of(old)
    with opened(old) as visit:
        assert_read(visit)
        assert check_visit(visit).sound
    assert version(old / "visit.db", key) == NEXT


def test_its_backup_is_looked_into_and_restored(old: Path, tmp_path: Path) -> None:
    (backup,) = backups_at(old)
    held = backup.path.read_bytes()
    assert looked_into(backup, Unlocking(key_file=key_file_of(old))).entries > 10
    new = tmp_path / "Restored.qsin"
    done = restore(backup.path, new, identity=ME, unlocking=Unlocking(key_file=key_file_of(old)))
    assert done.entries
    assert version(new / "visit.db", key_of(new)) == NEXT
    assert backup.path.read_bytes() == held
    with open_visit(new, identity=ME, unlocking=Unlocking(use_keyring=False)) as visit:
        assert_read(visit)
        assert check_visit(visit).sound


def test_a_step_that_fails_leaves_nothing_of_what_was_to_be_restored(old: Path, tmp_path: Path) -> None:
    (step,) = (tmp_path / "steps" / "versions").glob(f"{NEXT:04d}*.py")
    step.write_text(step.read_text(encoding="utf-8").replace("(old, new)", "('nowhere', new)"), "utf-8")
    new = tmp_path / "Restored.qsin"
    with pytest.raises(Refusal):
        restore(backups_at(old)[0].path, new, identity=ME, unlocking=Unlocking(key_file=key_file_of(old)))
    assert not new.exists()
    with pytest.raises(VisitDamaged):
        opened(old, reading=True)


def test_it_is_repaired_from_its_backup(old: Path) -> None:
    assert look_over(old).affected == ()
    (old / "visit.db").unlink()
    assert repair(old, identity=ME, unlocking=Unlocking(key_file=key_file_of(old))).database
    with opened(old) as visit:
        assert_read(visit)


def test_of_two_copies_each_is_its_own(old: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copytree(old, other / old.name)
    shutil.copy(key_file_of(old), key_file_of(other / old.name))
    with opened(old, reading=True) as one, opened(other / old.name, reading=True) as two:
        assert_read(one)
        assert_read(two)
