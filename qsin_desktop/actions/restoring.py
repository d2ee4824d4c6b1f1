"""Make a visit again from a backup, in a new folder; what is there already is never touched."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from qsin_desktop.actions.opening import Unlocking, now, open_visit
from qsin_desktop.actions.trail import verify_trail
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.backups import (
    Backup,
    BackupUnsound,
    backups_in,
    backups_of,
    check_backup,
    first_backup,
    make_backup,
)
from qsin_desktop.store.cipher_pages import PAGE_BYTES
from qsin_desktop.store.database_state import tips_in
from qsin_desktop.store.durable import is_there, write_aside
from qsin_desktop.store.faults import PlaceGone, refusal_for
from qsin_desktop.store.folder import BACKUPS_NAME, EXHIBITS_NAME, KEY_FILE_SUFFIX, VisitFolder
from qsin_desktop.store.identity import Identity
from qsin_desktop.store.key_search import KeysFound, NotABackup, find_keys_of
from qsin_desktop.store.keys_file import SlotKind, write_keys
from qsin_desktop.store.names import distinct_name, visit_folder_name, visit_title
from qsin_desktop.store.piece_copies import copy_pieces
from qsin_desktop.store.piece_places import PiecePlaces
from qsin_desktop.store.schema import bring_copy_up

__all__ = ["Backup", "BackupInside", "Restored", "backups_at", "looked_into", "place_to_restore", "restore"]

Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]


class NoBackups(Refusal):
    def __init__(self, place: Path) -> None:
        super().__init__(
            f"There is no backup at “{place}”. Choose a visit's folder, its folder “{BACKUPS_NAME}”, or a "
            "second place for backups; a backup is called visit-20261124-104207.db, by its day and time."
        )


class PlaceNeeded(Refusal):
    def __init__(self) -> None:
        super().__init__("Name the new folder that the visit is to be restored to; nothing was made.")


class RestoreStopped(Refusal):
    def __init__(self) -> None:
        super().__init__("Restoring was stopped; nothing of it is left, and the backup is as it was.")


class BackupBroken(Refusal):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The backup “{path.name}” does not pass its check, so nothing was made of it. Take another one; "
            "if there is none, repair the visit itself: that reads what is left in damaged backups too."
        )


@dataclass(frozen=True)
class BackupInside:
    """A backup and how many entries it holds."""

    backup: Backup
    entries: int


@dataclass(frozen=True)
class Restored:
    """`key_file` is the one laid beside the new folder, where the visit is opened by such a file."""

    visit: Path
    entries: int
    exhibits: int
    exhibits_missing: int
    key_file: Path | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What to know of it, in sentences."""
        whole = self.exhibits - self.exhibits_missing
        notes = [f"{whole} of {self.exhibits} exhibits came along."] if self.exhibits else []
        if self.exhibits_missing:
            notes.append(
                "The others are named and cited as before; their files come back by an exchange with a "
                "colleague who has them, or by attaching the same files again."
            )
        notes.append(
            "Go on in one copy of the visit only. Two laptops restored from one backup are told apart at "
            "their next exchange, and what both wrote is kept."
        )
        return tuple(notes)


def backups_at(place: Path) -> tuple[Backup, ...]:
    """Newest first: in a visit's folder, a folder of backups, or a second place with folders of them.

    A path to one backup answers that one. Raises `NoBackups` or a disk's refusal.
    """
    place = place.absolute()
    if not is_there(place):
        raise PlaceGone(f"There is nothing at “{place}”; check the name, or connect the disk it lies on.")
    if place.is_file():
        found = tuple(each for each in backups_in(place.parent) if each.path == place)
        if not found:
            size = place.stat().st_size
            if not size or size % PAGE_BYTES:
                raise NotABackup(place.name)
            found = (Backup(place, _changed(place), size),)
        return found
    found = backups_of(VisitFolder(place)) or backups_in(place)
    if not found:
        with suppress(OSError):
            inside = [backup for each in sorted(place.iterdir()) for backup in backups_in(each)]
            found = tuple(sorted(inside, key=lambda backup: backup.at, reverse=True))
    if not found:
        raise NoBackups(place)
    return found


def place_to_restore(library: Path, backup: Path, name: str = "") -> Path:
    """In `library`, under the name given, or else under one that says what it is and is no other visit's."""
    if name.strip():
        return library / visit_folder_name(name)
    origin = backup.parent.parent if backup.parent.name == BACKUPS_NAME else backup.parent
    taken: list[str] = []
    with suppress(OSError):
        taken = [path.name for path in library.iterdir()]
    return library / distinct_name(visit_folder_name(f"{visit_title(origin)} restored"), taken)


