"""Back a visit up: into its own folder, and to a second place on another disk if the person names one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.journal.purging import pieces_named
from qsin_desktop.store import purging
from qsin_desktop.store.backups import EVERY, Backup, due, make_backup, newest_by, second_place
from qsin_desktop.store.database_state import tips_in
from qsin_desktop.store.durable import is_folder, is_there, make_folder
from qsin_desktop.store.faults import refusal_for
from qsin_desktop.store.folder import EXHIBITS_NAME
from qsin_desktop.store.piece_copies import copy_pieces
from qsin_desktop.store.purged_copies import remove_pieces_there, replace_stale

__all__ = [
    "EVERY",
    "Backup",
    "SecondBackup",
    "back_up",
    "back_up_changes",
    "back_up_first",
    "back_up_to",
    "first_due",
    "holdings",
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
    with visit.copying:
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


def is_backed_up(visit: OpenVisit, place: Path | None = None) -> bool:
    """Whether the newest backup knows every entry that is in the visit now. Fit for any thread.

    `place` is the visit's own folder in a second place.
    """
    newest = newest_by(visit.clock(), visit.folder.backups if place is None else place)
    if newest is None:
        return False
    with suppress(Refusal):
        key = visit.data_key.database_key
        return tips_in(newest.path, key) == tips_in(visit.folder.database, key)
    return False


def own_place(visit: OpenVisit, place: Path) -> Path:
    """The visit's own folder in a second place. Raises `SecondPlaceGone` or `SecondPlaceInside`."""
    place = place.absolute()
    if not is_folder(place):
        raise SecondPlaceGone(place)
    refuse_inside(visit.folder.path, place)
    return second_place(place, visit.folder, visit.data_key)


def refuse_inside(visit: Path, place: Path) -> None:
    """Raises `SecondPlaceInside`."""
    if visit.absolute() in (place.absolute(), *place.absolute().parents):
        raise SecondPlaceInside


@dataclass(frozen=True)
class Holdings:
    """What a second place should hold, and what it should hold no longer.

    `pieces` of every exhibit; `purges` as device and place in its log; `purged`: pieces that are nobody's any
    more. While a purge is still `cleaning` up here no copy is made: its free pages would hold the words.
    """

    pieces: tuple[str, ...] = ()
    purges: tuple[tuple[str, int], ...] = ()
    purged: tuple[str, ...] = ()
    cleaning: bool = False


def holdings(visit: OpenVisit) -> Holdings:
    """On the visit's own thread."""
    pieces = tuple(p for exhibit in visit.record.exhibits(withdrawn=True) for p in exhibit.pieces)
    purges = visit.store.purges
    if not purges:
        return Holdings(pieces)
    named = {piece for purge in purges for piece in pieces_named(purge.value)}
    return Holdings(
        pieces,
        tuple((purge.device, purge.seq) for purge in purges),
        tuple(sorted(named - claimed_pieces(visit))),
        purging.to_remove(visit.store.file) is not None,
    )


def claimed_pieces(visit: OpenVisit) -> set[str]:
    """Those of every exhibit that still stands in the journal, taken back or not."""
    made = visit.store.entries_of_fields([("exhibit", "made")])
    return {piece for entry in made for piece in pieces_named(entry.value)}


class CleaningUp(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Something purged is still being removed here, so the second place waits; it gets its copy after "
            "that. The backup inside the visit's folder is not touched by this."
        )


def back_up_to(
    visit: OpenVisit,
    place: Path,
    *,
    holds: Holdings | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> SecondBackup:
    """A verified copy of the journal, its keys and every exhibit's file, as far as they are not there yet.

    What a purge took away goes there too. Fit for any thread if `holdings` were asked for before. Raises
    `SecondPlaceGone`, `SecondPlaceInside`, `CleaningUp`, `BackupUnsound` or a disk's refusal.
    """
    own, holds = own_place(visit, place), holdings(visit) if holds is None else holds
    if holds.cleaning:
        raise CleaningUp
    if progress is not None:
        progress(0, 0, "Copying and checking the journal")
    with visit.copying:
        backup = make_backup(visit.folder, visit.data_key, visit.clock(), place=own)
    drop_purged(visit, own, holds)
    copied, lacking = copy_exhibits_to(visit, own, holds.pieces, progress=progress, cancelled=cancelled)
    return SecondBackup(backup, own, copied, lacking, same_disk(visit.folder.path, own))


def drop_purged(visit: OpenVisit, own: Path, holds: Holdings) -> int:
    """From the visit's own folder in a second place; how many files went. Fit for any thread."""
    if not holds.purges or holds.cleaning or not is_there(own):
        return 0
    with visit.copying:
        gone = replace_stale(visit.folder, visit.data_key, visit.clock(), own, holds.purges)
    exhibits = own / EXHIBITS_NAME
    return gone + remove_pieces_there(exhibits, own.name, visit.data_key, holds.purged, ())


def copy_exhibits_to(
    visit: OpenVisit,
    own: Path,
    pieces: Iterable[str],
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> tuple[int, int]:
    """Files of exhibits to the visit's own folder in a second place: how many came, how many are not whole.

    Fit for any thread. Raises a disk's refusal.
    """
    exhibits = own / EXHIBITS_NAME
    try:
        make_folder(exhibits)
    except OSError as fault:
        raise refusal_for(fault, f"“{own}” could not be written") from fault
    return copy_pieces(
        visit.folder.exhibits,
        exhibits,
        visit.data_key,
        pieces,
        progress=(lambda done, total: progress(done, total, "Copying exhibits")) if progress else None,
        cancelled=cancelled,
    )


def second_places(place: Path | None) -> tuple[Path, ...]:
    """The folders in a second place that hold backups, for a repair that looks for copies."""
    if place is None or not is_there(place):
        return ()
    with suppress(OSError):
        return tuple(
            sorted(path for path in place.iterdir() if path.is_dir() and any(path.glob("visit-*.db")))
        )
    return ()


def same_disk(folder: Path, place: Path) -> bool:
    """Whether one broken disk would take both."""
    with suppress(OSError):
        return folder.stat().st_dev == place.stat().st_dev
    return False
