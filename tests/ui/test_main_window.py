from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.rating import rate
from qsin_desktop.background.jobs import IsCancelled, Report
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.settings import SettingsFile
from qsin_desktop.store.identity import IDENTITY_NAME
from qsin_desktop.ui.dialogs.keys import KeysPage
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.dialogs.unlock import UnlockPage
from qsin_desktop.ui.main_window import MainWindow
from qsin_desktop.ui.places import PLAN, REPORT, Place
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.window_commands import window_menu
from qsin_desktop.ui.workplace import Workplace
from tests.founding import ME, PASSPHRASE, copy_of, key_file_of, opened
from tests.ui.hands import button, click, press, type_into

TODAY = date(2026, 11, 24)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    ME.keep(home / IDENTITY_NAME)
    return home


@pytest.fixture
def workplace(home: Path, theme: Theme, tmp_path: Path) -> Iterator[Workplace]:
    place = Workplace(home, theme)
    place.change_settings(lambda settings: settings.with_library(tmp_path / "lib"))
    yield place
    assert place.jobs.stop_all()


@pytest.fixture
def folder(founded: Path, tmp_path: Path) -> Path:
    return copy_of(founded, tmp_path / "lib")


@pytest.fixture
def window(
    workplace: Workplace, show: Callable[[MainWindow], MainWindow], qtbot: QtBot
) -> Iterator[MainWindow]:
    made = MainWindow(workplace, today=lambda: TODAY)
    with qtbot.waitSignal(made.furnished):
        show(made)
    yield made
    workplace.jobs.stop_all()
    made.close()


def dialog(kind: type[Page] = Page) -> Page:
    page = QApplication.activeModalWidget()
    assert isinstance(page, kind)
    return page


def visit_in(window: MainWindow) -> OpenVisit:
    assert window.frame is not None
    return window.frame.desk.visit


