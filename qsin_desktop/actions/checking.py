"""Check a visit through and through, and tell whether a document is what was made here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.actions.backing_up import back_up
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.trail import TrailVerdict, verify_trail
from qsin_desktop.domain.errors import ReadOnlyVisit, Refusal
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.view import view_of
from qsin_desktop.store.backups import backups_of, check_backup, strays_of
from qsin_desktop.store.damaged import DamagedFolder
from qsin_desktop.store.folder_contents import foreign_names
from qsin_desktop.store.piece_format import PIECE_BYTES
from qsin_desktop.store.piece_mending import PieceMending
from qsin_desktop.store.piece_places import PieceState
from qsin_desktop.store.places import blocked_places, free_places

__all__ = ["CheckResult", "CheckStopped", "ExhibitFault", "back_up", "check_visit", "mend_exhibits"]

Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]


class CheckStopped(Refusal):
    def __init__(self) -> None:
        super().__init__("The check was stopped before it was through; nothing was changed.")


@dataclass(frozen=True)
class ExhibitFault:
    number: str
    title: str
    state: str  # missing, damaged


@dataclass(frozen=True)
class CheckResult:
    """What a full check found. `projection_sound` False means that the tables differed from the journal.

    `file_sound` False means that the database itself is damaged somewhere; a backup may be whole.
    `foreign` are files in the visit's folder that are none of its own; they do no harm.
    """

    file_sound: bool
    trail: TrailVerdict
    projection_sound: bool
    exhibits: int
    faults: tuple[ExhibitFault, ...]
    waiting: int  # entries of laptops that no lead has confirmed
    unknown: int  # entries of a newer program
    backups: int = 0
    bad_backups: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()  # folders of the visit in whose place lies something else
    foreign: tuple[str, ...] = ()

    @property
    def journal_sound(self) -> bool:
        return self.file_sound and self.trail.intact

    @property
    def sound(self) -> bool:
        faulty = self.faults or self.bad_backups or self.blocked
        return self.journal_sound and self.projection_sound and not faulty


def check_visit(
    visit: OpenVisit, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> CheckResult:
    """Every page, hash and signature, the tables against the journal, every exhibit's bytes, every backup.

    Tables that differ are made anew where the visit may be written. Raises `CheckStopped`.
    """
    steps = _Steps(progress, cancelled)
    steps.tell("Reading every page of the database")
    file_sound = visit.store.file.is_sound()
    steps.tell("Checking every entry and signature")
    verdict = _verdict(visit, file_sound=file_sound)
    view = view_of(visit.store.entries()) if verdict.intact else None
    steps.tell("Comparing the tables with the journal")
    projection_sound = not verdict.intact or _projection_is_sound(visit)
    exhibits = visit.record.exhibits(withdrawn=True)
    steps.expect(len(exhibits))
    faults = [fault for exhibit in exhibits for fault in _faults(visit, exhibit, steps)]
    backups = backups_of(visit.folder)
    strays = strays_of(visit.folder)
    unsound = [each.path for each in backups if not _backup_is_sound(visit, each.path, steps)]
    bad = tuple(path.name for path in (*unsound, *strays))
    return CheckResult(
        file_sound=file_sound,
        trail=verdict,
        projection_sound=projection_sound,
        exhibits=len(exhibits),
        faults=tuple(faults),
        waiting=len(view.waiting) if view else 0,
        unknown=len(view.unknown) if view else 0,
        backups=len(backups) + len(strays),
        bad_backups=bad,
        blocked=blocked_places(visit.folder),
        foreign=foreign_names(visit.folder),
    )


def mend_exhibits(
    visit: OpenVisit, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> tuple[tuple[Exhibit, ...], tuple[Exhibit, ...]]:
    """Exhibits that are whole again, and those that wait for a colleague's copy or the file itself.

    A damaged file, and one in a folder's place, is moved into the visit's folder “damaged”. For the writer
    of the visit; raises `CheckStopped` or a disk's refusal, and what was mended until then stays so.
    """
    if visit.read_only:
        raise ReadOnlyVisit(visit.read_only)
    exhibits = visit.record.exhibits(withdrawn=True)
    claimed = {piece for exhibit in exhibits for piece in exhibit.pieces}
    aside = DamagedFolder(visit.folder, visit.clock())
    free_places(visit.folder, aside)
    mending = PieceMending(visit.folder, visit.data_key, claimed, aside)
    steps = _Steps(progress, cancelled)
    steps.expect(len(exhibits))
    mended: list[Exhibit] = []
    waiting: list[Exhibit] = []
    for exhibit in exhibits:
        steps.step(exhibit.number)
        bad = {piece for piece, _ in visit.pieces.faults(exhibit.pieces)}
        sizes = [min(PIECE_BYTES, exhibit.size - at * PIECE_BYTES) for at in range(len(exhibit.pieces))]
        whole = [
            mending.mend(piece, size)
            for piece, size in zip(exhibit.pieces, sizes, strict=True)
            if piece in bad
        ]
        if bad:
            (mended if all(whole) else waiting).append(exhibit)
    return tuple(mended), tuple(waiting)


class _Steps:
    """Tells how far it is, and hears that it should stop."""

    def __init__(self, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self._progress, self._cancelled = progress, cancelled
        self._done = self._total = 0

    def expect(self, exhibits: int) -> None:
        self._total = exhibits

    def tell(self, words: str) -> None:
        if self._cancelled is not None and self._cancelled():
            raise CheckStopped
        if self._progress is not None:
            self._progress(self._done, self._total, words)

    def step(self, number: str) -> None:
        self._done += 1
        self.tell(f"Exhibit {number}")


def _verdict(visit: OpenVisit, *, file_sound: bool) -> TrailVerdict:
    """A trail that cannot even be read through is broken."""
    try:
        return verify_trail(visit)
    except Refusal as refusal:
        if file_sound:
            raise
        return TrailVerdict(0, 0, refusal.sentence)


def _faults(visit: OpenVisit, exhibit: Exhibit, steps: _Steps) -> list[ExhibitFault]:
    """Damaged pieces are put out of the way where that may be, and come anew with the next exchange."""
    steps.step(exhibit.number)
    faults = list(visit.pieces.faults(exhibit.pieces))
    if not faults:
        return []
    damaged = [piece for piece, state in faults if state is PieceState.DAMAGED]
    for piece in damaged if not visit.read_only else ():
        visit.pieces.put_off(piece)
    known = bool(damaged) or any(visit.pieces.was_put_off(piece) for piece, _ in faults)
    state = PieceState.DAMAGED if known else PieceState.MISSING
    return [ExhibitFault(exhibit.number, exhibit.title, state.value)]


def _backup_is_sound(visit: OpenVisit, path: Path, steps: _Steps) -> bool:
    steps.tell(f"Backup {path.name}")
    try:
        check_backup(path, visit.data_key)
    except Refusal:
        return False
    return True


def _projection_is_sound(visit: OpenVisit) -> bool:
    """Compare the tables with a fresh projection; what differs is mended where the visit may be written."""
    if visit.store.projection_matches():
        return True
    if not visit.read_only:
        visit.store.rebuild()
    return False


def file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def made_here(visit: OpenVisit, sha256: str) -> dict[str, str] | None:
    """What the trail says of a document with this hash, or None when it was not made from this visit."""
    for export in visit.record.entities("export"):
        for standing in visit.record.standing(FieldKey("export", export, "exported")):
            if standing.value["sha256"] == sha256:
                by = visit.record.person_name(standing.by)
                return {**{k: str(v) for k, v in standing.value.items()}, "at": standing.at, "by": by}
    return None
