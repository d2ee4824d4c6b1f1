from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import cast

import pytest
import sqlcipher3
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.backups import (
    BackupUnsound,
    backups_of,
    check_backup,
    due,
    kept,
    make_backup,
    thin,
)
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.faults import DiskFull
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.keys import create_keys, unlock
from tests.store.makers import CHEAP, WORDS, small_drive, tree

NOON = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)


def opened(path: Path, key: DataKey) -> sqlite3.Connection:
    connection = sqlcipher3.connect(str(path), isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA key = \"x'{key.database_key.hex()}'\"")
    connection.execute("PRAGMA cipher_log_level = NONE")
    return cast("sqlite3.Connection", connection)


class Visit:
    """A visit with a real, encrypted database that somebody works on."""

    def __init__(self, path: Path) -> None:
        self.folder = VisitFolder.create(path)
        self.key = create_keys(self.folder, passphrase=WORDS, cost=CHEAP)
        self.live = opened(self.folder.database, self.key)
        self.live.execute("PRAGMA journal_mode = WAL")
        self.live.execute("CREATE TABLE notes (text TEXT)")
        self.live.execute("CREATE TABLE tips (device TEXT, seq INTEGER, chain_hash TEXT)")
        self.live.execute("CREATE TABLE entries (device TEXT, seq INTEGER, head BLOB, sig BLOB)")
        self.live.execute("BEGIN")
        self.live.executemany("INSERT INTO notes VALUES (?)", [(f"note {number}",) for number in range(500)])
        self.live.execute("COMMIT")


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[Visit]:
    made = Visit(tmp_path / "V.qsin")
    yield made
    made.live.close()


def notes_in(path: Path, key: DataKey) -> int:
    connection = opened(path, key)
    try:
        return int(connection.execute("SELECT count(*) FROM notes").fetchone()[0])
    finally:
        connection.close()


def test_a_backup_holds_what_was_committed(visit: Visit) -> None:
    visit.live.execute("BEGIN")
    visit.live.execute("INSERT INTO notes VALUES ('not yet')")
    backup = make_backup(visit.folder, visit.key, NOON)
    visit.live.execute("COMMIT")
    assert backup.path.name == "visit-20261124-120000.db"
    assert notes_in(backup.path, visit.key) == 500
    assert notes_in(visit.folder.database, visit.key) == 501
    assert tree(visit.folder.backups) == {"visit-20261124-120000.db", "keys.json"}
    assert backups_of(visit.folder) == (backup,)


def test_of_several_in_one_second_the_last_is_the_newest(visit: Visit) -> None:
    made = [make_backup(visit.folder, visit.key, NOON) for _ in range(11)]
    assert backups_of(visit.folder) == tuple(reversed(made))


def test_a_backup_is_encrypted_and_opens_with_its_own_keys(visit: Visit, tmp_path: Path) -> None:
    backup = make_backup(visit.folder, visit.key, NOON)
    assert b"note 1" not in backup.path.read_bytes()
    assert not backup.path.read_bytes().startswith(b"SQLite format")
    restored = VisitFolder.create(tmp_path / "Restored.qsin")
    restored.keys.write_bytes((visit.folder.backups / "keys.json").read_bytes())
    restored.database.write_bytes(backup.path.read_bytes())
    assert notes_in(restored.database, unlock(restored, passphrase=WORDS)) == 500


def test_a_backup_is_made_on_another_thread_while_somebody_writes(visit: Visit) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            visit.live.execute("INSERT INTO notes VALUES ('meanwhile')")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        backups = [make_backup(visit.folder, visit.key, NOON + timedelta(minutes=n)) for n in range(3)]
    finally:
        stop.set()
        writer.join()
    for backup in backups:
        check_backup(backup.path, visit.key)
        assert notes_in(backup.path, visit.key) >= 500


def test_two_backups_in_one_second_are_two_files(visit: Visit) -> None:
    first, second = (make_backup(visit.folder, visit.key, NOON) for _ in range(2))
    assert first.path != second.path
    assert len(backups_of(visit.folder)) == 2


def test_the_name_is_in_utc(visit: Visit) -> None:
    summer = NOON.astimezone(timezone(timedelta(hours=1)))
    assert make_backup(visit.folder, visit.key, summer).path.name == "visit-20261124-120000.db"


@pytest.mark.parametrize("place", [0.0, 0.01, 0.5, 0.99])
def test_a_damaged_backup_is_told(visit: Visit, place: float) -> None:
    backup = make_backup(visit.folder, visit.key, NOON)
    content = bytearray(backup.path.read_bytes())
    content[int(place * len(content))] ^= 1
    backup.path.write_bytes(content)
    with pytest.raises(BackupUnsound, match="does not pass its check"):
        check_backup(backup.path, visit.key)


