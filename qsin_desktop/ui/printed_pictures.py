"""Makes what the report prints of each photo as soon as it is attached, beside the person's work.

printed.begin()   .rest()        with the visit
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from qsin_desktop.actions.pictures import make_printed, stop_making_printed
from qsin_desktop.background.jobs import Job, Jobs
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal

if TYPE_CHECKING:
    from qsin_desktop.ui.desk import Desk

FIRST: Final = 8_000  # milliseconds: a visit that was just opened has other things to do
AFTER: Final = 1_000  # after an exhibit came; a series of them is begun with at once and gone on with
_PATIENCE: Final = 5_000


class PrintedPictures(QObject):
    """What it lacks at the next opening, or when a report is made before it is done, is made then."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.jobs = Jobs(bug=desk.messages.refusal_for_bug, parent=self)
        self._job: Job | None = None
        self._again = self._begun = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        desk.feed.changed.connect(self._changed)

    def begin(self) -> None:
        """Who only reads makes none: whoever has the visit open for work does."""
        self._begun = not self._desk.visit.read_only
        if self._begun:
            self._timer.start(FIRST)

    def rest(self) -> None:
        """The visit is about to be closed; the picture in hand is broken off and made the next time."""
        self._timer.stop()
        stop_making_printed(self._desk.visit)
        self.jobs.stop_all(_PATIENCE)

    def look(self) -> None:
        """One round over all photos; what came meanwhile is for a next one."""
        visit = self._desk.visit
        if not self._begun or self._desk.left:
            return
        if self._job is not None:
            self._again = True
            return
        self._again = False
        exhibits = tuple(self._desk.record.exhibits())
        self._job = self.jobs.run(
            "Making pictures for the report",
            lambda _report, is_cancelled: make_printed(visit, is_cancelled, exhibits=exhibits),
            done=lambda _made: self._ended(),
            refused=self._refused,
            stopped=self._ended,
        )

    def _ended(self) -> None:
        self._job = None
        if self._again:
            self._timer.start(AFTER)

    def _refused(self, _refusal: Refusal) -> None:
        """A report makes the pictures that it lacks, and tells what is wrong."""
        self._job = None

    def _changed(self, change: Change, _origin: QObject | None) -> None:
        if self._begun and change.touches("exhibit") and not self._timer.isActive():
            self._timer.start(AFTER)
