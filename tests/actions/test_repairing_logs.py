"""A damaged log beside the database, a database that went back in time, entries behind a gap."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from qsin_desktop.actions.backing_up import back_up
from qsin_desktop.actions.checking import check_visit
from qsin_desktop.actions.opening import DatabaseBehind
from qsin_desktop.actions.repairing import repair
from qsin_desktop.domain.errors import Damage
from qsin_desktop.store.visit_file import VisitFile
from tests.actions.worked import Worked, files, in_damaged, view, work
from tests.founding import ME, copy_of, opened


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
@pytest.mark.parametrize("what", [b"", b"x", bytes(70_000), b"\xff" * 5000])
def test_rubbish_for_a_log_or_its_index_does_no_harm(worked: Worked, ending: str, what: bytes) -> None:
    (worked.path / f"visit.db{ending}").write_bytes(what)
    with opened(worked.path) as visit:
        assert visit.store.entry_count() == worked.now[1]
        work(visit, 1)
    with opened(worked.path) as visit:
        assert check_visit(visit).sound


@dataclass(frozen=True)
class Killed:
    """A visit whose program was ended: the last work is in the log."""

    path: Path
    entries: int


@pytest.fixture
def killed(worked: Worked, tmp_path: Path) -> Killed:
    path = tmp_path / "killed" / worked.path.name
    with opened(worked.path) as visit:
        work(visit, 8, first=50)
        entries = visit.store.entry_count()
        shutil.copytree(worked.path, path, ignore=shutil.ignore_patterns("visit.lock", "visit.writer.json"))
    shutil.copy(worked.path.with_name(worked.path.name + ".key"), path.with_name(path.name + ".key"))
    assert (path / "visit.db-wal").stat().st_size > 30_000
    return Killed(path, entries)


def test_a_log_after_a_crash_is_played_in(killed: Killed) -> None:
    with opened(killed.path) as visit:
        assert visit.mended == ""
        assert visit.store.entry_count() == killed.entries


@pytest.mark.parametrize("place", [5, 40, 24 + 32 + 2000])
def test_what_lies_behind_a_damaged_spot_of_the_log_comes_back(killed: Killed, place: int) -> None:
    """SQLite ends at the first frame that is not right and writes over the rest."""
    content = spoiled(killed, place)
    with opened(killed.path) as visit:
        assert visit.store.entry_count() >= killed.entries - 2
        assert "came back" in visit.mended
        assert check_visit(visit).sound
    assert in_damaged(killed.path, content)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.6])
def test_a_log_whose_damage_breaks_the_chain_is_left_for_the_repair(killed: Killed, share: float) -> None:
    content = spoiled(killed, int((killed.path / "visit.db-wal").stat().st_size * share))
    with contextlib.suppress(Damage):
        opened(killed.path).close()
    repaired = repair(killed.path, identity=ME)
    with opened(killed.path) as visit:
        assert visit.store.entry_count() >= killed.entries - 1
        looked = check_visit(visit)
    assert repaired.texts_lost <= 1  # one body may have lain in the damaged frame
    assert looked.sound == (repaired.texts_lost == 0)
    assert ("words are gone" in looked.trail.fault) == (repaired.texts_lost == 1)
    assert in_damaged(killed.path, content)


def spoiled(killed: Killed, place: int) -> bytes:
    log = killed.path / "visit.db-wal"
    content = bytearray(log.read_bytes())
    content[place] ^= 4
    log.write_bytes(content)
    return bytes(content)


def test_a_log_of_another_visit_is_not_played_in(killed: Killed, other: Path, worked: Worked) -> None:
    path = worked.path
    shutil.copy(killed.path / "visit.db-wal", path / "visit.db-wal")
    key = other.with_name(other.name + ".key")
    foreign = path.parent / "foreign" / other.name
    shutil.copytree(other, foreign)
    shutil.copy(key, foreign.with_name(foreign.name + ".key"))
    shutil.copy(killed.path / "visit.db-wal", foreign / "visit.db-wal")
    stood = files(foreign)
    with pytest.raises(Damage, match="log of another file"):
        opened(foreign)
    assert files(foreign) == stood
    repair(foreign, identity=ME)
    with opened(foreign) as visit:
        assert check_visit(visit).sound


def test_a_database_older_than_its_backup_is_noticed(worked: Worked, tmp_path: Path) -> None:
    """As when a synchronising folder puts an old file back."""
    old = next((worked.path / "backups").glob("visit-*.db")).read_bytes()
    with opened(worked.path) as visit:
        visit.clock = lambda: datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
        back_up(visit)
    (worked.path / "visit.db").write_bytes(old)
    with pytest.raises(DatabaseBehind):
        opened(worked.path)
    repair(worked.path, identity=ME)
    assert view(worked.path) == worked.now


def test_entries_behind_a_gap_are_kept_and_join_when_the_gap_is_filled(worked: Worked) -> None:
    """Without the backup, one entry in the middle is lost for good; a colleague has it."""
    whole = copy_of(worked.path, worked.path.parent / "colleague")
    with opened(whole, reading=True) as visit:
        log = visit.store.log_of(ME.device)
    shutil.rmtree(worked.path / "backups")
    lose_entry(worked.path, log[70].id)
    done = repair(worked.path, identity=ME)
    assert (done.entries, done.entries_missing) == (70, 1)
    assert any("join by themselves" in line for line in done.lines)
    with opened(worked.path) as visit:
        assert visit.store.entry_count() == 70
        visit.receive([log[:71]])
    with opened(worked.path) as visit:
        assert visit.store.entry_count() == worked.now[1]
        assert "came back" in visit.mended
        assert visit.store.view_digest() == worked.now[0]
        assert check_visit(visit).sound


def test_entries_behind_a_gap_are_written_again_when_the_work_went_on(worked: Worked) -> None:
    with opened(worked.path, reading=True) as visit:
        log = visit.store.log_of(ME.device)
        texts = {note.text for note in visit.record.notes()}
    shutil.rmtree(worked.path / "backups")
    lose_entry(worked.path, log[70].id)
    repair(worked.path, identity=ME)
    with opened(worked.path) as visit:
        work(visit, 1, first=200)
    with opened(worked.path) as visit:
        assert "came back" in visit.mended
        assert check_visit(visit).sound
        back = {note.text for note in visit.record.notes()}
    assert len(texts - back) <= 1
    with opened(worked.path) as visit:
        assert visit.mended == ""


def lose_entry(path: Path, entry: str) -> None:
    """As if its bytes had been overwritten, on every page that ever held it."""
    with opened(path, reading=True) as visit:
        key = visit.data_key.database_key
    file = VisitFile(path / "visit.db", key)
    with file.writing() as connection:
        connection.execute(text("PRAGMA secure_delete = ON"))
        connection.execute(text("DELETE FROM entries WHERE id = :id"), {"id": entry})
    file.driver_connection.execute("VACUUM")
    file.close()
