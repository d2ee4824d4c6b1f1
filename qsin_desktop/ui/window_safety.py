"""From the window's menu: check the visit that is open, close and repair it, restore one from a backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qsin_desktop.ui.dialogs.check_visit import CheckVisitPage

if TYPE_CHECKING:
    from qsin_desktop.ui.main_window import MainWindow

_FOUND = "The check found that not all of it is as it should be."


def check_visit(window: MainWindow) -> None:
    """Through and through, beside the person's work."""
    if window.frame is not None:
        window.frame.flush()
        window.page = CheckVisitPage(window.frame.desk, lambda: _close_and_repair(window), window)
        window.page.open()


def _close_and_repair(window: MainWindow) -> None:
    if window.frame is None or window.opening is None:
        return
    path, opening = window.frame.desk.visit.folder.path, window.opening

    def repair() -> None:
        window.back_to_start()
        opening.repair(path, _FOUND)

    window.when_idle("Repair the visit", repair)


def restore_from(window: MainWindow) -> None:
    """From a folder that is chosen: a visit's, one of backups, or a second place."""
    own = window.frame.desk.visit.folder.path if window.frame is not None else None
    chosen = window.workplace.asking.folder(
        window, "Choose a visit's folder, or a folder with its backups", "restore", start=own
    )
    if chosen is not None and window.opening is not None:
        window.opening.restore(chosen)
