"""A file that was chosen: its name, and a button to choose it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.screens.parts import row
from qsin_desktop.ui.widgets.button import Button
from qsin_desktop.ui.widgets.label import ElidedLabel, field_label


class FileLine(QWidget):
    chosen = Signal(object)  # Path

    def __init__(self, desk: Desk, name: str, purpose: str, kinds: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._title, self._purpose, self._kinds = desk, name, purpose, kinds
        self.path: Path | None = None
        self._words = ElidedLabel("", parent=self)
        self.button = Button("Choose", "folder-open", parent=self)
        self.button.setAccessibleName(f"{name}: choose")
        self.button.clicked.connect(self.ask)
        line = row(self.button, self._words, gap=12)
        line.setStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(field_label(name, parent=self))
        column.addLayout(line)
        self.set_path(None)

    def ask(self) -> None:
        path = self._desk.asking.file(self, self._title, self._purpose, self._kinds)
        if path is not None:
            self.set_path(path)
            self.chosen.emit(path)

    def set_path(self, path: Path | None) -> None:
        self.path = path
        self._words.setText(path.name if path else "Nothing chosen yet")
        self._words.setToolTip(str(path) if path else "")
