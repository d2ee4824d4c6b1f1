"""Trying the example from the start screen: made once, opened as its lead, and found again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.store.identity import IDENTITY_NAME
from qsin_desktop.ui.main_window import MainWindow
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.widgets.progress_panel import ProgressPanel
from qsin_desktop.ui.workplace import Workplace
from tests.founding import ME
from tests.ui.hands import click, press, visible

pytestmark = pytest.mark.journey


def test_the_example(theme: Theme, tmp_path: Path, qtbot: QtBot, show: Callable[[QWidget], QWidget]) -> None:
    home = tmp_path / "home"
    home.mkdir()
    ME.keep(home / IDENTITY_NAME)
    workplace = Workplace(home, theme)
    workplace.change_settings(lambda settings: settings.with_library(tmp_path / "lib"))
    window = MainWindow(workplace)
    with qtbot.waitSignal(window.furnished):
        show(window)

    click(window.start.example_button)
    click(window.start.example_button)  # of an impatient person
    assert [job.name for job in workplace.jobs.running].count("Making the example visit") == 1
    qtbot.waitUntil(lambda: len(visible(window, ProgressPanel)) == 1)
    qtbot.waitUntil(lambda: window.frame is not None, timeout=120_000)
    assert window.frame is not None
    visit = window.frame.desk.visit
    assert visit.i_lead
    assert visit.me != ME.person
    assert len(visit.record.findings()) >= 12
    assert len(visit.record.conflicts) == 1

    press("Ctrl+W", window)
    (card,) = window.start.visits.cards
    assert card.card.example
    assert not window.start.example_button.isVisible()
    assert workplace.jobs.stop_all()
    window.close()
