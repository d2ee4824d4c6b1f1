"""Log, backups and notes damaged together: whatever is missing, somebody still tells of it on opening."""

from __future__ import annotations

import contextlib
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from qsin_desktop.actions.checking import check_visit
from qsin_desktop.actions.deleting import delete, look_to_delete
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import DatabaseShort, Unlocking
from qsin_desktop.actions.repairing import look_over, repair
from qsin_desktop.store.folder import REACHED_NAME
from qsin_desktop.store.high_water import path_in_home
from qsin_desktop.store.identity import REACHED_FOLDER, Identity
from qsin_desktop.store.looking import LogSpoiled
from qsin_desktop.store.places import FileBlocked
from tests.actions.worked import Worked, files, in_damaged, work
from tests.founding import ME, copy_of, opened


@dataclass(frozen=True)
class CutOff:
    """A visit whose program was ended: the last work is in the log, the backup is older."""

    path: Path
    before: int
    entries: int
    me: Identity

    @property
    def last(self) -> int:
        """Entries that only the log holds."""
        return self.entries - self.before

    @property
    def log(self) -> Path:
        return self.path / "visit.db-wal"

    @property
    def noted_at_home(self) -> Path:
        assert self.me.home is not None
        return path_in_home(self.me.home, self.path)

    @contextlib.contextmanager
    def opened(self) -> Iterator[OpenVisit]:
        with opened(self.path, self.me) as visit:
            yield visit


@pytest.fixture
def cut_off(worked: Worked, tmp_path: Path) -> CutOff:
    path, home = tmp_path / "cut" / worked.path.name, tmp_path / "home"
    home.mkdir()
    me = replace(ME, home=home)
    opened(worked.path, me).close()  # all that was written before is in the database itself
    with opened(worked.path, me) as visit:
        before = visit.store.entry_count()
        work(visit, 6, first=50)
        entries = visit.store.entry_count()
        shutil.copytree(worked.path, path, ignore=shutil.ignore_patterns("visit.lock", "visit.writer.json"))
    shutil.copy(worked.path.with_name(worked.path.name + ".key"), path.with_name(path.name + ".key"))
    path_in_home(home, worked.path).replace(path_in_home(home, path))
    return CutOff(path, before, entries, me)


def test_the_notes_follow_the_work_and_all_is_well(cut_off: CutOff) -> None:
    with cut_off.opened() as visit:
        assert visit.store.entry_count() == cut_off.entries
        assert visit.mended == ""
        assert check_visit(visit).sound


def test_something_else_for_a_log_is_told_where_no_note_says_that_all_is_there(cut_off: CutOff) -> None:
    """Nor does a backup, which is only a link."""
    backups = sorted((cut_off.path / "backups").glob("visit-*.db"))
    for backup in backups:
        backup.unlink()
    backups[-1].symlink_to(cut_off.path / "nowhere")
    (cut_off.path / REACHED_NAME).unlink()
    cut_off.noted_at_home.unlink()
    content = random.Random(8).randbytes(cut_off.log.stat().st_size)
    cut_off.log.write_bytes(content)
    with pytest.raises(LogSpoiled, match="Nothing was changed"), cut_off.opened():
        pass
    assert cut_off.log.read_bytes() == content
    affected = " ".join(look_over(cut_off.path, home=cut_off.me.home).affected)
    assert "visit.db-wal" in affected
    assert "1 of its backups is damaged" in affected
    done = repair(cut_off.path, identity=cut_off.me)
    assert done.entries == cut_off.before
    assert any("last of them was written on" in line for line in done.lines)
    assert in_damaged(cut_off.path, content)
    with cut_off.opened() as visit:
        assert check_visit(visit).sound
        assert check_visit(visit).backups == 0


@pytest.mark.parametrize("notes", ["both", "in the folder", "at home"])
@pytest.mark.parametrize("backups", [True, False])
def test_a_log_that_is_gone_is_missed(cut_off: CutOff, notes: str, backups: bool) -> None:
    cut_off.log.unlink()
    if not backups:
        shutil.rmtree(cut_off.path / "backups")
    if notes == "in the folder":
        cut_off.noted_at_home.unlink()
    if notes == "at home":
        (cut_off.path / REACHED_NAME).unlink()
    stood = files(cut_off.path)
    with pytest.raises(DatabaseShort, match=f"had {cut_off.entries} when it was last worked on, the last on"):
        cut_off.opened().__enter__()
    assert {name: stood[name] for name in stood if not name.endswith("-shm")}.items() <= files(
        cut_off.path
    ).items()
    with opened(cut_off.path, cut_off.me, reading=True) as visit:
        assert visit.store.entry_count() == cut_off.before
        assert f"had {cut_off.entries}" in visit.mended
    assert "fewer entries" in look_over(cut_off.path, home=cut_off.me.home).affected[0]
    done = repair(cut_off.path, identity=cut_off.me)
    assert done.entries_missing == cut_off.last
    assert f"{cut_off.last} entries that the visit had are in none of its files any more." in done.lines
    assert look_over(cut_off.path, home=cut_off.me.home).affected == ()
    with cut_off.opened() as visit:
        assert visit.mended == ""
        assert check_visit(visit).sound
        work(visit, 1, first=90)
    cut_off.opened().__enter__().close()


