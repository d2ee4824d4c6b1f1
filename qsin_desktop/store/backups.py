"""Rotating copies of visit.db: of committed work only, encrypted by the same key, checked when written."""

from __future__ import annotations

import errno
import hashlib
import re
import sqlite3
import stat
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, cast

import sqlcipher3

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.durable import (
    aside_for,
    flush_folder,
    flush_to_disk,
    make_folder,
    put_in_place,
    write_aside,
)
from qsin_desktop.store.faults import DiskFull, PlaceForbidden, PlaceGone, refusal_for
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.folder_gone import refuse_moved
from qsin_desktop.store.keys_file import KEYS_NAME
from qsin_desktop.store.names import safe_name
from qsin_desktop.store.visit_file import database_faults

EVERY: Final = timedelta(minutes=30)
ALL_FOR: Final = timedelta(hours=4)
HOURLY_FOR: Final = timedelta(days=1)
DAILY_FOR: Final = timedelta(days=14)

_NAME: Final = re.compile(r"visit-(\d{8}-\d{6})(?:-(\d+))?\.db")
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
    return backups_in(folder.backups, f"The backups of “{folder.title}”")


def backups_in(place: Path, called: str = "The backups") -> tuple[Backup, ...]:
    """The same of any folder; a disk's refusal says how they are `called`."""
    try:
        found = [_backup(path) for path in place.iterdir() if _NAME.fullmatch(path.name)]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as fault:
        if fault.errno == errno.ELOOP:  # a link to itself, which a repair moves aside
            return ()
        raise refusal_for(fault, f"{called} could not be listed") from fault
    known = [backup for backup in found if backup is not None]
    return tuple(sorted(known, key=lambda backup: (backup.at, _number(backup.path)), reverse=True))


def strays_of(folder: VisitFolder) -> tuple[Path, ...]:
    """What bears a backup's name and is no file of its own: a link, wherever it leads, or a folder."""
    with suppress(OSError):
        named = (path for path in folder.backups.iterdir() if _NAME.fullmatch(path.name))
        return tuple(sorted(path for path in named if not stat.S_ISREG(path.lstat().st_mode)))
    return ()


def second_place(place: Path, folder: VisitFolder, data_key: DataKey) -> Path:
    """The visit's own folder in a place that holds backups of many."""
    return place / safe_name(f"{folder.title} backups {data_key.id[:8]}")


def newest_by(now: datetime, place: Path) -> Backup | None:
    """The newest in a folder, but for those of a future that a wrong clock once showed."""
    return next((backup for backup in backups_in(place) if backup.at <= now + EVERY), None)


def due(folder: VisitFolder, now: datetime, *, place: Path | None = None) -> bool:
    """Whether the newest, in the visit's own folder or another `place`, is half an hour old.

    The visit's very first holds nothing but how it began, so the first work does not wait for half an hour.
    """
    if place is None and len(backups_of(folder)) == 1:
        return True
    newest = newest_by(now, folder.backups if place is None else place)
    return newest is None or newest.at <= now - EVERY


def make_backup(
    folder: VisitFolder, data_key: DataKey, now: datetime, *, place: Path | None = None
) -> Backup:
    """A new copy beside the others, whole and checked, then the old ones thinned. `now` with its zone.

    `place` is another folder than the visit's own; what lies above it must be there.

    Reads through a connection of its own, so it may run on any thread beside the writer.
    Raises `BackupUnsound` or a disk's refusal; the copies that were there stay.
    """
    place = folder.backups if place is None else place
    refuse_moved(folder.path)
    try:
        make_folder(place)
        path = _free_name(place, now)
        _write(folder, data_key.database_key, path)
        write_aside(place / KEYS_NAME, folder.keys.read_bytes())
    except OSError as fault:
        raise refusal_for(fault, f"The backup of “{folder.title}” could not be written") from fault
    thin(place, now)
    return Backup(path, _utc(now), path.stat().st_size)


