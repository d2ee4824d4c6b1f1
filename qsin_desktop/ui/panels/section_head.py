"""The heading of a part of the right panel, with the key that adds to it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from qsin_desktop.ui.widgets.key_cap import KeyCap
from qsin_desktop.ui.widgets.label import field_label


class SectionHead(QWidget):
    def __init__(self, words: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = field_label(words, parent=self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addWidget(self._label, 1)
        self._cap = KeyCap(key, self)
        self._row.addWidget(self._cap)
        self._cap.setVisible(bool(key))

    def add(self, widget: QWidget) -> None:
        """Just left of the key."""
        self._row.insertWidget(1, widget)

    def set_key_shown(self, shown: bool) -> None:
        """A key that does nothing now is not shown."""
        self._cap.setVisible(shown and bool(self._cap.text()))
