"""Number, day and time boxes with the margins of the other boxes.

    NumberBox(low, high, suffix="", parent=None)    a QSpinBox
    DayBox(parent=None)                             a QDateEdit, written 24 Nov 2026, with a calendar to open
    TimeBox(parent=None)                            a QTimeEdit, 24 hours
Qt's style sheets leave no room before the words of a spin box with arrows; these make it.
"""

from __future__ import annotations

from PySide6.QtWidgets import QDateEdit, QSpinBox, QTimeEdit, QWidget

from qsin_desktop.ui.look import FollowsLook, Look


class NumberBox(FollowsLook, QSpinBox):
    def __init__(self, low: int, high: int, suffix: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setSuffix(suffix)
        self.follow_now()

    def follow(self, look: Look) -> None:
        self.lineEdit().setTextMargins(look.px(8), 0, 0, 0)


class TimeBox(FollowsLook, QTimeEdit):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("HH:mm")
        self.follow_now()

    def follow(self, look: Look) -> None:
        self.lineEdit().setTextMargins(look.px(8), 0, 0, 0)


class DayBox(QDateEdit):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("d MMM yyyy")
        self.setCalendarPopup(True)
