"""A key as it is printed on a keyboard.

KeyCap("Ctrl K", parent=None)               .set_key(text)
paint_key_cap(painter, rect, "2", look)     key_cap_size("2", look) -> QSizeF
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QSizeF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from qsin_desktop.ui.look import Look, look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.drawing import CENTRE, rounded, text


def key_cap_size(key: str, look: Look) -> QSizeF:
    metrics = look.metrics(TextSize.TINY, Weight.MEDIUM)
    height = look.px(19)
    return QSizeF(max(look.px(17), metrics.horizontalAdvance(key) + look.px(11)), height)


def paint_key_cap(painter: QPainter, rect: QRectF, key: str, look: Look, enabled: bool = True) -> None:
    colours = look.palette
    rounded(painter, rect, look.px(4), fill=colours.line)
    rounded(painter, rect.adjusted(0, 0, 0, -1.0), look.px(4), fill=colours.surface, edge=colours.line)
    ink = colours.soft_text if enabled else colours.disabled_text
    text(painter, rect.adjusted(0, -0.5, 0, -1.0), key, look.font(TextSize.TINY, Weight.MEDIUM), ink, CENTRE)


class KeyCap(QLabel):
    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(key, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_key(key)

    def set_key(self, key: str) -> None:
        self.setText(key)
        self.setAccessibleName(f"Key {key}" if key else "")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return key_cap_size(self.text(), look_of()).toSize()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_key_cap(QPainter(self), QRectF(self.rect()), self.text(), look_of(), self.isEnabled())
