"""The floor of starting: an empty QMainWindow; says when it is painted, and ends."""

from __future__ import annotations

import sys

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from tests.bench.programs.painted import say_when_painted


class BareWindow(QMainWindow):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        super().paintEvent(event)


if __name__ == "__main__":
    say_when_painted(BareWindow)
    app = QApplication(sys.argv)
    window = BareWindow()
    window.resize(1256, 706)
    window.show()
    app.exec()
