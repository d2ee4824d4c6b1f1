"""What the window asks of every part of a visit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from qsin_desktop.ui.commands import KeyHint, takes_typing
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.places import Place


class Screen(QWidget):
    """Shown in the visit frame. `hints_changed` has the foot of the window read hints and words again."""

    hints_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a click beside a box leaves it

    @property
    def key_hints(self) -> tuple[KeyHint, ...]:
        return ()

    @property
    def foot_words(self) -> str:
        """At the right of the foot, e.g. “30 of 96 rated”."""
        return ""

    def show_place(self, place: Place) -> None:
        """Show what the place names; a place that names nothing leaves the screen as it was."""

    def flush(self) -> None:
        """Record now what is being typed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a box, so that plain keys act again."""
        if event.key() == Qt.Key.Key_Escape and takes_typing(QApplication.focusWidget()):
            self.setFocus()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), look_of().palette.background)