def looked_into(backup: Backup, unlocking: Unlocking | None = None) -> BackupInside:
    """How much it holds. Raises what asks for a key, and `BackupBroken`."""
    found = _keys(backup.path, unlocking or Unlocking())
    try:
        tips = tips_in(backup.path, found.data_key.database_key)
    except Refusal:
        raise BackupBroken(backup.path) from None
    return BackupInside(backup, sum(tips.values()))


def restore(
    backup: Path,
    path: Path,
    *,
    identity: Identity,
    unlocking: Unlocking | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    clock: Callable[[], datetime] = now,
) -> Restored:
    """Make the visit at `path`, which must not be there; opened and checked through before this returns.

    Exhibits are copied from the visit that the backup lies in, or from beside the backup. On any refusal
    nothing is left at `path`. The visit that the backup lies in is backed up first, if it can be.
    """
    given = unlocking or Unlocking()
    backup = _one(backup)
    found = _keys(backup, given)
    try:
        check_backup(backup, found.data_key)
    except BackupUnsound:
        raise BackupBroken(backup) from None
    _back_up_origin(backup, found, clock())
    key_file = _key_file(backup, given, found)
    made_key_file = None
    try:
        with VisitFolder.creating(path) as folder:
            _copy_database(backup, folder)
            bring_copy_up(folder.database, found.data_key.database_key)
            write_keys(folder.keys, found.held)
            if key_file is not None and not is_there(folder.key_file):
                write_aside(folder.key_file, key_file.read_bytes(), private=True)
                made_key_file = folder.key_file
            done = _filled(folder, backup, found, identity, given, made_key_file, progress, cancelled)
            first_backup(folder, found.data_key, clock())
            return replace(done, key_file=made_key_file)
    except BaseException:
        if made_key_file is not None:
            with suppress(OSError):
                made_key_file.unlink(missing_ok=True)
        raise


def _filled(
    folder: VisitFolder,
    backup: Path,
    found: KeysFound,
    identity: Identity,
    given: Unlocking,
    key_file: Path | None,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> Restored:
    """Opened for reading, its trail checked, its exhibits brought along."""
    own = given if given.key_file or key_file is None else replace(given, key_file=key_file)
    with open_visit(folder.path, identity=identity, unlocking=own, reading=True, making=True) as visit:
        verdict = verify_trail(visit)
        if not verdict.intact:
            raise BackupBroken(backup)
        exhibits = visit.record.exhibits(withdrawn=True)
        pieces = [piece for exhibit in exhibits for piece in exhibit.pieces]
    missing = set(pieces)
    if pieces:
        for source in _exhibits_of(backup):
            copy_pieces(
                source,
                folder.exhibits,
                found.data_key,
                pieces,
                progress=(lambda done, total: progress(done, total, "Copying exhibits"))
                if progress
                else None,
                cancelled=cancelled,
            )
        if cancelled is not None and cancelled():
            raise RestoreStopped
        places = PiecePlaces(folder.exhibits, found.data_key)
        missing = {piece for piece in pieces if not is_there(places.path_of(piece))}
    lacking = sum(any(piece in missing for piece in exhibit.pieces) for exhibit in exhibits)
    return Restored(folder.path, verdict.entries, len(exhibits), lacking)


def _one(backup: Path) -> Path:
    """A backup itself, or the newest of a folder."""
    return backups_at(backup)[0].path


def _keys(backup: Path, given: Unlocking) -> KeysFound:
    """From beside the backup, or from the visit it lies in."""
    return find_keys_of(
        backup,
        _origin(backup),
        passphrase=given.passphrase,
        key_file=given.key_file,
        use_keyring=given.use_keyring,
    )


def _origin(backup: Path) -> VisitFolder:
    """The visit folder that a backup lies in, whether or not one is there."""
    return VisitFolder(backup.parent.parent)


def _exhibits_of(backup: Path) -> list[Path]:
    places = (backup.parent / EXHIBITS_NAME, backup.parent.parent / EXHIBITS_NAME)
    return [place for place in places if place.is_dir()]


def _key_file(backup: Path, given: Unlocking, found: KeysFound) -> Path | None:
    """That of a visit which a key file opens: it lies beside the folder, so the new folder needs one too."""
    if not found.held.of(SlotKind.KEY_FILE):
        return None
    origin = _origin(backup).path
    for path in (given.key_file, origin.with_name(origin.name + KEY_FILE_SUFFIX)):
        if path is not None and path.is_file():
            return path
    return None


def _copy_database(backup: Path, folder: VisitFolder) -> None:
    try:
        with backup.open("rb") as file:
            write_aside(folder.database, file)
    except OSError as fault:
        raise refusal_for(fault, f"The backup “{backup.name}” could not be read") from fault


def _back_up_origin(backup: Path, found: KeysFound, at: datetime) -> None:
    origin = _origin(backup)
    if backup.parent == origin.backups and is_there(origin.database):
        with suppress(Refusal):  # a damaged visit cannot be; restoring is the way out of that
            make_backup(origin, found.data_key, at)


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone()
