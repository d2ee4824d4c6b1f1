"""Back a visit up: into its own folder, and to a second place on another disk if the person names one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.backups import EVERY, Backup, backups_of, due, make_backup, second_place
from qsin_desktop.store.database_state import tips_in
from qsin_desktop.store.durable import is_folder, is_there
from qsin_desktop.store.faults import refusal_for
from qsin_desktop.store.folder import EXHIBITS_NAME, VisitFolder
from qsin_desktop.store.piece_copies import copy_pieces

__all__ = [
    "EVERY",
    "Backup",
    "SecondBackup",
    "back_up",
    "back_up_changes",
    "back_up_first",
    "back_up_to",
    "first_due",
    "is_backed_up",
]

Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]


class SecondPlaceGone(Refusal):
    def __init__(self, place: Path) -> None:
        super().__init__(
            f"The second place for backups, “{place}”, is not there; the backup inside the visit is made all "
            "the same. Connect the disk, or choose another place."
        )


class SecondPlaceInside(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "A second place for backups inside the visit's own folder would be lost with it; choose a folder "
            "on another disk. Nothing was written."
        )


@dataclass(frozen=True)
class SecondBackup:
    """`place` is the visit's folder in the second place; `exhibits` counts the files copied this time.

    `lacking` are files of exhibits that are damaged or missing here, so that no copy could be made.
    """

    backup: Backup
    place: Path
    exhibits: int
    lacking: int
    same_disk: bool


def back_up(visit: OpenVisit) -> Backup:
    """A verified copy of the journal and its keys in the visit's own backups folder. Fit for any thread."""
    return make_backup(visit.folder, visit.data_key, visit.clock())


def back_up_changes(visit: OpenVisit) -> Backup | None:
    """Before something large is taken in; None where the newest backup holds all of it already."""
    return None if is_backed_up(visit) else back_up(visit)


def first_due(visit: OpenVisit) -> bool:
    """Whether the newest backup is too old to take in others' work on."""
    try:
        return due(visit.folder, visit.clock())
    except Refusal:
        return True


def back_up_first(visit: OpenVisit) -> str:
    """Before others' work is taken in: a backup, if the newest is half an hour old and lacks something.

    Empty, or a sentence on why there is none, which keeps nobody from taking it in. Fit for any thread.
    """
    if not first_due(visit):
        return ""
    try:
        back_up_changes(visit)
    except Refusal as refusal:
        why = refusal.brief or "it did not pass its check"
        return (
            f"No backup could be made before this was taken in ({why}); the visit itself is whole, and the "
            "backup is tried again the next time."
        )
    return ""


def is_backed_up(visit: OpenVisit) -> bool:
    """Whether the newest backup knows every entry that is in the visit now. Fit for any thread."""
    newest = next(iter(backups_of(visit.folder)), None)
    if newest is None:
        return False
    with suppress(Refusal):
        key = visit.data_key.database_key
        return tips_in(newest.path, key) == tips_in(visit.folder.database, key)
    return False


def back_up_to(
    visit: OpenVisit, place: Path, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> SecondBackup:
    """A verified copy of the journal, its keys and every exhibit's file, as far as they are not there yet.

    Fit for any thread. Raises `SecondPlaceGone`, `SecondPlaceInside`, `BackupUnsound` or a disk's refusal.
    """
    place = place.absolute()
    if not is_folder(place):
        raise SecondPlaceGone(place)
    if place == visit.folder.path or visit.folder.path in place.parents:
        raise SecondPlaceInside
    own = second_place(place, visit.folder, visit.data_key)
    if progress is not None:
        progress(0, 0, "Copying and checking the journal")
    backup = make_backup(visit.folder, visit.data_key, visit.clock(), place=own)
    exhibits = own / EXHIBITS_NAME
    try:
        exhibits.mkdir(exist_ok=True)
    except OSError as fault:
        raise refusal_for(fault, f"“{own}” could not be written") from fault
    copied, lacking = copy_pieces(
        visit.folder.exhibits,
        exhibits,
        visit.data_key,
        (piece for exhibit in visit.record.exhibits(withdrawn=True) for piece in exhibit.pieces),
        progress=(lambda done, total: progress(done, total, "Copying exhibits")) if progress else None,
        cancelled=cancelled,
    )
    return SecondBackup(backup, own, copied, lacking, _same_disk(visit.folder, own))


def second_places(place: Path | None) -> tuple[Path, ...]:
    """The folders in a second place that hold backups, for a repair that looks for copies."""
    if place is None or not is_there(place):
        return ()
    with suppress(OSError):
        return tuple(
            sorted(path for path in place.iterdir() if path.is_dir() and any(path.glob("visit-*.db")))
        )
    return ()


def _same_disk(folder: VisitFolder, place: Path) -> bool:
    with suppress(OSError):
        return folder.path.stat().st_dev == place.stat().st_dev
    return False
