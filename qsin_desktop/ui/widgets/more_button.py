"""The “6 more” button at the end of a switch: opens a menu by mouse, Space, Enter or Arrow down.

MoreButton(name, parent)      menu_asked = Signal()
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.drawing import CENTRE, focus_ring, rounded, text
from qsin_desktop.ui.widgets.focus import KeyFocus


class MoreButton(KeyFocus, QPushButton):
    menu_asked = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setToolTip(name)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self.menu_asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.menu_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, rect = look_of(), QPainter(self), QRectF(self.rect())
        colours = look.palette
        if self.underMouse():
            rounded(painter, rect, look.px(6), fill=colours.pressed)
        text(painter, rect, self.text(), look.font(TextSize.LABEL), colours.soft_text, CENTRE)
        if self.shows_focus():
            focus_ring(painter, rect, look.px(6), colours.focus_ring)
