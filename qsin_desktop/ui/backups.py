"""Backups of the open visit that are made by themselves, beside the person's work.

desk.backups.begin()   .rest()          with the visit
desk.backups.look()                     a round now, e.g. when another second place was chosen
desk.backups.make_now(done)             a person asked: whatever lacks something is copied; done(Round)
desk.backups.state                      changed() tells when it differs
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from qsin_desktop.actions.backing_up import Holdings, holdings
from qsin_desktop.actions.backup_rounds import Copies, Round, backup_round
from qsin_desktop.background.jobs import Job, Jobs
from qsin_desktop.domain.errors import Refusal

if TYPE_CHECKING:
    from qsin_desktop.ui.desk import Desk

EVERY: Final = 60_000  # milliseconds between two looks; whether a backup is due is asked of the folder
FIRST: Final = 15_000  # a visit that was just opened has other things to do
_PATIENCE: Final = 2_000  # milliseconds that closing a visit waits for a disk that does not answer
_UNANSWERED: list[Jobs] = []


class CopyMemory(Protocol):
    """Which second place there is, and when a visit was last copied there."""

    def second_place(self) -> Path | None: ...

    def copied_out_at(self, visit: str) -> datetime | None: ...

    def keep_copied_out(self, visit: str, at: datetime) -> None: ...


class NoSecondPlace:
    """For desks without a home folder."""

    def second_place(self) -> Path | None:
        return None

    def copied_out_at(self, visit: str) -> datetime | None:
        return None

    def keep_copied_out(self, visit: str, at: datetime) -> None:
        pass


@dataclass(frozen=True)
class BackupState:
    """`second` is the place that `there` is about; both None where no second place is chosen."""

    here: Copies | None = None
    there: Copies | None = None
    second: Path | None = None
    under_way: bool = False


class Backups(QObject):
    changed = Signal()
    moved = Signal(object, object, str)  # done, total (0: unknown), what

    def __init__(self, desk: Desk, memory: CopyMemory) -> None:
        super().__init__(desk)
        self._desk, self._memory = desk, memory
        self.jobs = Jobs(bug=desk.messages.refusal_for_bug, parent=self)
        self._job: Job | None = None
        self._asked: list[Callable[[Round], object]] = []
        self._told: dict[str, str] = {}
        self._covered: object = None
        """How far each laptop's log was when every copy held all of it; nothing is due until it grows."""
        self.state = BackupState()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.timeout.connect(self.look)

    def begin(self) -> None:
        """Who only reads makes none: whoever has the visit open for work does."""
        second = self._memory.second_place()
        at = self._memory.copied_out_at(self._desk.visit.visit_id)
        self._set(BackupState(there=Copies(at=at) if second else None, second=second))
        if not self._desk.visit.read_only:
            self._timer.start()
            self._first.start(FIRST)

    def rest(self) -> None:
        """The visit is about to be closed; what is under way ends, or is left to a disk that hangs."""
        self._timer.stop()
        self._first.stop()
        if not self.jobs.stop_all(_PATIENCE):
            self.jobs.setParent(None)
            _UNANSWERED.append(self.jobs)

    def make_now(self, done: Callable[[Round], object]) -> None:
        self._asked.append(done)
        self.look()

    def look(self) -> None:
        """One at a time; a second place that is gone or was full is tried anew each time, quietly."""
        visit = self._desk.visit
        if self._job is not None or visit.read_only or self._desk.left:
            return
        second, asked, tips = self._memory.second_place(), bool(self._asked), visit.store.tips
        if not asked and second == self.state.second and tips == self._covered:
            return
        holds = holdings(visit) if second is not None else Holdings()
        known = self.state.there if second == self.state.second else None
        self._set(BackupState(self.state.here, known, second, under_way=True))
        self._job = self.jobs.run(
            "Backing up",
            lambda report, is_cancelled: backup_round(
                visit, second, holds=holds, asked=asked, progress=report, cancelled=is_cancelled
            ),
            done=lambda done: self._ended(done, second, tips, asked=asked),
            refused=self._refused,
            on_progress=self.moved.emit,
        )

    def _ended(self, done: Round, second: Path | None, tips: object, *, asked: bool) -> None:
        self._job = None
        self._covered = tips if all(c.whole and not c.lacking for c in done.copies) else None
        if self._desk.left:
            return
        there = self._kept(done.there)
        self._set(BackupState(done.here, there, second))
        for where, copies in (("here", done.here), ("there", there)):
            self._tell(where, copies)
        if asked:
            waiting, self._asked = self._asked, []
            for tell in waiting:
                tell(replace(done, there=there))
        elif self._asked or second != self._memory.second_place():
            self.look()

    def _kept(self, there: Copies | None) -> Copies | None:
        """When it was last copied out is known also while that place is away."""
        visit = self._desk.visit.visit_id
        if there is None:
            return None
        if there.at is not None and not there.fault and there.at != self._memory.copied_out_at(visit):
            self._memory.keep_copied_out(visit, there.at)
        return there if there.at is not None else replace(there, at=self._memory.copied_out_at(visit))

    def _tell(self, where: str, copies: Copies | None) -> None:
        """Once, and again only after it went well; a stick in a pocket is told where backups are shown."""
        if copies is None or not copies.fault:
            self._told.pop(where, None)
        elif not copies.gone and self._told.get(where) != copies.fault:
            self._told[where] = copies.fault
            self._desk.messages.warning(copies.fault)

    def _refused(self, refusal: Refusal) -> None:
        """A fault of ours: it is logged, and told once."""
        self._job = None
        self._asked.clear()
        self._set(replace(self.state, under_way=False))
        self._tell("here", Copies(fault=refusal.sentence))

    def _set(self, state: BackupState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit()
