"""What lies in the place of a visit's own files and folders; and backups whose clock was set back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qsin_desktop.actions.backing_up import back_up
from qsin_desktop.actions.checking import check_visit, mend_exhibits
from qsin_desktop.actions.repairing import look_over, repair
from qsin_desktop.store.places import FileBlocked
from tests.actions.worked import Worked, files, in_damaged, view
from tests.founding import ME, opened


@pytest.mark.parametrize("name", ["visit.lock", "visit.db-wal", "visit.db-shm"])
def test_a_folder_in_the_place_of_a_file_is_told_and_moved_away(name: str, worked: Worked) -> None:
    path = worked.path / name
    path.unlink(missing_ok=True)
    path.mkdir()
    (path / "note.txt").write_text("somebody's", encoding="utf-8")
    with pytest.raises(FileBlocked, match=f"in the way of its file {name}: a folder"):
        opened(worked.path)
    assert name in look_over(worked.path).affected[0]
    done = repair(worked.path, identity=ME)
    assert not done.database
    assert in_damaged(worked.path, b"somebody's")
    assert view(worked.path) == worked.now
    opened(worked.path).close()


def test_who_only_reads_needs_no_lock(worked: Worked) -> None:
    (worked.path / "visit.lock").unlink(missing_ok=True)
    (worked.path / "visit.lock").mkdir()
    with opened(worked.path, reading=True) as visit:
        assert visit.store.entry_count() == worked.now[1]


@pytest.mark.parametrize("name", ["exhibits", "backups", "previews", "aside", "damaged"])
def test_a_file_in_the_place_of_a_folder_is_found_and_moved_away(name: str, worked: Worked) -> None:
    path = worked.path / name
    shutil.rmtree(path, ignore_errors=True)
    path.write_bytes(b"a file where a folder was")
    with opened(worked.path) as visit:
        found = check_visit(visit)
        assert found.blocked == (name,)
        assert not found.sound
        mend_exhibits(visit)
        assert not check_visit(visit).blocked
        back_up(visit)
    assert b"a file where a folder was" in files(worked.path).values()


@pytest.mark.parametrize("name", ["exhibits", "backups", "previews", "aside", "damaged"])
def test_a_link_to_itself_in_the_place_of_a_folder_is_moved_away(name: str, worked: Worked) -> None:
    shutil.rmtree(worked.path / name, ignore_errors=True)
    (worked.path / name).symlink_to(name)
    with opened(worked.path) as visit:
        assert check_visit(visit).blocked == (name,)
        mend_exhibits(visit)
        assert not check_visit(visit).blocked
        back_up(visit)


def test_a_dead_link_for_the_exhibits(worked: Worked) -> None:
    shutil.rmtree(worked.path / "exhibits")
    (worked.path / "exhibits").symlink_to(worked.path / "nowhere")
    with opened(worked.path) as visit:
        assert check_visit(visit).blocked == ("exhibits",)
        assert len(mend_exhibits(visit)[1]) == 3
        assert check_visit(visit).blocked == ()


def test_a_backup_made_after_the_clock_was_set_back_is_read_too(worked: Worked) -> None:
    """By its name it is the older one, and it alone knows the last work."""
    with opened(worked.path) as visit:
        made = back_up(visit)
    made.path.rename(made.path.with_name("visit-20161124-104207.db"))
    (worked.path / "visit.db").unlink()
    assert repair(worked.path, identity=ME).entries == worked.now[1]
    assert view(worked.path) == worked.now


def test_another_visits_keys_among_the_backups_are_kept_and_replaced(worked: Worked, other: Path) -> None:
    copy = worked.path / "backups" / "keys.json"
    own = copy.read_bytes()
    shutil.copy(other / "keys.json", copy)
    opened(worked.path).close()
    assert copy.read_bytes() == own
    assert in_damaged(worked.path, (other / "keys.json").read_bytes())
    copy.unlink()
    opened(worked.path).close()
    assert copy.read_bytes() == own
