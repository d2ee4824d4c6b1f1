"""The findings that are tied to a criterion, as cards that open on the Findings screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.domain.changes import Change
from qsin_desktop.ui.commands import cap, tip
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.panels.finding_card import FindingCard
from qsin_desktop.ui.panels.section_head import SectionHead
from qsin_desktop.ui.panels.spot_panel import SpotPanel
from qsin_desktop.ui.panels.tab_order import tab_after
from qsin_desktop.ui.places import FINDINGS, Place
from qsin_desktop.ui.screens.parts import clear
from qsin_desktop.ui.widgets.button import IconButton
from qsin_desktop.ui.widgets.label import Paragraph

_TOUCHING = frozenset({"finding", "link", "exhibit", "site", "visit"})


class FindingsPanel(SpotPanel):
    raise_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.head = SectionHead("Findings", cap("walk.finding"), self)
        self.raise_button = IconButton("plus", tip("walk.finding"), parent=self)
        self.raise_button.clicked.connect(self.raise_asked)
        self.head.add(self.raise_button)
        self._none = Paragraph("None on this criterion.", soft=True, parent=self)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addLayout(self._cards)
        column.addWidget(self._none)

    @property
    def cards(self) -> list[FindingCard]:
        return [card for card in self.findChildren(FindingCard) if not card.isHidden()]

    def refresh(self) -> None:
        clear(self._cards)
        findings = self.record.findings(self.spot.criterion)
        for finding in findings:
            card = FindingCard(self.record, finding, self)
            card.clicked.connect(lambda finding=finding.id: self._open(finding))
            self._cards.addWidget(card)
            card.show()
        self._none.setVisible(not findings)
        tab_after(self.raise_button, filter(None, (card.focusProxy() for card in self.cards)))

    def take(self, change: Change, origin: QObject | None) -> None:
        if any(key.type in _TOUCHING for key in change.keys):
            self.refresh()

    def set_writable(self, writable: bool) -> None:
        super().set_writable(writable)
        self.raise_button.setVisible(writable)
        self.head.set_key_shown(writable)

    def _open(self, finding: str) -> None:
        self.desk.go(Place(FINDINGS, self.spot.criterion, finding=finding))
