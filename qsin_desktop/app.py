"""Builds the window and joins it with its surroundings: home folder, settings, theme, log.

The window is painted before the store is imported: SQLAlchemy alone would double the time to the first
paint, and PySide6 makes every later import dearer.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from qsin_desktop.crashes import note_crashes
from qsin_desktop.logs import start_log
from qsin_desktop.settings import home_folder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from qsin_desktop.ui.messages import Messages


def open_window(
    argv: Sequence[str] = (),
    *,
    visit: Path | None = None,
    key_file: Path | None = None,
    home: Path | None = None,
) -> int:
    """Show the window, on `visit` if one is given, until it is closed; `argv` are words for Qt."""
    gc.disable()  # nothing made before the first paint is garbage
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    from qsin_desktop.ui.emblem import emblem
    from qsin_desktop.ui.main_window import MainWindow
    from qsin_desktop.ui.theme import Theme
    from qsin_desktop.ui.workplace import Workplace

    place = home_folder(home)
    start_log(place)
    note_crashes(place)
    existing = QApplication.instance()
    if existing is None:
        # A scale of 125 or 150 per cent is taken as it is, or text and lines would be of the wrong size.
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = existing if isinstance(existing, QApplication) else QApplication([sys.argv[0], *argv])
    app.setApplicationName("qsin-desktop")
    app.setApplicationDisplayName("QSIN Desktop")
    app.setDesktopFileName("qsin-desktop")
    app.setWindowIcon(emblem())
    theme = Theme(app)
    workplace = Workplace(place, theme, app)
    theme.apply(workplace.settings.theme)
    window = MainWindow(workplace, visit, key_file)
    window.furnished.connect(_collect_again)
    # What an open visit holds stays; looking through it for garbage would halt the keys now and then.
    window.visit_shown.connect(gc.freeze)
    _restore(window, workplace.settings.geometry_bytes)
    former = sys.excepthook
    sys.excepthook = _hook(workplace.messages)
    try:
        window.show()
        return app.exec()
    finally:
        sys.excepthook = former
        workplace.jobs.stop_all()


def _collect_again() -> None:
    gc.freeze()
    gc.enable()


_Hook = Callable[[type[BaseException], BaseException, "TracebackType | None"], None]


def _hook(messages: Messages) -> _Hook:
    """A fault of ours is told in one calm sentence and the work goes on; Ctrl+C still ends the program."""

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, Exception):
            messages.bug(fault)
        else:
            sys.__excepthook__(kind, fault, trace)

    return hook


def _restore(window: QWidget, geometry: bytes) -> None:
    """Where it was last; else most of the screen, up to a size that still reads well."""
    if not geometry or not window.restoreGeometry(geometry):
        room = window.screen().availableGeometry().size()
        window.resize(min(1440, round(room.width() * 0.92)), min(900, round(room.height() * 0.92)))