def test_a_log_damaged_all_over_is_not_folded_in_by_a_refusal(cut_off: CutOff) -> None:
    """Its head is right and none of its pages: only the notes know, and its bytes stay for the repair."""
    content = cut_off.log.read_bytes()[:32] + random.Random(9).randbytes(cut_off.log.stat().st_size - 32)
    cut_off.log.write_bytes(content)
    with pytest.raises(DatabaseShort), cut_off.opened():
        pass
    assert cut_off.log.read_bytes() == content
    repair(cut_off.path, identity=cut_off.me)
    assert in_damaged(cut_off.path, content)


@pytest.mark.parametrize("head", [bytes(32), b"\x37\x7f", b"\x37\x7f\x06\x82" + bytes(28), bytes(9000)])
def test_what_a_power_cut_leaves_of_the_first_head_is_no_damage(worked: Worked, head: bytes) -> None:
    (worked.path / REACHED_NAME).unlink()
    (worked.path / "visit.db-wal").write_bytes(head)
    with opened(worked.path) as visit:
        assert visit.mended == ""
        assert visit.store.entry_count() == worked.now[1]


def test_something_else_for_a_log_is_put_aside_where_the_notes_say_that_all_is_there(worked: Worked) -> None:
    content = random.Random(3).randbytes(9000)
    (worked.path / "visit.db-wal").write_bytes(content)
    with opened(worked.path) as visit:
        assert "every entry is there" in visit.mended
        assert visit.store.entry_count() == worked.now[1]
        work(visit, 1, first=70)
    assert in_damaged(worked.path, content)
    with opened(worked.path) as visit:
        assert visit.mended == ""


@pytest.mark.parametrize("kind", ["a dead link", "a link to a whole one", "a folder", "empty"])
def test_a_backup_that_protects_nothing_is_told_on_opening(worked: Worked, kind: str, tmp_path: Path) -> None:
    backup = max((worked.path / "backups").glob("visit-*.db"))
    elsewhere = tmp_path / backup.name
    backup.replace(elsewhere)
    if kind == "a folder":
        backup.mkdir()
    elif kind == "empty":
        backup.touch()
    else:
        backup.symlink_to(elsewhere if "whole" in kind else tmp_path / "nowhere")
    with opened(worked.path) as visit:
        assert backup.name in visit.mended
        result = check_visit(visit)
    assert result.bad_backups == (backup.name,)
    assert "damaged" in look_over(worked.path).affected[0]
    repair(worked.path, identity=ME)
    assert elsewhere.exists()
    with opened(worked.path) as visit:
        assert visit.mended == ""
        assert check_visit(visit).sound


def test_an_older_copy_elsewhere_opens_as_ever(worked: Worked, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    me = replace(ME, home=tmp_path / "home")
    older = copy_of(worked.path, tmp_path / "older")
    with opened(worked.path, me) as visit:
        work(visit, 3, first=60)
    with opened(older, me) as visit:
        assert visit.mended == ""
        assert not visit.read_only


def test_a_folder_in_the_notes_place_is_told_and_moved_aside(worked: Worked) -> None:
    (worked.path / REACHED_NAME).unlink()
    (worked.path / REACHED_NAME).mkdir()
    with pytest.raises(FileBlocked, match=REACHED_NAME):
        opened(worked.path)
    repair(worked.path, identity=ME)
    with opened(worked.path) as visit:
        assert check_visit(visit).sound
    assert (worked.path / REACHED_NAME).is_file()


def test_the_home_folder_forgets_a_deleted_visit(worked: Worked, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    me = replace(ME, home=home)
    opened(worked.path, me).close()
    assert list((home / REACHED_FOLDER).iterdir()) == [path_in_home(home, worked.path)]
    target = look_to_delete(worked.path, identity=me, unlocking=Unlocking(use_keyring=False))
    delete(target, confirm=target.name, reason="a trial", today=date(2026, 11, 24), home=home, identity=me)
    assert list((home / REACHED_FOLDER).iterdir()) == []
