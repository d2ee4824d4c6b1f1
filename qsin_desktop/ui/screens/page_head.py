"""The bar over a page that one goes into and comes back from: Back, a title, acts at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qsin_desktop.ui.screens.parts import column
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.button import Button
from qsin_desktop.ui.widgets.card import Panel
from qsin_desktop.ui.widgets.label import ElidedLabel, heading


class PageHead(Panel):
    left = Signal()

    def __init__(self, title: str, parent: QWidget, *acts: QWidget) -> None:
        super().__init__("bottom", parent)
        self.back = Button("Back", "arrow-left", parent=self)
        self.back.clicked.connect(self.left)
        self._title = heading(title, self)
        self._about = ElidedLabel("", TextSize.SMALL, soft=True, parent=self)
        self._about.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 10, 20, 11)
        line.setSpacing(12)
        line.addWidget(self.back)
        line.addLayout(column(self._title, self._about, gap=1), 1)
        for act in acts:
            line.addWidget(act)

    def set_words(self, title: str, about: str = "") -> None:
        self._title.setText(title)
        self._about.setText(about)
        self._about.setVisible(bool(about))
