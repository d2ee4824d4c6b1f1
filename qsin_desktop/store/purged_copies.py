"""Takes what was purged out of a visit's files: exhibits, previews, every older copy of the database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Final

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.backups import Backup, backups_in, backups_of, make_backup
from qsin_desktop.store.damaged import damaged_files
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.database_state import notes_in, tips_in
from qsin_desktop.store.durable import flush_folder
from qsin_desktop.store.faults import refusal_for
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.piece_places import PiecePlaces
from qsin_desktop.store.previews import Previews
from qsin_desktop.store.purging import NOTE

# A piece that was damaged lies beside its place under this ending until it has come anew.
_PUT_OFF: Final = ".bad"


def remove_pieces(
    folder: VisitFolder, data_key: DataKey, pieces: Collection[str], claimed: Collection[str]
) -> int:
    """Pieces that no exhibit that still stands in the journal has; returns how many files went."""
    return remove_pieces_there(folder.exhibits, folder.title, data_key, pieces, claimed)


def replace_stale(
    folder: VisitFolder, data_key: DataKey, now: datetime, place: Path, purges: Collection[tuple[str, int]]
) -> int:
    """In a second place: copies older than one of these purges go, once a newer one is there and checked.

    `purges` are device and place in its log. Returns how many files went.
    """
    stale = [b.path for b in backups_in(place) if _is_stale(b.path, data_key.database_key, purges)]
    if stale and not any(b.path not in stale for b in backups_in(place)):
        make_backup(folder, data_key, now, place=place)
    return sum(_removed(path, place.name) for path in stale)


def _is_stale(backup: Path, key: bytes, purges: Collection[tuple[str, int]]) -> bool:
    """A copy that was made between a purge and the cleaning of its pages says so itself; see `purging`."""
    try:
        tips = tips_in(backup, key)
        return any(tips.get(device, 0) < seq for device, seq in purges) or NOTE in notes_in([backup], key)
    except Refusal:
        return True  # it cannot be read, so nobody can tell what it holds


def remove_pieces_there(
    exhibits: Path, title: str, data_key: DataKey, pieces: Collection[str], claimed: Collection[str]
) -> int:
    """The same in another folder of exhibits."""
    places = PiecePlaces(exhibits, data_key)
    gone = 0
    for sha256 in set(pieces) - set(claimed):
        path = places.path_of(sha256)
        gone += _removed(path, title) + _removed(path.with_name(path.name + _PUT_OFF), title)
    return gone


def remove_previews(previews: Previews, files: Collection[str], title: str) -> int:
    """Small pictures of these files, of whatever size."""
    return sum(_removed(path, title) for sha256 in files for path in previews.paths_of(sha256))


def remake_backups(folder: VisitFolder, data_key: DataKey, now: datetime) -> Backup:
    """One new, checked copy in place of all: the older ones hold what was purged.

    The journal only ever grows, so the new copy holds all that they held. They go only once it is checked.
    """
    older = backups_of(folder)
    made = make_backup(folder, data_key, now)
    for backup in older:
        if backup.path != made.path:
            _removed(backup.path, folder.title)
    for path in damaged_files(folder):  # what an earlier repair moved aside
        _removed(path, folder.title)
    return made


def _removed(path: Path, title: str) -> int:
    try:
        path.unlink()
        flush_folder(path.parent)
    except (FileNotFoundError, NotADirectoryError):
        return 0
    except OSError as fault:
        raise refusal_for(
            fault,
            f"A file of “{title}” that holds something purged could not be removed",
            safe="The next opening tries again.",
        ) from fault
    return 1
