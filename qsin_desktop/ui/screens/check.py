"""Check a report from within a visit: the file is compared with what the visit's trail says of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from qsin_desktop.ui.commands import KeyHint, bind, cap, takes_typing
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import REPORT, Place
from qsin_desktop.ui.screens.check_report import CheckView
from qsin_desktop.ui.screens.screen import Screen


class CheckScreen(Screen):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.view = CheckView(desk.jobs, desk.asking, desk.messages, desk.home, desk.visit, self)
        self.view.left.connect(lambda: desk.go(Place(REPORT)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        bind(self, "check.open", self.view.ask_file)

    @property
    def key_hints(self) -> tuple[KeyHint, ...]:
        return (KeyHint((cap("check.open"),), "choose the report"),)

    def show_place(self, place: Place) -> None:
        self.view.begin()
        if place.file is not None:
            self.view.check(place.file)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a box first, then the page."""
        if event.key() == Qt.Key.Key_Escape and not takes_typing(QApplication.focusWidget()):
            self.view.leave()
        else:
            super().keyPressEvent(event)
