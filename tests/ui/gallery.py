"""Every widget of the program on three pages, to be looked at.

    python -m tests.ui.gallery [--scheme light|dark|system] [--text 1.0] [--shots DIR]
With `--shots` each page is saved as a picture and the program ends.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QScrollArea, QStackedWidget, QWidget

from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.widgets.navigation_rail import NavigationRail, RailItem
from tests.ui.gallery_controls import controls_page
from tests.ui.gallery_lists import lists_page
from tests.ui.gallery_walk import walk_page

PAGES = {"walk": walk_page, "controls": controls_page, "lists": lists_page}

RAIL = (
    RailItem("plan", "Plan", "plan", "Plan (Ctrl+1)"),
    RailItem("walk", "Walk", "walk"),
    RailItem("evidence", "Evidence", "evidence"),
    RailItem("controls", "Findings", "findings"),
    RailItem("team", "Team", "team"),
    RailItem("lists", "Report", "report"),
    RailItem("settings", "Settings", "gear", at_foot=True),
)


class Gallery(QMainWindow):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle("Gallery")
        self.pages = QStackedWidget()
        self.rail = NavigationRail(RAIL)
        self.rail.set_badge("team", 1, "disagreement")
        self.rail.chosen.connect(self.show_page)
        for make in PAGES.values():
            page = QScrollArea()
            page.setWidgetResizable(True)
            page.setWidget(make())
            self.pages.addWidget(page)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self.pages, 1)
        self.setCentralWidget(whole)
        self._add_keys(theme)
        self.show_page("walk")

    def _add_keys(self, theme: Theme) -> None:
        action = QAction("Dark or light", self)
        action.setShortcut(QKeySequence("F2"))
        action.triggered.connect(lambda: theme.apply("light" if theme.look.palette.dark else "dark"))
        self.addAction(action)

    def show_page(self, name: str) -> None:
        if name in PAGES:
            self.pages.setCurrentIndex(list(PAGES).index(name))
            self.rail.set_value(name)


def main() -> int:
    asked = _asked()
    app = QApplication(sys.argv[:1])
    theme = Theme(app)
    theme.apply(asked.scheme, asked.text)
    window = Gallery(theme)
    window.resize(*(int(part) for part in asked.size.split("x")))
    window.show()
    if asked.shots:
        QTimer.singleShot(600, lambda: _shoot(app, window, Path(asked.shots), asked))
    return app.exec()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scheme", default="light", choices=["light", "dark", "system"])
    parser.add_argument("--text", type=float, default=None)
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--shots", default="")
    return parser.parse_args()


def _shoot(app: QApplication, window: Gallery, folder: Path, asked: argparse.Namespace) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in PAGES:
        window.show_page(name)
        for _ in range(5):
            app.processEvents()
        window.grab().save(str(folder / f"{name}-{asked.scheme}-{window.devicePixelRatio():g}x.png"))
    app.quit()


if __name__ == "__main__":
    sys.exit(main())
