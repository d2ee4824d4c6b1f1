"""The work state of a criterion, apart from its rating: not started, in review, done."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from qsin_desktop.actions.planning import WorkState, set_work_state
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.commands import tip
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.panels.spot_panel import SpotPanel
from qsin_desktop.ui.widgets.chip import ChipButton

_FACES = {
    WorkState.NOT_STARTED: ("Not started", Tone.NOT_APPLICABLE, Sign.RING),
    WorkState.IN_REVIEW: ("In review", Tone.ACCENT, Sign.HALF),
    WorkState.DONE: ("Done", Tone.MET, Sign.TICK),
}


class StateChip(SpotPanel):
    """Pressed, it offers the three; `step` goes on to the next."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.button = ChipButton(parent=self)
        self.button.setToolTip(tip("walk.state"))
        self.button.clicked.connect(self._offer)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)

    @property
    def state(self) -> WorkState:
        recorded = self.record.work_state(self.spot.criterion)
        return next((state for state in WorkState if state.value == recorded), WorkState.NOT_STARTED)

    def refresh(self) -> None:
        words, tone, sign = _FACES[self.state]
        self.button.set_chip(words, tone, sign)
        self.button.setAccessibleName(f"Work state: {words}")

    def take(self, change: Change, origin: QObject | None) -> None:
        if any(k.type == "criterion" and k.entity == self.spot.criterion for k in change.keys):
            self.refresh()

    def set_writable(self, writable: bool) -> None:
        super().set_writable(writable)
        self.button.setEnabled(writable)

    def step(self) -> None:
        states = list(WorkState)
        self.set_state(states[(states.index(self.state) + 1) % len(states)])

    def set_state(self, state: WorkState) -> None:
        if self.writable and state is not self.state:
            code = self.spot.criterion
            self.desk.act(lambda: set_work_state(self.desk.visit, criterion=code, state=state))

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("Work state")
        group = QActionGroup(menu)
        for state in WorkState:
            action = menu.addAction(_FACES[state][0])
            action.setCheckable(True)
            action.setChecked(state is self.state)
            action.setActionGroup(group)
            action.setData(state.value)
        menu.triggered.connect(lambda action: self.set_state(WorkState(action.data())))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))
