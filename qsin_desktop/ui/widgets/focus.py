"""Whether a widget should show its focus ring: when the focus came by keys, not by the mouse.

    class MyButton(KeyFocus, QPushButton): ... in paintEvent: if self.shows_focus(): focus_ring(...)
Text boxes always show theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    _Mixed = QWidget
else:
    _Mixed = object

_KEPT = frozenset(
    {
        Qt.FocusReason.ActiveWindowFocusReason,  # the window came back: as it was before
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.MenuBarFocusReason,
    }
)


class KeyFocus(_Mixed):
    _by_keys = False

    def shows_focus(self) -> bool:
        return self._by_keys and self.hasFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in _KEPT:
            self._by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._by_keys:
            self._by_keys = True
            self.update()
        super().keyPressEvent(event)
