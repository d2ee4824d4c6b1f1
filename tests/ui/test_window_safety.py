"""Damage, checking and restoring as a person meets them in the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qsin_desktop.actions import evidence
from qsin_desktop.actions.backing_up import back_up
from qsin_desktop.store.identity import IDENTITY_NAME
from qsin_desktop.ui.dialogs.check_visit import CheckVisitPage
from qsin_desktop.ui.dialogs.long_page import LongPage
from qsin_desktop.ui.dialogs.repair import RepairPage
from qsin_desktop.ui.dialogs.restore import RestorePage
from qsin_desktop.ui.dialogs.unlock import UnlockPage
from qsin_desktop.ui.main_window import MainWindow
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.widgets.label import Label
from qsin_desktop.ui.workplace import Workplace
from tests.founding import ME, PASSPHRASE, copy_of, key_file_of, opened
from tests.ui.hands import button, click, press, type_into, visible


@pytest.fixture
def folder(founded: Path, tmp_path: Path) -> Path:
    """With an exhibit and a backup."""
    path = copy_of(founded, tmp_path / "lib")
    (tmp_path / "rota.txt").write_text("Monday", encoding="utf-8")
    with opened(path) as visit:
        evidence.attach(visit, tmp_path / "rota.txt")
        back_up(visit)
    return path


@pytest.fixture
def window(
    theme: Theme, tmp_path: Path, show: Callable[[MainWindow], MainWindow], qtbot: QtBot
) -> Iterator[MainWindow]:
    home = tmp_path / "home"
    home.mkdir()
    ME.keep(home / IDENTITY_NAME)
    workplace = Workplace(home, theme)
    workplace.change_settings(lambda settings: settings.with_library(tmp_path / "lib"))
    made = MainWindow(workplace, today=lambda: date(2026, 11, 24))
    with qtbot.waitSignal(made.furnished):
        show(made)
    yield made
    assert workplace.jobs.stop_all()
    made.close()


def waited(window: MainWindow, kind: type[LongPage], offered: str, qtbot: QtBot) -> LongPage:
    """The dialog, once it offers that."""

    def there() -> bool:
        page = QApplication.activeModalWidget()
        return isinstance(page, kind) and page.yes.isVisible() and page.yes.text() == offered

    qtbot.waitUntil(there, timeout=30_000)
    page = QApplication.activeModalWidget()
    assert isinstance(page, kind)
    return page


def checking() -> CheckVisitPage:
    page = QApplication.activeModalWidget()
    assert isinstance(page, CheckVisitPage)
    return page


def said(page: LongPage) -> str:
    QApplication.processEvents()  # layouts show what was just put into them a turn later
    return "\n".join(label.text() for label in visible(page, Label))


def spoil(folder: Path) -> bytes:
    spoiled = b"\x00" * 4096 + (folder / "visit.db").read_bytes()[4096:]
    (folder / "visit.db").write_bytes(spoiled)
    return spoiled


def test_a_damaged_visit_is_repaired_and_opened_by_keys(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    spoiled = spoil(folder)
    window.open(folder)
    page = waited(window, RepairPage, "Repair", qtbot)
    words = said(page)
    assert "visit.db) is damaged" in words
    assert "What is safe" in words
    assert (folder / "visit.db").read_bytes() == spoiled, "looking changes nothing"
    press("Return")
    page = waited(window, RepairPage, "Open the visit", qtbot)
    assert "The visit is repaired" in said(page)
    assert any(path.read_bytes() == spoiled for path in (folder / "damaged").rglob("visit.db"))
    press("Return")
    qtbot.waitUntil(lambda: window.frame is not None)
    assert window.frame is not None
    assert len(window.frame.desk.record.exhibits()) == 1


def test_closing_the_dialog_leaves_a_damaged_visit_as_it_is(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    spoiled = spoil(folder)
    window.open(folder)
    page = waited(window, RepairPage, "Repair", qtbot)
    press("Escape", page)
    assert not page.isVisible()
    assert (folder / "visit.db").read_bytes() == spoiled
    assert window.frame is None


def test_damage_behind_a_passphrase_is_repaired_with_it(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    key_file_of(folder).unlink()
    spoil(folder)
    window.open(folder)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), UnlockPage), timeout=30_000)
    unlock = QApplication.activeModalWidget()
    assert isinstance(unlock, UnlockPage)
    type_into(unlock.passphrase.edit, PASSPHRASE)
    press("Return", unlock.passphrase.edit)
    click(waited(window, RepairPage, "Repair", qtbot).yes)
    assert "The visit is repaired" in said(waited(window, RepairPage, "Open the visit", qtbot))


def test_without_its_keys_in_place_the_passphrase_is_asked_for_in_the_dialog(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    key_file_of(folder).unlink()
    (folder / "keys.json").write_bytes(b"{}")
    window.open(folder)
    page = waited(window, RepairPage, "Go on", qtbot)
    type_into(page.passphrase.edit, "not this one at all")
    click(page.yes)
    qtbot.waitUntil(lambda: "does not open" in page.key_field.refused, timeout=30_000)
    page.passphrase.select_all()
    type_into(page.passphrase.edit, PASSPHRASE)
    click(page.yes)
    assert "keys.json" in said(waited(window, RepairPage, "Repair", qtbot))


def test_the_open_visit_is_checked_and_a_damaged_exhibit_named(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    (piece,) = (path for path in (folder / "exhibits").rglob("*") if path.is_file())
    window.open(folder)
    qtbot.waitUntil(lambda: window.frame is not None)
    window.check_visit()
    page = checking()
    qtbot.waitUntil(lambda: not checking().working, timeout=30_000)
    assert "All is as it should be" in said(page)
    click(page.copy)
    assert QGuiApplication.clipboard().text().startswith("Database: whole")
    press("Escape", page)
    piece.write_bytes(piece.read_bytes()[:-1] + bytes([piece.read_bytes()[-1] ^ 1]))
    window.check_visit()
    found = waited(window, CheckVisitPage, "Close the visit and repair it", qtbot)
    assert "E-001 rota.txt: damaged" in said(found)
    click(found.yes)
    click(waited(window, RepairPage, "Repair", qtbot).yes)
    assert window.frame is None
    assert "no whole copy is in this folder" in said(waited(window, RepairPage, "Open the visit", qtbot))
    assert not piece.exists()


def test_a_visit_is_restored_from_its_card_and_nothing_is_overwritten(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    window.start.show_visits()
    window.start.visits.restore_asked.emit(folder)
    page = waited(window, RestorePage, "Restore", qtbot)
    assert isinstance(page, RestorePage)
    assert "entries" in page.list.item(0).text()
    assert page.name.text() == "Thames Estuary 2026 restored.qsin"
    page.name.setText(folder.name)
    click(page.yes)
    qtbot.waitUntil(lambda: bool(page.name_field.refused), timeout=30_000)
    page.name.setText("Once more")
    click(button(page, "Restore"))
    done = waited(window, RestorePage, "Open the visit", qtbot)
    assert "1 of 1 exhibits came along" in said(done)
    click(done.yes)
    qtbot.waitUntil(lambda: window.frame is not None)
    assert window.frame is not None
    assert window.frame.desk.visit.folder.path == folder.parent / "Once more.qsin"


def test_a_folder_without_backups_is_one_sentence(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    assert window.opening is not None
    window.opening.restore(tmp_path)
    page = window.opening.page
    assert isinstance(page, RestorePage)
    qtbot.waitUntil(lambda: "There is no backup at" in said(page), timeout=30_000)
    assert not page.yes.isVisible()
    press("Escape", page)


def test_a_visit_asked_for_twice_is_opened_once(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    for _ in range(3):
        window.open(folder)
    assert len(window.workplace.jobs.running) == 1
    qtbot.waitUntil(lambda: window.frame is not None and not window.workplace.jobs.running, timeout=30_000)
    assert QApplication.activeModalWidget() is None
    press("Ctrl+W", window)
    window.open(folder)
    qtbot.waitUntil(lambda: window.frame is not None and window.frame.isVisible(), timeout=30_000)
