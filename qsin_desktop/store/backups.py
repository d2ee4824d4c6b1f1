"""Rotating copies of visit.db: of committed work only, encrypted by the same key, checked when written."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, cast

import sqlcipher3

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.durable import aside_for, flush_folder, flush_to_disk, put_in_place, write_aside
from qsin_desktop.store.faults import refusal_for
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.keys_file import KEYS_NAME
from qsin_desktop.store.visit_file import database_faults

EVERY: Final = timedelta(minutes=30)
ALL_FOR: Final = timedelta(hours=4)
HOURLY_FOR: Final = timedelta(days=1)
DAILY_FOR: Final = timedelta(days=14)

_NAME: Final = re.compile(r"visit-(\d{8}-\d{6})(?:-\d+)?\.db")
_STAMP: Final = "%Y%m%d-%H%M%S"


class BackupUnsound(Refusal):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The backup “{path.name}” does not pass its check and cannot be relied on; the visit itself was "
            "not touched. If this comes again, the drive may be failing: copy the visit elsewhere."
        )


@dataclass(frozen=True)
class Backup:
    """One copy; `at` in UTC, as its name says; `size` in bytes."""

    path: Path
    at: datetime
    size: int


def backups_of(folder: VisitFolder) -> tuple[Backup, ...]:
    """Newest first; files with other names are left out."""
    try:
        found = [_backup(path) for path in folder.backups.iterdir() if _NAME.fullmatch(path.name)]
    except FileNotFoundError:
        return ()
    except OSError as fault:
        raise refusal_for(fault, f"The backups of “{folder.title}” could not be listed") from fault
    known = [backup for backup in found if backup is not None]
    return tuple(sorted(known, key=lambda backup: (backup.at, backup.path.name), reverse=True))


def due(folder: VisitFolder, now: datetime) -> bool:
    """Whether the newest is older than half an hour, or of a future that a wrong clock once showed."""
    newest = next(iter(backups_of(folder)), None)
    return newest is None or not now - EVERY < newest.at <= now + EVERY


def make_backup(folder: VisitFolder, data_key: DataKey, now: datetime) -> Backup:
    """A new copy beside the others, whole and checked, then the old ones thinned. `now` with its zone.

    Reads through a connection of its own, so it may run on any thread beside the writer.
    Raises `BackupUnsound` or a disk's refusal; the copies that were there stay.
    """
    try:
        folder.backups.mkdir(exist_ok=True)
        path = _free_name(folder.backups, now)
        _write(folder, data_key.database_key, path)
        write_aside(folder.backups / KEYS_NAME, folder.keys.read_bytes())
    except OSError as fault:
        raise refusal_for(fault, f"The backup of “{folder.title}” could not be written") from fault
    thin(folder, now)
    return Backup(path, _utc(now), path.stat().st_size)


def check_backup(path: Path, data_key: DataKey) -> None:
    """Reads the whole copy: every page's seal and the tables' order. Raises `BackupUnsound`."""
    if not _sound(path, data_key.database_key):
        raise BackupUnsound(path)


def thin(folder: VisitFolder, now: datetime) -> int:
    """Remove what `kept` lets go; returns how many."""
    backups = backups_of(folder)
    staying = kept((backup.at for backup in backups), now)
    gone = 0
    for backup in backups:
        if backup.at not in staying:
            with suppress(OSError):  # in use just now: the next time will do
                backup.path.unlink()
                gone += 1
    return gone


def kept(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """All of the last four hours, the last of each hour for a day, the last of each day for two weeks.

    The newest stays whatever its age.
    """
    newest_first = sorted(set(moments), reverse=True)
    staying = set(newest_first[:1])
    taken: set[str] = set()
    for moment in newest_first:
        place = _place(moment, now - moment)
        if place is not None and place not in taken:
            taken.add(place)
            staying.add(moment)
    return staying


def _place(moment: datetime, age: timedelta) -> str | None:
    """The place in the rotation that only one copy can have."""
    if age < ALL_FOR:
        return moment.isoformat()
    if age < HOURLY_FOR:
        return f"{moment:%Y%m%d %H}"
    return f"{moment:%Y%m%d}" if age < DAILY_FOR else None


def _write(folder: VisitFolder, key: bytes, path: Path) -> None:
    aside = aside_for(path)
    try:
        with database_faults(folder.path):
            _copy(folder.database, aside, key)
        if not _sound(aside, key):
            raise BackupUnsound(path)
        with aside.open("r+b") as written:
            flush_to_disk(written.fileno())
        put_in_place(aside, path)
        flush_folder(path.parent)
    finally:
        for left in (aside, aside.with_name(aside.name + "-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _copy(database: Path, aside: Path, key: bytes) -> None:
    with _connected(database, key) as source, _connected(aside, key) as copy:
        source.execute("PRAGMA query_only = ON")
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it


def _sound(path: Path, key: bytes) -> bool:
    try:
        with _connected(path, key) as copy:
            return (
                not copy.execute("PRAGMA cipher_integrity_check").fetchall()
                and copy.execute("PRAGMA quick_check").fetchall() == [("ok",)]
                and copy.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
            )
    except sqlcipher3.DatabaseError:
        return False


@contextmanager
def _connected(path: Path, key: bytes) -> Iterator[sqlite3.Connection]:
    with closing(sqlcipher3.connect(str(path), isolation_level=None, timeout=5.0)) as connection:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_log_level = NONE")
        yield cast("sqlite3.Connection", connection)


def _free_name(place: Path, now: datetime) -> Path:
    stamp = _utc(now).strftime(_STAMP)
    path, number = place / f"visit-{stamp}.db", 2
    while path.exists():
        path, number = place / f"visit-{stamp}-{number}.db", number + 1
    return path


def _backup(path: Path) -> Backup | None:
    stamp = _NAME.fullmatch(path.name)
    try:
        at = datetime.strptime(stamp[1] if stamp else "", _STAMP).replace(tzinfo=UTC)
        return Backup(path, at, path.stat().st_size)
    except (ValueError, OSError):
        return None


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
