"""The last exchange, kept to be read: by person what came, was known, went, or was refused and why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.exchange_outcome import How, Outcome, PersonLine
from qsin_desktop.ui.opening_files import show_in_folder
from qsin_desktop.ui.screens.parts import IconMark, clear, column, row
from qsin_desktop.ui.screens.team_exchange import choose_team_folder
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import secondary
from qsin_desktop.ui.widgets.card import Card, Line, NoticeBox
from qsin_desktop.ui.widgets.label import Label, Paragraph
from qsin_desktop.ui.widgets.sign import SignLabel


class LastExchangeCard(Card):
    """Hidden until there was one."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Last exchange", padding=16, parent=parent)
        self._desk = desk
        self.outcome: Outcome | None = None
        self.go_on = secondary("Go on", "refresh", self)
        self.show_folder = secondary("Open the folder", "folder-open", self)
        self.keep = secondary("Exchange with it by itself", "shared-folder", self)
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self.body.addLayout(self._column)
        self.body.addLayout(row(self.go_on, self.show_folder, self.keep, 1))
        self.go_on.clicked.connect(self._go_on)
        self.show_folder.clicked.connect(self._open_folder)
        self.keep.clicked.connect(self._keep)
        desk.exchanges.ended.connect(self.show_outcome)
        desk.team_folder.met.connect(self.show_outcome)
        desk.team_folder.changed.connect(self._show_buttons)
        self.show_outcome(desk.exchanges.latest)

    def show_outcome(self, outcome: Outcome | None) -> None:
        self.outcome = outcome
        self.setVisible(outcome is not None)
        if outcome is None:
            return
        self.set_subtitle(outcome.title)
        clear(self._column)
        if outcome.ended:
            title = "It did not run to its end"
            self._column.addWidget(NoticeBox(Tone.PARTLY, title, outcome.ended, self))
        for number, line in enumerate(outcome.people):
            if number:
                self._column.addWidget(Line(self))
            self._column.addWidget(self._person(line))
        if outcome.evidence:
            self._column.addWidget(Line(self))
            mark = IconMark("image", 16, parent=self)
            words = Paragraph(outcome.evidence, parent=self)
            self._column.addLayout(row(mark, words, gap=8))
        for fault in (*outcome.faults, *outcome.notes):
            self._column.addWidget(NoticeBox(Tone.PARTLY, "", fault, self))
        if not (outcome.people or outcome.ended or outcome.faults):
            self._column.addWidget(Paragraph("Nothing was new on either side.", soft=True, parent=self))
        self._show_buttons()

    def _person(self, line: PersonLine) -> QWidget:
        box = QWidget(self)
        name = Label(line.name, TextSize.BODY, Weight.SEMIBOLD, parent=box)
        what = Label(line.words, soft=not line.came, parent=box)
        lines = column(row(name, 1, what, gap=16), gap=6)
        for fault in line.faults:
            sign = SignLabel(Sign.CROSS, Tone.NOT_MET, side=16, parent=box)
            words = row(sign, Paragraph(fault, TextSize.SMALL, tone=Tone.NOT_MET, parent=box), gap=6)
            words.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
            words.setStretch(1, 1)
            lines.addLayout(words)
        box.setLayout(lines)
        return box

    def _show_buttons(self) -> None:
        outcome = self.outcome
        if outcome is None:
            return
        self.go_on.setVisible(bool(outcome.ended) and self._desk.exchanges.can_go_on)
        self.show_folder.setVisible(outcome.how is How.HANDED_OVER and not outcome.ended)
        chosen = self._desk.team_folder.state.folder == outcome.path
        self.keep.setVisible(outcome.how is How.MET and not chosen and not self._desk.visit.read_only)

    def _go_on(self) -> None:
        """What came before it was cut is not asked for again."""
        if self.outcome is not None:
            self._desk.exchanges.again()

    def _open_folder(self) -> None:
        if self.outcome is not None:
            show_in_folder(self.outcome.path)

    def _keep(self) -> None:
        if self.outcome is not None:
            choose_team_folder(self._desk, self.outcome.path)