def test_a_cut_or_empty_backup_is_told(visit: Visit) -> None:
    backup = make_backup(visit.folder, visit.key, NOON)
    whole = backup.path.read_bytes()
    for content in (whole[: len(whole) // 2], b"", whole[:100]):
        backup.path.write_bytes(content)
        with pytest.raises(BackupUnsound):
            check_backup(backup.path, visit.key)


def test_a_damaged_visit_makes_no_backup_and_takes_none_away(visit: Visit) -> None:
    before = make_backup(visit.folder, visit.key, NOON)
    visit.live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    visit.live.close()
    content = bytearray(visit.folder.database.read_bytes())
    content[5000] ^= 1
    visit.folder.database.write_bytes(content)
    with pytest.raises(Refusal):
        make_backup(visit.folder, visit.key, NOON + timedelta(hours=1))
    assert tree(visit.folder.backups) == {before.path.name, "keys.json"}


def test_a_full_disk_leaves_the_backups_that_were_there(tmp_path: Path) -> None:
    with small_drive(tmp_path, megabytes=8) as drive:
        visit = Visit(drive / "V.qsin")
        first = make_backup(visit.folder, visit.key, NOON)
        (drive / "ballast").write_bytes(bytes(drive_free(drive) - 20_000))
        with pytest.raises(DiskFull):
            make_backup(visit.folder, visit.key, NOON + timedelta(hours=1))
        check_backup(first.path, visit.key)
        assert tree(visit.folder.backups) == {first.path.name, "keys.json"}
        visit.live.close()


def drive_free(drive: Path) -> int:
    return shutil.disk_usage(drive).free


def test_one_is_due_after_half_an_hour(visit: Visit) -> None:
    assert due(visit.folder, NOON)
    make_backup(visit.folder, visit.key, NOON - timedelta(minutes=1))
    assert due(visit.folder, NOON), "the very first holds only how the visit began"
    make_backup(visit.folder, visit.key, NOON)
    assert not due(visit.folder, NOON + timedelta(minutes=29))
    assert due(visit.folder, NOON + timedelta(minutes=30))
    assert due(visit.folder, NOON - timedelta(days=1)), (
        "a clock that once ran ahead must not stop the backups"
    )


def test_other_files_among_the_backups_are_left_alone(visit: Visit) -> None:
    visit.folder.backups.joinpath("visit-20261399-000000.db").write_bytes(b"no such day")
    visit.folder.backups.joinpath("my own copy.db").write_bytes(b"mine")
    make_backup(visit.folder, visit.key, NOON)
    assert len(backups_of(visit.folder)) == 1
    assert "my own copy.db" in tree(visit.folder.backups)


def test_a_missing_backups_folder_is_made(visit: Visit) -> None:
    visit.folder.backups.rmdir()
    assert backups_of(visit.folder) == ()
    assert make_backup(visit.folder, visit.key, NOON).path.exists()


def test_a_week_of_work_is_thinned(visit: Visit) -> None:
    """A copy every half hour for seven days of eight hours, then a look at what stays."""
    worked = [NOON - timedelta(days=day, minutes=30 * step) for day in range(7) for step in range(16)]
    for at in worked:
        (visit.folder.backups / f"visit-{at:%Y%m%d-%H%M%S}.db").write_bytes(b"x")
    thin(visit.folder.backups, NOON)
    stay = [backup.at for backup in backups_of(visit.folder)]
    recent = [NOON - timedelta(minutes=30 * step) for step in range(8)]
    rest_of_the_day = [NOON - timedelta(minutes=30, hours=4 + step) for step in range(4)]
    days_before = [NOON - timedelta(days=day) for day in range(2, 7)]
    assert stay[:8] == recent
    assert [at for at in stay if at.date() == NOON.date()] == [
        *recent,
        NOON - timedelta(hours=4),
        *rest_of_the_day,
    ]
    assert [at for at in stay if NOON - at >= timedelta(days=2)] == days_before


moments = st.lists(
    st.integers(0, 60 * 24 * 40).map(lambda minutes: NOON - timedelta(minutes=minutes)), max_size=60
)


@given(moments)
def test_thinning_keeps_the_newest_and_settles(made: list[datetime]) -> None:
    stay = kept(made, NOON)
    assert stay <= set(made)
    assert kept(stay, NOON) == stay
    if made:
        assert max(made) in stay
    assert {at for at in made if NOON - at < timedelta(hours=4)} <= stay


@given(moments)
def test_every_hour_of_a_day_and_every_day_of_two_weeks_keeps_one(made: list[datetime]) -> None:
    stay = kept(made, NOON)
    day = {at for at in made if NOON - at < timedelta(days=1)}
    assert {f"{at:%d %H}" for at in day} == {f"{at:%d %H}" for at in stay & day}
    older = {at for at in made if timedelta(days=1) <= NOON - at < timedelta(days=14)}
    assert {at.date() for at in older} == {at.date() for at in stay & older}