def first_backup(folder: VisitFolder, data_key: DataKey, now: datetime) -> None:
    """Of a visit that was just made, so that damage on its first day costs no more than that day's work.

    Where none can be written now, the rounds try again.
    """
    with suppress(Refusal):
        make_backup(folder, data_key, now)


def check_backup(path: Path, data_key: DataKey) -> None:
    """Reads the whole copy: every page's seal, the tables' order, each log's end. Raises `BackupUnsound`."""
    if not _sound(path, data_key.database_key):
        raise BackupUnsound(path)


def thin(place: Path, now: datetime) -> int:
    """Remove what `kept` lets go from a folder of backups; returns how many."""
    backups = backups_in(place)
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
        with _told_of_backup(folder, path.parent), database_faults(folder.path):
            known = _copy(folder.database, aside, key)
        if not _sound(aside, key, known):
            raise BackupUnsound(path)
        with aside.open("r+b") as written:
            flush_to_disk(written.fileno())
        put_in_place(aside, path)
        flush_folder(path.parent)
    finally:
        for left in (aside, aside.with_name(aside.name + "-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


_WHY: Final[dict[type[Refusal], str]] = {
    DiskFull: "the disk is full",
    PlaceForbidden: "it takes no writing",
    PlaceGone: "its drive stopped answering",
}


@contextmanager
def _told_of_backup(folder: VisitFolder, place: Path) -> Iterator[None]:
    """What stopped the copy is not told as if the visit had not been saved."""
    try:
        yield
    except (DiskFull, PlaceForbidden, PlaceGone) as fault:
        where = "its own folder" if place == folder.backups else f"“{place.name}”"
        raise type(fault)(
            f"No backup of “{folder.title}” could be written to {where}: {_WHY[type(fault)]}. The visit "
            "itself and every backup made before are safe."
        ) from fault


Tips = dict[str, tuple[int, str]]  # device → seq and chain hash of its last entry


def _copy(database: Path, aside: Path, key: bytes) -> Tips:
    """Answers how far each log was known when the copy began."""
    with _connected(database, key) as source, _connected(aside, key) as copy:
        source.execute("PRAGMA query_only = ON")
        known = _tips(source)
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
    return known


def _sound(path: Path, key: bytes, known: Tips | None = None) -> bool:
    """Also: no log ends before where it was `known` to, and each ends in the entry that its tip names."""
    try:
        with _connected(path, key) as copy:
            return (
                not copy.execute("PRAGMA cipher_integrity_check").fetchall()
                and copy.execute("PRAGMA quick_check").fetchall() == [("ok",)]
                and _ends_agree(copy, known or {})
            )
    except sqlcipher3.DatabaseError:
        return False


def _ends_agree(copy: sqlite3.Connection, known: Tips) -> bool:
    tips = _tips(copy)
    behind = any(seq > tips.get(device, (0, ""))[0] for device, (seq, _) in known.items())
    return not behind and all(_last_of(copy, device) == tip for device, tip in tips.items())


def _tips(connection: sqlite3.Connection) -> Tips:
    rows = connection.execute("SELECT device, seq, chain_hash FROM tips")
    return {device: (seq, chain_hash) for device, seq, chain_hash in rows}


def _last_of(copy: sqlite3.Connection, device: str) -> tuple[int, str]:
    found = copy.execute(
        "SELECT seq, head, sig FROM entries WHERE device = ? ORDER BY seq DESC LIMIT 1", (device,)
    ).fetchone()
    return (found[0], hashlib.sha256(found[1] + found[2]).hexdigest()) if found else (0, "")


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


def _number(path: Path) -> int:
    """Of several in one second, as `_free_name` counts them."""
    found = _NAME.fullmatch(path.name)
    return int(found[2] or 1) if found else 0


def _backup(path: Path) -> Backup | None:
    stamp = _NAME.fullmatch(path.name)
    try:
        at = datetime.strptime(stamp[1] if stamp else "", _STAMP).replace(tzinfo=UTC)
        found = path.lstat()
    except (ValueError, OSError):
        return None
    return Backup(path, at, found.st_size) if stat.S_ISREG(found.st_mode) else None


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
