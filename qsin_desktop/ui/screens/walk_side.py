"""The right of the walk: the exhibits of the criterion, its findings, and what is still missing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.panels.exhibits_panel import ExhibitsPanel
from qsin_desktop.ui.panels.findings_panel import FindingsPanel
from qsin_desktop.ui.panels.missing_box import MissingBox
from qsin_desktop.ui.panels.spot_panel import SpotPanel
from qsin_desktop.ui.widgets.card import Panel


class WalkSide(Panel):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("left", parent)
        self.exhibits = ExhibitsPanel(desk)
        self.findings = FindingsPanel(desk)
        self.missing = MissingBox(desk)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 10, 15, 16)
        column.setSpacing(16)
        for widget in self.panels:
            column.addWidget(widget)
        column.addStretch(1)
        self._scroll.setWidget(page)
        page.setAutoFillBackground(False)
        self._scroll.viewport().setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(self._scroll)

    @property
    def panels(self) -> tuple[SpotPanel, ...]:
        return (self.exhibits, self.findings, self.missing)

    def arrived(self, *, another: bool) -> None:
        if another:
            self._scroll.verticalScrollBar().setValue(0)
