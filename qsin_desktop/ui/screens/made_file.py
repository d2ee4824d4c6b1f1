"""The file that was made last: its name, what it holds, and ways to open it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from qsin_desktop.ui.opening_files import open_file, show_in_folder
from qsin_desktop.ui.screens.parts import IconMark, column, row
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import quiet
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.label import ElidedLabel


class MadeFile(Card):
    """Hidden until there is one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(sunken=True, padding=12, parent=parent)
        self.path = Path()
        self._name = ElidedLabel("", TextSize.BODY, Weight.SEMIBOLD, parent=self)
        self._about = ElidedLabel("", TextSize.SMALL, soft=True, parent=self)
        self.open = quiet("Open", "open-outside", self)
        self.show_folder = quiet("Show in its folder", "folder-open", self)
        line = row(IconMark("done", 18, parent=self), column(self._name, self._about, gap=1), gap=10)
        line.setStretch(1, 1)
        self.body.setSpacing(4)
        self.body.addLayout(line)
        self.body.addLayout(row(self.open, self.show_folder, 1, gap=4))
        self.open.clicked.connect(lambda: self._show(open_file))
        self.show_folder.clicked.connect(lambda: self._show(show_in_folder))
        self.hide()

    def show_file(self, path: Path, about: str) -> None:
        self.path = path
        self._name.setText(path.name)
        self._about.setText(about)
        self.show()

    def _show(self, show: Callable[[Path], object]) -> None:
        show(self.path)