def open_and_wait(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    window.open(path)
    qtbot.waitUntil(lambda: window.frame is not None)


# ---- opening --------------------------------------------------------------------------------------


def test_a_visit_is_opened_from_its_card(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    window.start.show_visits()
    qtbot.waitUntil(lambda: not window.workplace.jobs.running)
    window.start.setFocus()
    press("Down", window.start)
    press("Return")
    qtbot.waitUntil(lambda: window.frame is not None)
    assert window.windowTitle() == "Thames Estuary Imaging Network \u2013 QSIN Desktop"
    assert window.workplace.settings.recent_visits == (str(folder),)


def test_a_visit_can_be_given_at_the_start(
    workplace: Workplace, folder: Path, show: Callable[[MainWindow], MainWindow], qtbot: QtBot
) -> None:
    key = key_file_of(folder).rename(folder.parent / "elsewhere.key")
    window = show(MainWindow(workplace, folder, key))
    qtbot.waitUntil(lambda: window.frame is not None)
    window.close()


def test_a_protected_visit_asks_for_its_passphrase_and_a_wrong_one_is_said_in_place(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    key_file_of(folder).unlink()
    window.open(folder)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    page = dialog(UnlockPage)
    assert isinstance(page, UnlockPage)
    type_into(page.passphrase, "wrong words here")
    press("Return")
    qtbot.waitUntil(lambda: bool(page.field.refused))
    assert "does not open this visit" in page.field.refused
    assert page.passphrase.text() == "wrong words here"
    page.passphrase.edit.clear()
    type_into(page.passphrase, PASSPHRASE)
    press("Return")
    qtbot.waitUntil(lambda: window.frame is not None)
    assert not visit_in(window).read_only


def test_the_passphrase_can_be_shown_and_hidden(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    key_file_of(folder).unlink()
    window.open(folder)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    page = dialog(UnlockPage)
    assert isinstance(page, UnlockPage)
    edit = page.passphrase.edit
    assert edit.echoMode() == edit.EchoMode.Password
    click(button(page, "Show the passphrase"))
    assert edit.echoMode() == edit.EchoMode.Normal
    click(button(page, "Hide the passphrase"))
    assert edit.echoMode() == edit.EchoMode.Password
    click(button(page, "Cancel"))


def test_a_visit_open_elsewhere_is_offered_for_reading(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    with opened(folder):
        window.open(folder)
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
        page = dialog()
        assert "Lena Lead" in page.sentence.words
        click(button(page, "Open for reading"))
        qtbot.waitUntil(lambda: window.frame is not None)
        assert visit_in(window).read_only


def test_what_is_no_visit_is_told_in_one_sentence(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.workplace.asking.folder = lambda *_args, **_kw: tmp_path  # type: ignore[method-assign]
    press("Ctrl+O", window)
    qtbot.waitUntil(lambda: bool(window.workplace.messages.notices))
    assert "is not a visit folder" in window.workplace.messages.texts[-1]
    assert len(window.notices.bars()) == 1


def test_opening_another_visit_puts_the_first_away(
    window: MainWindow, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "lib" / "Other.qsin"
    shutil.copytree(folder, other)
    shutil.copy(key_file_of(folder), key_file_of(other))
    open_and_wait(window, folder, qtbot)
    first = visit_in(window)
    window.open(folder)
    assert window.workplace.messages.texts[-1] == "This visit is open already."
    window.open(other)
    qtbot.waitUntil(lambda: visit_in(window) is not first)
    with opened(folder):
        pass  # nobody holds it any more


# ---- closing --------------------------------------------------------------------------------------


def test_closing_in_the_middle_of_a_word_keeps_it(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    open_and_wait(window, folder, qtbot)
    assert window.frame is not None
    window.frame.show_place(Place(PLAN))
    type_into(window.frame.screen.facts.box("client"), "The boar")
    window.close()
    with opened(folder) as visit:
        assert visit.record.facts.client == "The boar"


def in_a_visit(window: MainWindow) -> bool:
    return window.frame is not None


def test_a_closed_visit_is_back_on_the_start_screen_with_how_far_it_is(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    open_and_wait(window, folder, qtbot)
    assert window.frame is not None
    desk = window.frame.desk
    desk.act(lambda: rate(desk.visit, criterion="IN-101.a", rating="met"))
    press("Ctrl+W", window)
    assert not in_a_visit(window)
    (card,) = window.start.visits.cards
    assert (card.card.rated, card.card.locked) == (1, False)
    assert window.windowTitle() == "QSIN Desktop"


def test_the_window_comes_back_where_it_was(window: MainWindow, home: Path) -> None:
    window.resize(1250, 700)
    window.close()
    assert SettingsFile(home).load().geometry_bytes


def start_endless(window: MainWindow) -> threading.Event:
    begun = threading.Event()

    def work(report: Report, is_cancelled: IsCancelled) -> str:
        begun.set()
        while not is_cancelled():
            threading.Event().wait(0.001)
        raise Refusal("Stopped.")

    window.workplace.jobs.run("Making the report", work, done=str, refused=str, stopped=str)
    assert begun.wait(5)
    return begun


def test_closing_while_something_goes_on_asks_first(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    open_and_wait(window, folder, qtbot)
    start_endless(window)
    window.close()
    assert window.isVisible()
    page = dialog()
    assert "Making the report is still going on" in page.sentence.words
    click(button(page, "Let it finish"))
    assert window.workplace.jobs.running
    window.close()
    click(button(dialog(), "Stop it and close"))
    assert not window.isVisible()
    assert window.workplace.jobs.running == ()


# ---- commands -------------------------------------------------------------------------------------


def test_a_rating_that_lacks_its_reason_is_asked_about_before_closing(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    open_and_wait(window, folder, qtbot)
    assert window.frame is not None
    window.frame.show_place(Place("walk", criterion="IN-301.b"))
    press("Alt+4")
    assert window.frame.unfinished
    window.close()
    assert window.isVisible()
    click(button(dialog(), "Go back"))
    assert in_a_visit(window)
    window.close()
    click(button(dialog(), "Close all the same"))
    qtbot.waitUntil(lambda: not window.isVisible())


def test_undo_and_redo_by_keys_and_a_box_keeps_its_own(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    open_and_wait(window, folder, qtbot)
    assert window.frame is not None
    desk = window.frame.desk
    window.frame.show_place(Place(PLAN))
    desk.act(lambda: rate(desk.visit, criterion="IN-101.a", rating="met"))
    press("Ctrl+Z", window.frame.screen)
    assert desk.record.ratings == {}
    press("Ctrl+Shift+Z", window.frame.screen)
    assert len(desk.record.ratings) == 1
    box = window.frame.screen.facts.box("scope")
    type_into(box, "XYZ")
    press("Ctrl+Z", box)
    assert "XYZ" not in box.text()
    assert len(desk.record.ratings) == 1


def test_a_notice_offers_undo(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    open_and_wait(window, folder, qtbot)
    assert window.frame is not None
    desk = window.frame.desk
    desk.act(lambda: rate(desk.visit, criterion="IN-101.a", rating="met"))
    desk.messages.done("Rated.", undo=True)
    click(button(window, "Undo"))
    assert desk.record.ratings == {}


def test_the_menu_names_what_undo_would_take(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    open_and_wait(window, folder, qtbot)
    assert window.frame is not None
    desk = window.frame.desk
    desk.act(lambda: rate(desk.visit, criterion="IN-101.a", rating="met"))
    said = [action.text() for action in window_menu(window).actions()]
    assert "Undo: Rate IN-101 a: Met\tCtrl+Z" in said
    assert "Redo\tCtrl+Shift+Z" in said


def test_the_menu_exports_from_anywhere(
    window: MainWindow, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    open_and_wait(window, folder, qtbot)
    out = tmp_path / "out.xlsx"
    window.workplace.asking.save_as = lambda *_args, **_kw: out  # type: ignore[method-assign]
    actions = {action.text(): action for action in window_menu(window).actions()}
    actions["Export the findings workbook…"].trigger()
    qtbot.waitUntil(lambda: not window.workplace.jobs.running, timeout=30_000)
    assert out.exists()


def test_light_and_dark_are_switched_and_kept(window: MainWindow, home: Path, theme: Theme) -> None:
    press("Ctrl+Shift+L", window)
    assert theme.look.palette.dark
    assert SettingsFile(home).load().theme == "dark"
    press("Ctrl+Shift+L", window)
    assert not theme.look.palette.dark


def test_f1_shows_all_keys(window: MainWindow) -> None:
    press("F1", window)
    page = dialog(KeysPage)
    page.grab()
    press("Escape", page)


def test_a_new_visit_is_begun_and_left_again(window: MainWindow) -> None:
    press("Ctrl+N", window)
    assert window.new_visit is not None
    assert window.pages.currentWidget() is window.new_visit
    press("Escape", window.new_visit)
    assert window.pages.currentWidget() is window.start
    assert window.new_visit is None


def test_notices_lie_within_the_window_at_any_width(window: MainWindow) -> None:
    window.workplace.messages.refused("A sentence that is long enough to be wrapped. " * 6)
    window.workplace.messages.info("Short.")
    for width in (1920, 1100):
        window.resize(width, 680)
        QApplication.processEvents()
        for bar in window.notices.bars():
            assert window.rect().contains(bar.geometry().translated(bar.parentWidget().pos()))  # type: ignore[union-attr]
            layout = bar.layout()
            assert layout is not None
            assert bar.height() >= layout.heightForWidth(bar.width())


# ---- what is dropped on the window ----------------------------------------------------------------


def drop(window: MainWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    shape = (Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton)
    enter = QDragEnterEvent(QPoint(9, 9), *shape, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), *shape, Qt.KeyboardModifier.NoModifier))


def test_a_dropped_visit_is_opened_and_a_dropped_workbook_read_back(
    window: MainWindow, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(window, folder)
    qtbot.waitUntil(lambda: window.frame is not None)
    assert window.frame is not None
    (tmp_path / "answers.xlsx").write_bytes(b"Finding,Owner")
    drop(window, tmp_path / "answers.xlsx")
    assert window.frame.rail.value == REPORT
    qtbot.waitUntil(lambda: window.frame is not None and window.frame.screen.start.refused.isVisible())


def test_what_is_dropped_without_use_is_told(window: MainWindow, tmp_path: Path) -> None:
    drop(window, tmp_path / "answers.xlsx")
    assert "Open the visit first" in window.workplace.messages.texts[-1]
    drop(window, tmp_path / "song.mp3")
    assert "Dropped here, a visit is opened" in window.workplace.messages.texts[-1]


def test_what_lay_beside_what_was_taken_is_told(
    window: MainWindow, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(window, tmp_path / "song.mp3", folder)
    assert "“song.mp3” was left alone" in window.workplace.messages.texts[-1]
    qtbot.waitUntil(lambda: window.frame is not None)
    drop(window, tmp_path / "all.qsinx", tmp_path / "song.mp3", tmp_path / "a folder")
    assert any("“song.mp3” and 1 more were left alone" in said for said in window.workplace.messages.texts)
