"""Exhibits that were cited in a criterion and are withdrawn: a line each, which leads to it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.moments import moment
from qsin_desktop.ui.panels.quiet_link import QuietLink
from qsin_desktop.ui.places import EVIDENCE, Place
from qsin_desktop.ui.screens.parts import clear, row


class WithdrawnExhibits(QWidget):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: list[Exhibit] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def show_criterion(self, criterion: str) -> None:
        record = self._desk.record
        links = record.links(criterion=criterion, withdrawn=True)
        found = [record.exhibit(ident) for ident in dict.fromkeys(link.exhibit for link in links)]
        gone = [exhibit for exhibit in found if exhibit is not None and exhibit.withdrawal is not None]
        self.setVisible(bool(gone))
        if gone == self._shown:
            return
        self._shown = gone
        clear(self._column)
        for exhibit in gone:
            self._column.addLayout(row(self._link(exhibit), 1))

    def _link(self, exhibit: Exhibit) -> QuietLink:
        gone = exhibit.withdrawal
        who = f"{self._desk.record.person_name(gone.by)}, {moment(gone.at)}: {gone.why}" if gone else ""
        link = QuietLink(f"{exhibit.number} withdrawn", f"{exhibit.title}\n{who}", parent=self)
        link.clicked.connect(lambda: self._desk.go(Place(EVIDENCE, exhibit=exhibit.id)))
        return link
