"""Check a visit through and through, back it up, and tell whether a document is what was made here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.trail import TrailVerdict, verify_trail
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.view import view_of
from qsin_desktop.store.backups import Backup, make_backup
from qsin_desktop.store.piece_places import PieceState


@dataclass(frozen=True)
class ExhibitFault:
    number: str
    title: str
    state: str  # missing, damaged


@dataclass(frozen=True)
class CheckResult:
    """What a full check found. `projection_sound` False means the tables were rebuilt from the journal.

    `file_sound` False means that the database itself is damaged somewhere; a backup may be whole.
    """

    file_sound: bool
    trail: TrailVerdict
    projection_sound: bool
    exhibits: int
    faults: tuple[ExhibitFault, ...]
    waiting: int  # entries of laptops that no lead has confirmed
    unknown: int  # entries of a newer program

    @property
    def sound(self) -> bool:
        return self.file_sound and self.trail.intact and self.projection_sound and not self.faults


def check_visit(
    visit: OpenVisit,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> CheckResult:
    """Every page of the database, every hash and signature, the tables against it, every exhibit's bytes."""
    file_sound = visit.store.file.is_sound()
    verdict = verify_trail(visit)
    view = view_of(visit.store.entries()) if verdict.intact else None
    exhibits = visit.record.exhibits()
    faults = []
    for done, exhibit in enumerate(exhibits, 1):
        if cancelled is not None and cancelled():
            break
        faults += _faults(visit, exhibit)
        if progress is not None:
            progress(done, len(exhibits))
    return CheckResult(
        file_sound=file_sound,
        trail=verdict,
        projection_sound=not verdict.intact or _projection_is_sound(visit),
        exhibits=len(exhibits),
        faults=tuple(faults),
        waiting=len(view.waiting) if view else 0,
        unknown=len(view.unknown) if view else 0,
    )


def _faults(visit: OpenVisit, exhibit: Exhibit) -> list[ExhibitFault]:
    """Damaged pieces are put out of the way where that may be, and come anew with the next exchange."""
    faults = list(visit.pieces.faults(exhibit.pieces))
    if not faults:
        return []
    damaged = [piece for piece, state in faults if state is PieceState.DAMAGED]
    for piece in damaged if not visit.read_only else ():
        visit.pieces.put_off(piece)
    known = bool(damaged) or any(visit.pieces.was_put_off(piece) for piece, _ in faults)
    state = PieceState.DAMAGED if known else PieceState.MISSING
    return [ExhibitFault(exhibit.number, exhibit.title, state.value)]


def _projection_is_sound(visit: OpenVisit) -> bool:
    """Compare the tables with a fresh projection; what differs is mended where the visit may be written."""
    if visit.store.projection_matches():
        return True
    if not visit.read_only:
        visit.store.rebuild()
    return False


def back_up(visit: OpenVisit) -> Backup:
    """A verified copy of the journal and its keys in the visit's backups folder; exhibits are not copied."""
    return make_backup(visit.folder, visit.data_key, visit.clock())


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
