"""Says why an exhibit's file cannot be shown, and what can be done about it; hidden while it is here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.exhibit_states import State
from qsin_desktop.ui.handing_over import ask_receive
from qsin_desktop.ui.screens.parts import column, row
from qsin_desktop.ui.widgets.button import secondary
from qsin_desktop.ui.widgets.card import NoticeBox

_TITLES = {State.WANTED: "Not here yet", State.ON_THE_WAY: "On the way", State.DAMAGED: "Damaged here"}


class ExhibitStateBox(QWidget):
    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._exhibit: Exhibit | None = None
        self.notice = NoticeBox(Tone.PARTLY, "", "", self)
        self.act = secondary("", "refresh", self)
        self.act.clicked.connect(self._do)
        self.setLayout(column(self.notice, row(self.act, 1), gap=8))
        desk.exhibit_states.changed.connect(self._refresh)
        self.hide()

    def show_exhibit(self, exhibit: Exhibit | None) -> None:
        self._exhibit = exhibit
        self._refresh()

    @property
    def state(self) -> State:
        if self._exhibit is None:
            return State.HERE
        return self._desk.exhibit_states.state(self._exhibit)

    def _refresh(self) -> None:
        exhibit, state = self._exhibit, self.state
        self.setVisible(state is not State.HERE)
        if exhibit is None or state is State.HERE:
            return
        self.notice.set_words(_TITLES[state], self._desk.exhibit_states.sentence(exhibit))
        folder = self._desk.team_folder.state.folder is not None
        words = "Exchange now" if folder else "Receive from a colleague…"
        self.act.setText("Ask for it again at the next exchange" if state is State.DAMAGED else words)
        self.act.setVisible(state is not State.ON_THE_WAY and not self._desk.visit.read_only)

    def _do(self) -> None:
        exhibit = self._exhibit
        if exhibit is None:
            return
        if self.state is State.DAMAGED:
            self._ask_again(exhibit)
        elif self._desk.team_folder.state.folder is not None:
            self._desk.team_folder.meet_now()
        else:
            ask_receive(self._desk, self.window())

    def _ask_again(self, exhibit: Exhibit) -> None:
        try:
            self._desk.exhibit_states.ask_again(exhibit)
        except Refusal as refusal:
            self._desk.messages.refused(refusal)
        else:
            self._desk.messages.done(f"The file of {exhibit.number} is asked for at the next exchange.")
