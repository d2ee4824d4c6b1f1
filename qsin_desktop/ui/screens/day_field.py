"""A box for a day: typed as people write it, or picked from a calendar.

In short:

    DayBox("First day")      .day -> date | None   .set_day(date | None)   .text()
        day_changed = Signal(object)     a person gave another day, or emptied the box (None)
        not_a_day = Signal(str)          what was typed is no day; the text stays to be mended
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qsin_desktop.ui import icons
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.widgets.button import IconButton
from qsin_desktop.ui.words import day_in_words, read_day


class DayBox(QWidget):
    day_changed = Signal(object)
    not_a_day = Signal(str)

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        today: Callable[[], date] = date.today,
        placeholder: str = "e.g. 24 Nov 2026",
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._day: date | None = None
        self.edit = QLineEdit(self)
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(placeholder)
        self.edit.editingFinished.connect(self.take)
        self.pick = IconButton("calendar", f"{name}: open the calendar", parent=self)
        self.pick.clicked.connect(self.open_calendar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self.pick)
        self.setFocusProxy(self.edit)

    @property
    def day(self) -> date | None:
        return self._day

    def text(self) -> str:
        return self.edit.text().strip()

    def set_day(self, day: date | None) -> None:
        """Show it; reports nothing."""
        self._day = day
        self.edit.setText(day_in_words(day) if day else "")

    def take(self) -> bool:
        """Read what was typed now; False when it is no day."""
        words = self.text()
        day = read_day(words, self._today()) if words else None
        if words and day is None:
            self.not_a_day.emit(f"“{words}” is not a day; write it as 24 Nov 2026.")
            return False
        changed = day != self._day
        self.set_day(day)
        if changed:
            self.day_changed.emit(day)
        return True

    def open_calendar(self) -> CalendarPopup:
        popup = CalendarPopup(self._day or self._today(), self)
        popup.chosen.connect(self._chosen)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        popup.show()
        return popup

    def _chosen(self, day: date) -> None:
        changed = day != self._day
        self.set_day(day)
        self.edit.setFocus()
        if changed:
            self.day_changed.emit(day)


class CalendarPopup(QFrame):
    chosen = Signal(object)

    def __init__(self, day: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.calendar = QCalendarWidget(self)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.activated.connect(self._choose)
        self.calendar.clicked.connect(self._choose)
        self._dress()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.calendar)
        self.calendar.setFocus()

    def _dress(self) -> None:
        """Qt's calendar has colours and arrows of its own; ours are quieter."""
        look = look_of()
        self.calendar.setMinimumSize(look.px(300), look.px(250))
        self.calendar.setStyleSheet(
            "#qt_calendar_navigationbar { background: transparent; }"
            "QTableView::item { padding: 0; border: none; }"
            "QToolButton::menu-indicator { image: none; }"
        )
        plain = QTextCharFormat()
        plain.setForeground(look.palette.text)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekend, plain)
        head = QTextCharFormat()
        head.setForeground(look.palette.soft_text)
        head.setBackground(look.palette.surface)
        self.calendar.setHeaderTextFormat(head)
        for name, icon in (("prev", "chevron-left"), ("next", "chevron-right")):
            button = self.calendar.findChild(QToolButton, f"qt_calendar_{name}month")
            if button is not None:
                button.setIcon(icons.icon(icon, look.palette.soft_text, 18))

    def _choose(self, day: QDate) -> None:
        self.chosen.emit(date(day.year(), day.month(), day.day()))
        self.close()
