"""What is given to be restored and is no backup is told in the words of restoring; nothing is made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qsin_desktop.actions.restoring import restore
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.key_search import BackupWithoutKeys, NotABackup
from tests.actions.worked import Worked
from tests.founding import ME


def told(given: Path, new: Path) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        restore(given, new, identity=ME)
    assert not new.exists()
    assert "repair" not in refusal.value.sentence.lower()
    return refusal.value


@pytest.mark.parametrize("name", ["notes.txt", "visit.db.txt", "photo.jpeg", "empty.db"])
def test_a_file_of_another_kind(name: str, tmp_path: Path) -> None:
    given = tmp_path / name
    given.write_bytes(b"" if name == "empty.db" else b"Words and more words.\n")
    refusal = told(given, tmp_path / "New.qsin")
    assert isinstance(refusal, NotABackup)
    assert f"“{name}” is no backup of a visit" in refusal.sentence


def test_a_backup_that_was_copied_without_its_keys(worked: Worked, tmp_path: Path) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    (backup, *_) = (worked.path / "backups").glob("visit-*.db")
    shutil.copy(backup, place / "copy of a backup.db")
    refusal = told(place / "copy of a backup.db", tmp_path / "New.qsin")
    assert isinstance(refusal, BackupWithoutKeys)
    assert "no readable keys.json beside it" in refusal.sentence


def test_a_file_of_whole_pages_beside_the_keys_of_a_visit(worked: Worked, tmp_path: Path) -> None:
    given = worked.path / "backups" / "drawing.raw"
    given.write_bytes(b"x" * 8192)
    assert "of another visit, or it is damaged" in told(given, tmp_path / "New.qsin").sentence
