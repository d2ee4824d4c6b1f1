"""Purge, delete, the passphrase and the problem report, by hand in the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.actions import evidence, notes
from qsin_desktop.actions.deleting import look_to_delete
from qsin_desktop.actions.evidence import Target
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.withdrawals import PURGED_WORDS
from qsin_desktop.store import deleting
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.change_passphrase import ChangePassphrasePage
from qsin_desktop.ui.dialogs.delete_visit import DeletePage, ask_to_delete
from qsin_desktop.ui.dialogs.problem import ProblemPage
from qsin_desktop.ui.dialogs.purge import PurgePage, ask_purge
from qsin_desktop.ui.dialogs.unlock import UnlockPage
from qsin_desktop.ui.main_window import MainWindow
from qsin_desktop.ui.screens.evidence_detail import EvidenceDetail
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.workplace import Workplace
from tests.founding import CHEAP, ME, PASSPHRASE, key_file_of, opened
from tests.ui.hands import click, type_into

A = "IN-301.a"
NEW = "five other plain words here"
TODAY = date(2026, 11, 24)


@pytest.fixture
def window(theme: Theme, show: Callable[[QWidget], QWidget]) -> QWidget:
    return show(QWidget())


@pytest.fixture
def photo(desk: Desk, tmp_path: Path) -> str:
    (tmp_path / "face.txt").write_text("a face", encoding="utf-8")
    return evidence.attach(desk.visit, tmp_path / "face.txt", [Target(criterion=A)], caption="her").entity


@pytest.fixture
def workplace(theme: Theme, tmp_path: Path) -> Workplace:
    place = Workplace(tmp_path / "home", theme)
    place.home.mkdir(exist_ok=True)
    ME.keep(place.home / "identity.json")
    assert place.arrive()
    return place


def test_an_exhibit_is_purged_once_reason_and_number_are_typed(
    desk: Desk, window: QWidget, photo: str, qtbot: QtBot
) -> None:
    page = ask_purge(desk, photo, window)
    assert page is not None
    assert not page.yes.isEnabled()
    type_into(page.reason, "a patient's face")
    assert not page.yes.isEnabled(), "the number is still to be typed"
    type_into(page.typed, "e-001")
    click(page.yes)
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert desk.record.exhibits()[0].title == "Purged: a patient's face"
    assert not any(path.is_file() for path in desk.visit.folder.exhibits.rglob("*"))
    assert desk.messages.texts[-1].startswith("Purged E-001 for good")


def test_the_detail_of_a_purged_exhibit_offers_nothing_any_more(
    desk: Desk, photo: str, show: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    detail = EvidenceDetail(desk)
    show(detail)
    detail.show_exhibit(photo)
    assert detail.purge.isVisible()
    click(detail.purge)
    (page,) = detail.window().findChildren(PurgePage)
    type_into(page.reason, "a patient's face")
    type_into(page.typed, "E-001")
    click(page.yes)
    qtbot.waitUntil(lambda: not desk.jobs.running)
    detail.refresh()
    for widget in (detail.preview, detail.save, detail.withdraw, detail.purge, detail.cite):
        assert not widget.isVisible()


def test_a_note_is_purged_by_a_word(desk: Desk, window: QWidget, qtbot: QtBot) -> None:
    note = notes.add_note(desk.visit, criterion=A, kind=NoteKind.SAMPLE, text="Mrs Smith").entity
    page = ask_purge(desk, note, window)
    assert page is not None
    assert page.wanted == "purge"
    type_into(page.reason, "a name")
    type_into(page.typed, "purge")
    click(page.yes)
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert desk.record.notes()[0].text == PURGED_WORDS
    assert ask_purge(desk, note, window) is None, "nothing is left"
    assert "Nothing is left" in desk.messages.texts[-1]


def test_the_passphrase_is_changed(desk: Desk, window: QWidget, qtbot: QtBot) -> None:
    page = ChangePassphrasePage(desk, window, cost=CHEAP)
    page.open()
    type_into(page.old.edit, "not the right words")
    type_into(page.new.edit, NEW)
    type_into(page.again.edit, "something else")
    click(page.yes)
    assert "not the same" in page.again_field.refused
    page.again.edit.clear()
    type_into(page.again.edit, NEW)
    click(page.yes)
    qtbot.waitUntil(lambda: bool(page.old_field.refused))
    assert "on purpose" in page.old_field.refused
    page.old.edit.clear()
    type_into(page.old.edit, PASSPHRASE)
    click(page.yes)
    qtbot.waitUntil(lambda: "The passphrase is changed." in desk.messages.texts)
    path = desk.visit.folder.path
    open_visit(path, identity=ME, unlocking=Unlocking(NEW, use_keyring=False), reading=True).close()


def test_a_visit_is_deleted_once_name_and_reason_are_typed(
    visit_folder: Path, workplace: Workplace, window: QWidget, qtbot: QtBot
) -> None:
    workplace.change_settings(lambda settings: settings.with_recent(visit_folder))
    gone: list[str] = []
    ask_to_delete(workplace, visit_folder, TODAY, window, lambda: gone.append("gone"))
    qtbot.waitUntil(lambda: bool(window.findChildren(DeletePage)))
    (page,) = window.findChildren(DeletePage)
    type_into(page.typed, "Thames Estuary Imaging Network")
    assert not page.yes.isEnabled(), "nobody said how long it is to be kept, so a reason is wanted"
    type_into(page.reason, "made for a trial")
    click(page.yes)
    qtbot.waitUntil(lambda: gone == ["gone"])
    assert not visit_folder.exists()
    assert workplace.settings.recent_visits == ()
    assert workplace.messages.texts[-1] == "“Thames Estuary 2026” is deleted."


def test_a_locked_visit_is_deleted_by_its_folders_name(
    visit_folder: Path, workplace: Workplace, window: QWidget
) -> None:
    key_file_of(visit_folder).unlink()
    target = look_to_delete(visit_folder, identity=ME, unlocking=Unlocking(use_keyring=False))
    page = DeletePage(workplace, target, TODAY, window)
    assert "Thames Estuary 2026" in page.windowTitle()
    page.close()


def test_the_way_in_is_said(visit_folder: Path, workplace: Workplace, window: QWidget) -> None:
    key_file_of(visit_folder).unlink()
    page = UnlockPage(visit_folder, "T", ME, workplace.jobs, window)
    assert "This visit is protected. Give its passphrase." in page.sentence.text()
    page.close()


def test_the_problem_report_is_read_and_saved(
    desk: Desk, workplace: Workplace, window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "report.txt"
    monkeypatch.setattr(workplace.asking, "save_as", lambda *_given: out)
    page = ProblemPage(workplace, desk, window)
    page.open()
    assert page.text.isReadOnly()
    text = page.text.toPlainText()
    assert "Thames" not in text
    assert "Qt 6" in text
    click(page.save)
    assert out.read_text(encoding="utf-8") == text
    assert workplace.messages.texts[-1] == "Saved as report.txt."


def test_a_deletion_that_was_cut_off_is_finished_at_the_start(
    visit_folder: Path, workplace: Workplace, qtbot: QtBot
) -> None:
    with opened(visit_folder):
        pass
    folder = VisitFolder(visit_folder)
    deleting._begin(folder)
    deleting._destroy(folder.keys)
    workplace.change_settings(lambda settings: settings.with_library(visit_folder.parent))
    window = MainWindow(workplace)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.furnished):
        window.show()
    qtbot.waitUntil(lambda: not visit_folder.exists())
    qtbot.waitUntil(lambda: not workplace.jobs.running)
    assert "is deleted" in workplace.messages.texts[-1]
    window.close()
