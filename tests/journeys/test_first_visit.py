"""From the first start on a new computer to the report, by keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.actions.reporting import DocumentKind
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.visits import Stage
from qsin_desktop.ui.main_window import MainWindow
from qsin_desktop.ui.screens.new_visit import NewVisitScreen
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.workplace import Workplace
from tests.ui.hands import click, focused, press, type_into

pytestmark = pytest.mark.journey

PASSPHRASE = "harbour kettle violet"


def write(words: str) -> None:
    QTest.keyClicks(focused(), words)


def screen_of(window: MainWindow) -> Any:
    assert window.frame is not None
    return window.frame.screen


def test_the_first_visit(
    theme: Theme, tmp_path: Path, qtbot: QtBot, show: Callable[[QWidget], QWidget]
) -> None:
    workplace = Workplace(tmp_path / "home", theme)
    workplace.change_settings(lambda settings: settings.with_library(tmp_path / "lib"))
    window = MainWindow(workplace, today=lambda: date(2026, 11, 24))
    with qtbot.waitSignal(window.furnished):
        show(window)

    # Who are you?
    write("Ann Baker")
    press("Return")
    assert workplace.identity is not None

    # A new visit
    press("Ctrl+N", window)
    page = window.new_visit
    assert isinstance(page, NewVisitScreen)
    write("Greater Wessex Imaging Network")
    type_into(page.facts.first, "24 Nov 2026")
    page.sites.box.setFocus()
    write("Royal Wessex")
    press("Return")
    write("Harbour CDC")
    type_into(page.place.passphrase, PASSPHRASE)
    type_into(page.place.again, PASSPHRASE)
    click(page.found)
    qtbot.waitUntil(lambda: window.frame is not None, timeout=30_000)
    assert window.frame is not None
    desk = window.frame.desk
    folder = desk.visit.folder.path

    # The walk: rate with a reason, a note, a finding
    press("Ctrl+2", window)
    walk = screen_of(window)
    press("1", walk)
    press("Down", walk)
    press("2", walk)
    qtbot.waitUntil(lambda: isinstance(focused(), QWidget) and focused() is not walk)
    write("Two sites keep no list")
    press("Escape")
    press("I", walk)
    write("Lists were shown at Royal Wessex.")
    press("Escape")
    window.frame.flush()
    record = desk.record
    first, second = (criterion.code for criterion in record.pack.criteria[:2])
    assert record.rating(RatingKey(first, Stage.SITE)).rating == "met"
    assert record.rating(RatingKey(second, Stage.SITE)).rating == "partly-met"
    assert record.notes(second)[0].text == "Lists were shown at Royal Wessex."
    assert record.notes(second)[0].kind is NoteKind.INTERVIEW

    # A finding with its three parts
    press("Ctrl+4", window)
    press("N", screen_of(window))
    write("in-101 b")
    press("Return")
    for words in ("Feedback is gathered.", "No survey at Harbour CDC.", "One site is left out."):
        write(words)
        press("Tab")
    window.frame.flush()
    (finding,) = record.findings()
    assert (finding.requirement, finding.gap) == ("Feedback is gathered.", "One site is left out.")

    # Undo and redo, then the report and the workbook
    press("Ctrl+6", window)
    press("Ctrl+Z", window)
    press("Ctrl+Y", window)
    hand_over = screen_of(window).hand_over
    for kind, name in ((DocumentKind.REPORT, "report.pdf"), (DocumentKind.WORKBOOK, "findings.xlsx")):
        hand_over.export_to(kind, tmp_path / name)
        qtbot.waitUntil(lambda: not workplace.jobs.running, timeout=60_000)
        assert (tmp_path / name).stat().st_size > 5_000
    assert all(bar.message.action == "Open the folder" for bar in window.notices.bars()[-2:])

    # Close in the middle of a word, and open it again
    type_into(screen_of(window).words.boxes["conclusion"], "The network is on its wa")
    window.close()
    QApplication.processEvents()
    with open_visit(folder, identity=workplace.identity, unlocking=Unlocking(PASSPHRASE)) as visit:
        assert visit.record.facts.conclusion == "The network is on its wa"
        assert visit.protected
    assert workplace.jobs.stop_all()
