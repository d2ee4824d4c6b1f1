"""The open visit on the assessor's desk: acts on it, tells what changed, and sends people to places.

For screens and panels:

    desk.act(lambda: rate(desk.visit, ...), origin=self)      a short action on the GUI thread
    desk.act(..., show=False)               refusals are raised, to be shown beside their box
    desk.undo()   desk.redo()   desk.go(Place("walk", "IN-301.b"))
    desk.asking.files(self, "Attach files", "attach")         the system's file dialogs, last folder kept
    desk.exchanges.receive(paths)           hand over, receive; desk.team_folder is exchanged with quietly
    desk.feed.changed(change, origin)   desk.saved(datetime)   desk.unsaved(sentence)   desk.going(place)
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.undo import History
from qsin_desktop.background.jobs import Jobs
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import ReadOnlyVisit, Refusal, TextTooLong, VisitSealed
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.ui.asking import Asking
from qsin_desktop.ui.change_feed import ChangeFeed
from qsin_desktop.ui.exchanges import Exchanges
from qsin_desktop.ui.exhibit_states import ExhibitStates
from qsin_desktop.ui.messages import Messages
from qsin_desktop.ui.places import Place
from qsin_desktop.ui.team_folder import FolderMemory, ForgetfulMemory, TeamFolder


class Desk(QObject):
    saved = Signal(object)  # datetime
    unsaved = Signal(str)
    going = Signal(object)  # Place
    recording = Signal()  # record now what is being typed, on every screen

    def __init__(
        self,
        visit: OpenVisit,
        messages: Messages,
        jobs: Jobs,
        parent: QObject | None = None,
        *,
        asking: Asking | None = None,
        folders: FolderMemory | None = None,
        home: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self.home = home  # of this person: whom they trust
        self.asking = asking or Asking()
        self.visit = visit
        self.messages = messages
        self.jobs = jobs
        self.feed = ChangeFeed(self)
        self.history = History(visit)
        self.saved_at: datetime | None = None
        self.left = False
        self.exchanges = Exchanges(self)
        self.team_folder = TeamFolder(self, folders or ForgetfulMemory())
        self.exhibit_states = ExhibitStates(self)

    @property
    def record(self) -> VisitRecord:
        return self.visit.record

    @property
    def writable(self) -> bool:
        """False while the visit is only read, or sealed."""
        return not self.visit.read_only and self.record.seal is None

    def act(
        self, action: Callable[[], Change], origin: QObject | None = None, *, show: bool = True
    ) -> Change | None:
        """Do it and tell what changed; a refusal is shown and None returned, or raised unless `show`."""
        try:
            change = action()
        except Refusal as refusal:
            self._told_unsaved(refusal)
            if not show:
                raise
            self.messages.refused(refusal)
            return None
        self._told(change, origin)
        return change

    def undo(self) -> Change | None:
        """Take back the last act, and say which."""
        return self._step(self.history.undo, "Undone")

    def redo(self) -> Change | None:
        return self._step(self.history.redo, "Done again")

    def go(self, place: Place) -> None:
        self.going.emit(place)

    def leave(self) -> None:
        """Before the visit is closed: nothing goes on with it any more."""
        self.left = True
        self.team_folder.rest()
        self.exchanges.stop()

    def _step(self, step: Callable[[], Change], word: str) -> Change | None:
        self.visit.end_typing()
        change = self.act(step)
        if change is not None:
            self.messages.info(f"{word}: {change.name}.")
        return change

    def _told(self, change: Change, origin: QObject | None) -> None:
        if change.keys:
            self.saved_at = self.visit.clock()
            self.saved.emit(self.saved_at)
        self.feed.tell(change, origin)

    def _told_unsaved(self, refusal: Refusal) -> None:
        """The world's faults leave words in a box that are not on the disk; a refused judgement does not."""
        if of_the_disk(refusal) or isinstance(refusal, TextTooLong | ReadOnlyVisit | VisitSealed):
            self.unsaved.emit(refusal.sentence)


def of_the_disk(refusal: Refusal) -> bool:
    """Whether trying again later may help: the disk was full, the drive gone."""
    return type(refusal).__module__.startswith("qsin_desktop.store")
