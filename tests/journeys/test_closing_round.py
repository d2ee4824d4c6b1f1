"""A round with the network, then the signed report and its check: all of it in the window, by keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.domain.responses import FindingStatus, Response
from qsin_desktop.domain.signatures import FileState
from qsin_desktop.store.identity import IDENTITY_NAME
from qsin_desktop.ui.main_window import MainWindow
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.workplace import Workplace
from tests.founding import ME, NAME, found_small_visit, key_file_of, opened
from tests.report.returned.returning import FIRST, filled_in
from tests.ui.hands import button, click, press, type_into
from tests.ui.screens.answering import raise_three

pytestmark = pytest.mark.journey

PASSWORD = "ten letters and more"


def screen_of(window: MainWindow) -> Any:
    assert window.frame is not None
    return window.frame.screen


@pytest.fixture
def window(theme: Theme, tmp_path: Path, qtbot: QtBot, show: Callable[[QWidget], QWidget]) -> Any:
    visit = found_small_visit(tmp_path / "lib" / NAME)
    with opened(visit) as open_:
        raise_three(open_)
    (tmp_path / "home").mkdir()
    ME.keep(tmp_path / "home" / IDENTITY_NAME)
    workplace = Workplace(tmp_path / "home", theme)
    workplace.change_settings(lambda settings: settings.with_library(tmp_path / "lib"))
    made = MainWindow(workplace, visit, key_file_of(visit), today=lambda: date(2026, 11, 24))
    with qtbot.waitSignal(made.visit_shown, timeout=30_000):
        show(made)
    yield made
    workplace.jobs.stop_all()
    made.close()


def test_the_closing_round(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    place = window.workplace
    assert window.frame is not None
    desk = window.frame.desk

    def idle() -> None:
        qtbot.waitUntil(lambda: not place.jobs.running, timeout=60_000)

    def save_as(name: str) -> None:
        place.asking.save_as = lambda *_args, **_kw: tmp_path / name  # type: ignore[method-assign]

    def choose(name: str) -> None:
        place.asking.file = lambda *_args, **_kw: tmp_path / name  # type: ignore[method-assign]

    place.asking.folder_of = lambda purpose: tmp_path  # type: ignore[method-assign]

    # Round 1 goes out
    press("Ctrl+6", window)
    save_as("round 1.xlsx")
    press("W", screen_of(window))
    qtbot.waitUntil(lambda: len(desk.record.rounds) == 1, timeout=60_000)
    assert screen_of(window).hand_over.made.path.name == "round 1.xlsx"

    # The network fills it in
    with filled_in(tmp_path / "round 1.xlsx") as (_, sheet):
        sheet[FIRST, Response.ROOT_CAUSE] = "Nobody was named"
        sheet[FIRST, Response.PLANNED] = date(2027, 1, 31)
        sheet[FIRST + 1, Response.OWNER] = "R. Patel"
        sheet[FIRST + 1, Response.ACCURACY] = "It is one tool, not two"

    # It is read back, all of it
    choose("round 1.xlsx")
    press("R", screen_of(window))
    press("Ctrl+E", screen_of(window))
    idle()
    press("Ctrl+Return", screen_of(window))
    idle()

    # The first is asked for more, the second closed and its comment refused
    findings = screen_of(window)
    press("2", findings)
    type_into(findings.detail.response.decision.box, "Who will be named?")
    press("Alt+2")
    findings.table.step(1)
    press("Ctrl+T", findings)
    press("Ctrl+T", findings)
    type_into(findings.detail.response.decision.box, "Seen on the day")
    press("Alt+3")
    type_into(findings.detail.response.accuracy.box, "The list says two")
    click(button(findings.detail.response, "Refuse it"))
    statuses = {row.number: row.status for row in findings.table.model.rows}
    assert statuses["F-001"] is FindingStatus.OPEN
    assert statuses["F-002"] is FindingStatus.CLOSED

    # Round 2 tells the network so
    press("Ctrl+6", window)
    save_as("round 2.xlsx")
    press("W", screen_of(window))
    qtbot.waitUntil(lambda: len(desk.record.rounds) == 3, timeout=60_000)
    with filled_in(tmp_path / "round 2.xlsx") as (_, sheet):
        said = [str(cell.value) for row in sheet.sheet.iter_rows() for cell in row if cell.value]
    assert any("Who will be named?" in words for words in said)
    assert any("The list says two" in words for words in said)

    # The lead makes a credential, seals, makes the final report and certifies it
    press("S", screen_of(window))
    signing = screen_of(window)
    click(button(signing, "Make one now"))
    type_into(signing.credential.new_password.edit, PASSWORD)
    type_into(signing.credential.again.edit, PASSWORD)
    save_as("Lena.p12")
    click(signing.credential.make)
    qtbot.waitUntil(signing.credential.made.isVisible, timeout=30_000)
    click(button(signing, "Typed name"))
    save_as("report.pdf")
    press("Ctrl+Return", signing)
    qtbot.waitUntil(signing.incomplete.isVisible, timeout=30_000)
    type_into(signing.reason_box, "The network asked for it today")
    press("Ctrl+Return", signing)
    qtbot.waitUntil(lambda: signing.path is not None, timeout=60_000)
    assert desk.record.seal is not None

    # And it is checked, in the visit and without it
    press("Ctrl+6", window)
    press("C", screen_of(window))
    choose("report.pdf")
    press("Ctrl+E", screen_of(window))
    view = screen_of(window).view
    qtbot.waitUntil(lambda: view.found is not None, timeout=60_000)
    assert view.found.state is FileState.GOOD
    press("Ctrl+W", window)
    qtbot.waitUntil(lambda: window.frame is None)
    window.check_report(tmp_path / "report.pdf")
    alone = window.pages.currentWidget()
    qtbot.waitUntil(lambda: getattr(alone, "found", None) is not None, timeout=60_000)
    assert getattr(alone, "found", None).state is FileState.UNTRUSTED  # type: ignore[union-attr]
    click(button(window, "Back"))
    qtbot.waitUntil(window.start.isVisible)
