"""A real window on a real visit, to take disks away from under it.

open_window_on(visit)       a shown MainWindow whose visit is open; closed at the end of the test
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qsin_desktop.store.identity import IDENTITY_NAME
from qsin_desktop.ui.main_window import MainWindow
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.workplace import Workplace
from tests.founding import ME, NAME, copy_of, found_small_visit, key_file_of
from tests.ui.conftest import theme

__all__ = ["theme"]

OpenWindow = Callable[[Path], MainWindow]


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return found_small_visit(tmp_path_factory.mktemp("founded") / NAME)


@pytest.fixture
def visit_folder(founded: Path, tmp_path: Path) -> Path:
    return copy_of(founded, tmp_path / "visits")


@pytest.fixture
def open_window_on(theme: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[OpenWindow]:
    windows: list[MainWindow] = []
    home = tmp_path / "home"
    home.mkdir()
    ME.keep(home / IDENTITY_NAME)

    def opened(visit: Path) -> MainWindow:
        window = MainWindow(Workplace(home, theme), visit, key_file_of(visit))
        windows.append(window)
        qtbot.addWidget(window)
        with qtbot.waitSignal(window.visit_shown, timeout=30_000):
            window.resize(1366, 768)
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=30_000)
        return window

    yield opened
    for window in windows:
        window.workplace.jobs.stop_all()
        if window.frame is not None:
            window.frame.desk.unsaved_words.give_up()
        window._closing = True
        window.close()
        QApplication.processEvents()
