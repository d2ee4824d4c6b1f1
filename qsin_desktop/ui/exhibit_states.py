"""Whether the file of an exhibit is here, on the way, still wanted or damaged; asked of the disk once each.

desk.exhibit_states.state(exhibit)   .sentence(exhibit)   .mark(exhibit)   changed()
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from qsin_desktop.actions.exhibit_states import ask_again, damage_in
from qsin_desktop.actions.exhibit_states import state_of as state_on_disk
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.evidence import Exhibit

if TYPE_CHECKING:
    from qsin_desktop.ui.desk import Desk


class State(Enum):
    HERE = ""
    ON_THE_WAY = "on the way"
    WANTED = "not here yet"
    DAMAGED = "damaged"


class ExhibitStates(QObject):
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._here: dict[str, bool] = {}
        self._damaged: set[str] = set()
        self._looking: set[str] = set()
        desk.exchanges.began.connect(self.changed)
        desk.exchanges.ended.connect(lambda _outcome: self._forget())
        desk.team_folder.met.connect(lambda _outcome: self._forget())
        self._bringing = False
        desk.team_folder.changed.connect(self._folder_changed)
        desk.feed.changed.connect(self._told)

    def state(self, exhibit: Exhibit) -> State:
        if not exhibit.pieces:
            return State.HERE
        if exhibit.id in self._damaged:
            return State.DAMAGED
        if exhibit.id not in self._here:
            self._here[exhibit.id] = state_on_disk(self._desk.visit, exhibit) == "here"
        if self._here[exhibit.id]:
            return State.HERE
        coming = self._bringing or self._desk.exchanges.running is not None
        return State.ON_THE_WAY if coming else State.WANTED

    def mark(self, exhibit: Exhibit) -> str:
        """A word or two for its tile; empty while all is well."""
        return self.state(exhibit).value

    def sentence(self, exhibit: Exhibit) -> str:
        state = self.state(exhibit)
        if state is State.WANTED:
            who = self._desk.record.person_name(exhibit.by)
            return (
                f"The file of {exhibit.number} is not on this laptop yet; {who} attached it. It comes at the "
                "next exchange with somebody who has it."
            )
        if state is State.ON_THE_WAY:
            return "The file comes with the exchange that is under way."
        if state is State.DAMAGED:
            return (
                f"The file of {exhibit.number} on this laptop is damaged; what is recorded of it is safe. "
                "A colleague's laptop may have it whole."
            )
        return ""

    def look(self, exhibit: Exhibit) -> None:
        """It could not be shown: read it through in a job, to tell damage from a strange kind."""
        if exhibit.id in self._looking or self.state(exhibit) is not State.HERE or not exhibit.pieces:
            return
        self._looking.add(exhibit.id)
        pieces = self._desk.visit.pieces
        self._desk.jobs.run(
            f"Checking {exhibit.number}",
            lambda _report, _is_cancelled: damage_in(pieces, exhibit),
            done=lambda damaged: self._looked(exhibit, bool(damaged)),
            refused=lambda _refusal: self._looked(exhibit, damaged=False),
        )

    def _looked(self, exhibit: Exhibit, damaged: bool) -> None:
        if damaged and not self._desk.left:
            self._damaged.add(exhibit.id)
            self.changed.emit()

    def ask_again(self, exhibit: Exhibit) -> None:
        """The damaged file is put aside; raises a disk's refusal."""
        ask_again(self._desk.visit.pieces, exhibit)
        self._damaged.discard(exhibit.id)
        self._looking.discard(exhibit.id)
        self._forget()

    def _told(self, change: Change, _origin: object) -> None:
        for key in change.keys:
            if key.type == "exhibit":
                self._here.pop(key.entity, None)

    def _folder_changed(self) -> None:
        """A quiet look that brings nothing changes nothing to be seen."""
        if self._desk.team_folder.state.bringing != self._bringing:
            self._bringing = self._desk.team_folder.state.bringing
            self._forget()

    def _forget(self) -> None:
        self._here.clear()
        self.changed.emit()
