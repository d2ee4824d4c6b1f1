"""A folder that the visit is exchanged with by itself, quietly.

When something came or was written, and now and then, for shares do not tell of changes. It never asks,
never takes the focus and touches no box.

desk.team_folder.choose(folder)   .clear()   .meet_now()   .begin()   .rest()
desk.team_folder.state            changed() tells when it differs
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from qsin_desktop.actions.arrivals import folders_written
from qsin_desktop.actions.exchanging import GIVING, TAKING, Course, Summary, exchange_with
from qsin_desktop.background.jobs import Job, Jobs
from qsin_desktop.background.own_thread import OwnThread
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui.exchange_outcome import How, Outcome, how_far_words
from qsin_desktop.ui.exchanges import Errand, run_errand

if TYPE_CHECKING:
    from qsin_desktop.ui.desk import Desk

EVERY: Final = 20_000  # milliseconds between two looks when nothing was told
AFTER_NEWS: Final = 1_500  # a file that is seen may be half written
AFTER_WORK: Final = 4_000  # several acts in a row go together
_PATIENCE: Final = 2_000  # milliseconds that closing a visit waits for a share that does not answer
_UNANSWERED: list[tuple[Jobs, OwnThread]] = []


class FolderMemory(Protocol):
    """Which folder a visit is exchanged with, from one day to the next."""

    def folder_of(self, visit: str) -> Path | None: ...

    def keep_folder_of(self, visit: str, folder: Path | None) -> None: ...


class ForgetfulMemory:
    """For desks without a home folder."""

    def __init__(self) -> None:
        self._kept: dict[str, Path | None] = {}

    def folder_of(self, visit: str) -> Path | None:
        return self._kept.get(visit)

    def keep_folder_of(self, visit: str, folder: Path | None) -> None:
        self._kept[visit] = folder


class OwnFolder(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "That is the folder of the visit itself. Choose a folder on a stick or a share that your "
            "colleagues reach too; nothing was changed."
        )


@dataclass(frozen=True)
class FolderState:
    """`at`: when it was last exchanged with in full; `fault`: why that is not possible now."""

    folder: Path | None = None
    at: datetime | None = None
    fault: str = ""
    gone: bool = False
    under_way: bool = False
    bringing: bool = False  # evidence is on its way, either way; then it can be long

    @property
    def name(self) -> str:
        return (self.folder.name or str(self.folder)) if self.folder is not None else ""


class TeamFolder(QObject):
    changed = Signal()
    met = Signal(object)  # Outcome
    moved = Signal(object, object, str)  # how far, while evidence is on its way

    def __init__(self, desk: Desk, memory: FolderMemory) -> None:
        super().__init__(desk)
        self._desk, self._memory = desk, memory
        self._own = OwnThread(self)
        self.jobs = Jobs(bug=desk.messages.refusal_for_bug, parent=self)
        self._job: Job | None = None
        self.state = FolderState()
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _path: self._soon(AFTER_NEWS))
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.meet_now)
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.timeout.connect(self.meet_now)
        desk.feed.changed.connect(self._worked)

    # ---- choosing -----------------------------------------------------------------------------------

    def begin(self) -> None:
        """Go on with the folder of last time."""
        folder = self._memory.folder_of(self._desk.visit.visit_id)
        if folder is not None and not self._desk.visit.read_only:
            self._watch(folder)

    def choose(self, folder: Path) -> None:
        """Raises `OwnFolder`."""
        own = self._desk.visit.folder.path
        if folder == own or own in folder.parents:
            raise OwnFolder
        self._memory.keep_folder_of(self._desk.visit.visit_id, folder)
        self._watch(folder)

    def clear(self) -> None:
        self._memory.keep_folder_of(self._desk.visit.visit_id, None)
        self._stop_watching()
        self._set(FolderState())

    def rest(self) -> None:
        """The visit is about to be closed; what is under way stops after the piece in hand."""
        self._stop_watching()
        if not self.jobs.stop_all(_PATIENCE):
            self.jobs.setParent(None)
            self._own.setParent(None)
            _UNANSWERED.append((self.jobs, self._own))

    def _watch(self, folder: Path) -> None:
        self._stop_watching()
        self._set(FolderState(folder))
        self._timer.start()
        self.meet_now()

    def _stop_watching(self) -> None:
        self._timer.stop()
        self._due.stop()
        if self._job is not None:
            self._job.cancel()
        self._unwatch()

    # ---- meeting ------------------------------------------------------------------------------------

    def meet_now(self) -> None:
        """Beside the person's work; one at a time, and not while something bigger is under way."""
        folder = self.state.folder
        if folder is None:
            return
        if self._job is not None or self._desk.exchanges.running is not None:
            self._soon(AFTER_WORK)
            return
        errand = Errand("", How.MET, folder, self.state.name, _Meeting(self._desk, folder, self._seen))
        self._set(FolderState(folder, self.state.at, self.state.fault, self.state.gone, under_way=True))
        self._job = run_errand(
            self._desk,
            self._own,
            self.jobs,
            errand,
            lambda o: self._ended(folder, o),
            on_progress=self._moved,
        )

    def stop(self) -> None:
        """What is under way stops after the piece in hand; the next look goes on from there."""
        if self._job is not None:
            self._job.cancel()

    def _moved(self, done: int, total: int, words: str) -> None:
        bringing = words in (GIVING, TAKING) and total > 0
        if self.state.under_way and bringing != self.state.bringing:
            self._set(replace(self.state, bringing=bringing))
        if bringing:
            self.moved.emit(done, total, how_far_words(done, total, words))

    def _ended(self, folder: Path, outcome: Outcome) -> None:
        self._job = None
        if folder != self.state.folder:
            return
        if outcome.ended:
            self._unwatch()
            self._set(FolderState(folder, self.state.at, outcome.ended, outcome.gone))
        else:
            fault = outcome.faults[0] if outcome.faults else ""
            self._set(FolderState(folder, outcome.at, fault))
            if outcome.moved:
                self._desk.exchanges.remember(outcome)
                self.met.emit(outcome)

    def _worked(self, _change: Change, _origin: object) -> None:
        if self.state.folder is not None and self._job is None:
            self._soon(AFTER_WORK)

    def _soon(self, milliseconds: int) -> None:
        if self.state.folder is not None and not self._due.isActive():
            self._due.start(milliseconds)

    def _set(self, state: FolderState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit()

    # ---- what the system tells of --------------------------------------------------------------------

    def _seen(self, folders: Sequence[str]) -> None:
        """Only folders that were reached a moment ago: asking for a dead share would hold the window."""
        new = set(folders) - set(self._watcher.directories())
        if new and self.state.folder is not None:
            self._watcher.addPaths(sorted(new))

    def _unwatch(self) -> None:
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())


class _Meeting:
    """The work of a quiet exchange, and which folders there are to watch."""

    def __init__(self, desk: Desk, folder: Path, seen: Callable[[Sequence[str]], None]) -> None:
        self._desk, self._folder, self._seen = desk, folder, seen

    def __call__(self, course: Course) -> tuple[Sequence[Summary], Sequence[str]]:
        summary = exchange_with(self._desk.visit, self._folder, course=course)
        folders = folders_written(self._desk.visit.visit_id, self._folder)
        course.owner(lambda: self._seen(folders))
        return [summary], ()
