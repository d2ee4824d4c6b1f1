"""The open visit on the assessor's desk: acts on it, tells what changed, and sends people to places.

For screens and panels:

    desk.act(lambda: rate(desk.visit, ...), origin=self)      a short action on the GUI thread
    desk.act(..., show=False)               refusals are raised, to be shown beside their box
    desk.undo()   desk.redo()   desk.go(Place("walk", "IN-301.b"))
    desk.asking.files(self, "Attach files", "attach")         the system's file dialogs, last folder kept
    desk.exchanges.receive(paths)           hand over, receive; desk.team_folder is exchanged with quietly
    desk.feed.changed(change, origin)   desk.saved(datetime)   desk.unsaved(sentence)   desk.going(place)
    desk.write_words(save, kept)   desk.keep_words(save, kept)      of boxes that are saved as they are typed
    desk.unsaved_words                      what of them is on no disk yet
    desk.begin()   desk.leave()             what goes on by itself: folder, backups, pictures
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from qsin_desktop.actions.open_visit import OpenVisit, of_the_disk
from qsin_desktop.actions.undo import History
from qsin_desktop.background.jobs import Jobs
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import ReadOnlyVisit, Refusal, TextTooLong, VisitSealed
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.ui.asking import Asking
from qsin_desktop.ui.backups import Backups, CopyMemory, NoSecondPlace
from qsin_desktop.ui.change_feed import ChangeFeed
from qsin_desktop.ui.exchanges import Exchanges
from qsin_desktop.ui.exhibit_states import ExhibitStates
from qsin_desktop.ui.messages import Messages
from qsin_desktop.ui.places import Place
from qsin_desktop.ui.printed_pictures import PrintedPictures
from qsin_desktop.ui.team_folder import FolderMemory, ForgetfulMemory, TeamFolder
from qsin_desktop.ui.unsaved_words import UnsavedWords

__all__ = ["Desk", "of_the_disk"]

T = TypeVar("T")


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
        copies: CopyMemory | None = None,
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
        self.unsaved_why = ""
        self.saved_at: datetime | None = None
        self.unsaved_words = UnsavedWords(visit, self)
        self.unsaved_words.changed.connect(self._tell_state)
        self._disk_said = self._waited_for = ""  # by which sentence the disk refused, and words that wait
        self.left = False
        self.exchanges = Exchanges(self)
        self.team_folder = TeamFolder(self, folders or ForgetfulMemory())
        self.backups = Backups(self, copies or NoSecondPlace())
        self.exhibit_states = ExhibitStates(self)
        self.printed_pictures = PrintedPictures(self)

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
            if not self.unsaved_words.trying:
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

    def begin(self) -> None:
        """The visit is shown: what is done by itself may begin."""
        self.team_folder.begin()
        self.backups.begin()
        self.printed_pictures.begin()

    def leave(self) -> None:
        """Before the visit is closed: nothing goes on with it any more."""
        self.left = True
        self.unsaved_words.rest()
        self.team_folder.rest()
        self.backups.rest()
        self.printed_pictures.rest()
        self.exchanges.stop()

    def _step(self, step: Callable[[], Change], word: str) -> Change | None:
        self.visit.end_typing()
        change = self.act(step)
        if change is not None:
            self.messages.info(f"{word}: {change.name}.")
        return change

    def _told(self, change: Change, origin: QObject | None) -> None:
        if change.keys:
            self._wrote()
        self.feed.tell(change, origin)

    # ---- words ----------------------------------------------------------------------------------------

    def keep_words(self, save: Callable[[], T], kept: set[FieldKey]) -> T:
        """In the middle of typing: on the disk, not yet in the journal; `kept` takes the fields."""
        with self.visit.drafting() as fields:
            answer = save()
        if fields:
            kept.update(fields)
            self._wrote()
        return answer

    def write_words(self, save: Callable[[], T], kept: set[FieldKey]) -> T:
        """After a pause: what was kept of these fields and is not wanted any more is let go."""
        answer = save()
        if kept and answer:
            with suppress(Refusal):
                self.visit.store.kept_words.drop_drafts(kept)
            kept.clear()
        return answer

    def _wrote(self) -> None:
        """Something went onto the disk: what it refused before may go there too."""
        self.saved_at = self.visit.clock()
        if self.unsaved_words.any and not self.unsaved_words.trying:
            self.unsaved_words.try_again()
        else:
            self._tell_state()

    def _tell_state(self) -> None:
        if self.unsaved_words.any:
            self._waited_for = self._disk_said
            self.unsaved.emit(self.unsaved_words.sentence)
        elif self.saved_at is not None:
            self.saved.emit(self.saved_at)
            self._tell_all_saved()

    def _tell_all_saved(self) -> None:
        """Once, after words had waited for the disk: what was told of them is not so any more."""
        if self._waited_for and not self.unsaved_words.given_up:
            self.messages.no_longer(self._waited_for)
            self.messages.done("What you typed meanwhile is saved.")
        self._waited_for = ""

    def _told_unsaved(self, refusal: Refusal) -> None:
        """The world's faults leave words in a box that are not on the disk; a refused judgement does not."""
        if of_the_disk(refusal) or isinstance(refusal, TextTooLong | ReadOnlyVisit | VisitSealed):
            self.unsaved_words.refused(refusal)
            self._disk_said = refusal.sentence if of_the_disk(refusal) else ""
            self.unsaved_why = refusal.brief
            self.unsaved.emit(refusal.sentence)
