"""Hand over, receive, and the folder that is exchanged with by itself; how far it is, and how to stop it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.commands import tip
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.handing_over import ask_hand_over, ask_receive
from qsin_desktop.ui.screens.parts import IconMark, clear, column, row
from qsin_desktop.ui.team_folder import FolderState
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import Button, ButtonKind, IconButton, quiet, secondary
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.drop_area import DropArea
from qsin_desktop.ui.widgets.label import ElidedLabel, Paragraph
from qsin_desktop.ui.widgets.progress_panel import ProgressPanel
from qsin_desktop.ui.words import path_in_words


class ExchangeCard(Card):
    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Exchange", padding=16, parent=parent)
        self._desk = desk
        self.hand_over = Button(
            "Hand over to a colleague", "hand-over", ButtonKind.PRIMARY, align_left=True, parent=self
        )
        self.receive = DropArea("Receive, or drop a bundle here", self, over="Drop to receive")
        self.receive.setAccessibleDescription("Press to look for the file")
        self.choose = Button(
            "Exchange with a folder by itself…", "shared-folder", align_left=True, parent=self
        )
        self.folder = FolderBox(desk, self)
        self._progress = QVBoxLayout()
        self.panel: ProgressPanel | None = None
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        self.hand_over.setToolTip(tip("team.hand_over"))
        self.receive.setToolTip(tip("team.receive"))
        for widget in (self.hand_over, self.receive, self.choose, self.folder):
            self.body.addWidget(widget)
        self.body.addLayout(self._progress)

    def _connect(self) -> None:
        exchanges = self._desk.exchanges
        self.hand_over.clicked.connect(lambda: ask_hand_over(self._desk, self.window()))
        self.receive.browse_asked.connect(lambda: ask_receive(self._desk, self.window()))
        self.receive.files_dropped.connect(exchanges.receive)
        self.receive.refused.connect(self._desk.messages.refused)
        self.choose.clicked.connect(self.choose_folder)
        self.folder.other_asked.clicked.connect(self.choose_folder)
        exchanges.began.connect(self._began)
        exchanges.ended.connect(lambda _outcome: self._end())
        self._desk.team_folder.changed.connect(self.refresh)
        if exchanges.running is not None:
            self._began()

    def refresh(self) -> None:
        state, reading = self._desk.team_folder.state, self._desk.visit.read_only
        self.choose.setVisible(state.folder is None)
        self.folder.setVisible(state.folder is not None)
        self.folder.show_state(state)
        for widget in (self.receive, self.choose, self.folder):
            widget.setEnabled(not reading)
        if reading:
            self.receive.setToolTip(reading)

    def choose_folder(self) -> None:
        chosen = self._desk.asking.folder(self, "Folder of the team, on a stick or share", "meet")
        if chosen is not None:
            choose_team_folder(self._desk, chosen)

    # ---- while it goes on ----------------------------------------------------------------------------

    def _began(self) -> None:
        exchanges = self._desk.exchanges
        self._end()
        self.panel = ProgressPanel(exchanges.name, self)
        self.panel.set_progress(*exchanges.how_far)
        exchanges.moved.connect(self.panel.set_progress)
        self.panel.cancelled.connect(exchanges.stop)
        self._progress.addWidget(self.panel)

    def _end(self) -> None:
        self.panel = None
        clear(self._progress)


class FolderBox(QWidget):
    """The folder by name, when it was met last, and what is wrong with it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.name = ElidedLabel("", TextSize.BODY, Weight.SEMIBOLD, parent=self)
        self.state = Paragraph("", TextSize.SMALL, soft=True, parent=self)
        self.now = secondary("Exchange now", "refresh", self)
        self.now.setToolTip(tip("team.meet"))
        self.now.clicked.connect(desk.team_folder.meet_now)
        self.other_asked = quiet("Other folder…", parent=self)
        self.away = IconButton("x", "Exchange with this folder no more", parent=self)
        self.away.clicked.connect(desk.team_folder.clear)
        head = row(IconMark("shared-folder", 18, parent=self), self.name, self.away, gap=8)
        head.setStretch(1, 1)
        self.progress = ProgressPanel("Exchanging evidence", self)
        self.progress.cancelled.connect(desk.team_folder.stop)
        self.progress.hide()
        desk.team_folder.moved.connect(self.progress.set_progress)
        box = Card(sunken=True, padding=12, parent=self)
        box.body.addLayout(head)
        box.body.addWidget(self.state)
        box.body.addLayout(row(self.now, self.other_asked, 1, gap=6))
        box.body.addWidget(self.progress)
        self.setLayout(column(box, gap=0))

    def show_state(self, state: FolderState) -> None:
        if state.folder is None:
            return
        self.name.setText(f"By itself with “{state.name}”")
        self.name.setToolTip(path_in_words(state.folder))
        self.state.setText(state_in_words(state))
        self.state.set_tone(Tone.PARTLY if state.fault else None)
        if self.progress.isVisibleTo(self) != state.bringing:
            self.progress.cancel_button.setEnabled(True)
            self.progress.setVisible(state.bringing)
        self.now.setEnabled(not state.under_way)
        self.now.setText("Exchanging…" if state.under_way else "Exchange now")


def state_in_words(state: FolderState) -> str:
    last = f"Last exchanged {state.at:%H:%M}." if state.at else "Not exchanged yet."
    if state.fault:
        return f"{state.fault} {last if state.at else ''}".strip()
    return f"{last} What is new comes and goes while you work."


def choose_team_folder(desk: Desk, folder: Path) -> None:
    try:
        desk.team_folder.choose(folder)
    except Refusal as refusal:
        desk.messages.refused(refusal)
