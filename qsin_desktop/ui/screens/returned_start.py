"""Before a returned workbook is chosen: where to drop it, what was refused, what went out and came back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.screens.page_head import PageHead
from qsin_desktop.ui.screens.parts import ScrollColumn, clear
from qsin_desktop.ui.screens.rounds_card import RoundsCard
from qsin_desktop.ui.widgets.announce import announce
from qsin_desktop.ui.widgets.card import Card, NoticeBox
from qsin_desktop.ui.widgets.drop_area import DropArea
from qsin_desktop.ui.widgets.label import soft
from qsin_desktop.ui.widgets.progress_panel import ProgressPanel


class ReturnStart(QWidget):
    left = Signal()
    file_asked = Signal()
    files_dropped = Signal(object)  # tuple[Path, ...]

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._head = PageHead("Read responses back", self)
        self._head.left.connect(self.left)
        self.refused = NoticeBox(Tone.NOT_MET, "", "", self)
        self.refused.hide()
        self.drop = DropArea("Drop the network's workbook here, or press to look for it", self)
        self.rounds = RoundsCard(desk, self)
        self._progress = QVBoxLayout()
        self._lay_out()
        self.drop.browse_asked.connect(self.file_asked)
        self.drop.files_dropped.connect(self.files_dropped)
        self.drop.refused.connect(self.refuse)

    def _lay_out(self) -> None:
        page = ScrollColumn(760, self)
        card = Card("The workbook that came home", padding=16, parent=self)
        words = (
            "You see every difference first and choose what is taken over; nothing is written before that. "
            "Only the columns for the network's answers are read. An empty cell takes nothing away."
        )
        card.body.setSpacing(12)
        card.body.addWidget(soft(words, self))
        card.body.addWidget(self.refused)
        card.body.addLayout(self._progress)
        card.body.addWidget(self.drop)
        page.column.addWidget(card)
        page.column.addWidget(self.rounds)
        page.column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(page, 1)

    def refresh(self) -> None:
        self.rounds.refresh()

    def refuse(self, sentence: str) -> None:
        self.refused.set_words("Not read", sentence)
        self.refused.show()
        announce(self, sentence, urgent=True)

    def show_progress(self, name: str, *, can_cancel: bool = True) -> ProgressPanel:
        self.refused.hide()
        self.drop.setEnabled(False)
        panel = ProgressPanel(name, self, can_cancel=can_cancel)
        self._progress.addWidget(panel)
        return panel

    def end_progress(self) -> None:
        clear(self._progress)
        self.drop.setEnabled(True)
