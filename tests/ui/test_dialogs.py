from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qsin_desktop import __version__
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui.asking import Asking
from qsin_desktop.ui.commands import COMMANDS
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.about import AboutPage
from qsin_desktop.ui.dialogs.help import HelpPage, help_pages
from qsin_desktop.ui.dialogs.keys import KeysPage
from qsin_desktop.ui.dialogs.page import Page, ask_reason, confirm
from qsin_desktop.ui.dialogs.pick import Choice, Choices, pick
from qsin_desktop.ui.emblem import emblem_pixmap
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.widgets.label import Label, Paragraph
from tests.ui.hands import button, click, press, type_into, visible


@pytest.fixture
def window(theme: Theme, show: Callable[[QWidget], QWidget]) -> QWidget:
    return show(QWidget())


def test_a_question_acts_only_on_yes(window: QWidget) -> None:
    done: list[str] = []
    page = confirm(window, "Sure?", "It lasts.", "Do it", lambda: done.append("done"))
    press("Escape", page)
    assert done == []
    page = confirm(window, "Sure?", "It lasts.", "Do it", lambda: done.append("done"))
    press("Return", page)
    assert done == ["done"]


def test_a_refused_reason_stays_in_its_box(window: QWidget) -> None:
    def act(reason: str) -> None:
        if len(reason) < 5:
            raise Refusal("Say more.")

    page = ask_reason(window, "Why?", "", "Reason", "Do it", act)
    type_into(page.box, "no")
    click(page.yes)
    assert (page.field.refused, page.box.toPlainText(), page.isVisible()) == ("Say more.", "no", True)
    type_into(page.box, " other way")
    click(page.yes)
    assert not page.isVisible()


def test_picking_by_a_few_letters(window: QWidget) -> None:
    picked: list[str] = []
    choices = [Choice(str(n), f"Thing {n}", "even" if n % 2 == 0 else "odd") for n in range(10)]
    page = pick(window, "Pick", "Take", choices, picked.append)
    type_into(page.search.edit, "odd")
    press("Down", page.search.edit)
    press("Return", page.search.edit)
    assert picked == ["3"]
    page = pick(window, "Pick", "Take", choices, picked.append)
    type_into(page.search.edit, "nothing like it")
    assert not page.yes.isEnabled()
    press("Return", page.search.edit)
    assert picked == ["3"]


def test_the_model_of_choices_is_sound(window: QWidget, qtmodeltester: ModelTester) -> None:
    model = Choices([Choice("a", "A", "first"), Choice("b", "B")], window)
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]


def test_help_has_chapters_and_follows_links_between_them(window: QWidget) -> None:
    chapters = help_pages()
    assert chapters
    page = HelpPage(window)
    page.open()
    assert page.text.toPlainText().startswith(chapters[0].title)
    page.text.anchorClicked.emit(QUrl(chapters[-1].path.name))
    assert page.list.currentRow() == len(chapters) - 1
    page.text.anchorClicked.emit(QUrl("https://example.org/elsewhere"))
    assert page.list.currentRow() == len(chapters) - 1


def test_about_tells_the_version_and_what_the_pack_is(window: QWidget, desk: Desk) -> None:
    page = AboutPage(window, desk)
    page.open()
    assert f"Version {__version__}" in [label.text() for label in visible(page, Label)]
    said = " ".join(label.words for label in visible(page, Paragraph))
    assert desk.record.pack.notice in said
    click(button(page, "Close"))


def test_the_sheet_of_keys_has_every_command(window: QWidget) -> None:
    page = KeysPage(window)
    page.open()
    said = {label.text() for label in page.findChildren(Label)}
    for command in COMMANDS.values():
        if not command.id.startswith(("walk.rate_", "rail.")):
            assert command.text.rstrip("…") in said
    assert "Rate, by the numbers on the buttons" in said


def test_a_purpose_keeps_its_last_folder(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, Path] = {}
    asking = Asking(kept.get, kept.__setitem__)
    started: list[str] = []

    def save(_parent: QWidget, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        started.append(start)
        return str(tmp_path / "Report.pdf"), ""

    monkeypatch.setattr("qsin_desktop.ui.asking.QFileDialog.getSaveFileName", save)
    assert asking.save_as(window, "Save", "export", "Report.pdf") == tmp_path / "Report.pdf"
    asking.save_as(window, "Save", "export", "Report.pdf")
    assert started[1] == str(tmp_path / "Report.pdf")
    monkeypatch.setattr("qsin_desktop.ui.asking.QFileDialog.getExistingDirectory", lambda *_args: "")
    assert asking.folder(window, "Open", "open") is None
    assert "open" not in kept


def test_a_folder_that_is_gone_is_no_name_in_the_box(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = Asking(lambda _purpose, _otherwise: tmp_path / "gone" / "deeper")
    started: list[str] = []

    def look(_parent: QWidget, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        started.append(start)
        return "", ""

    monkeypatch.setattr("qsin_desktop.ui.asking.QFileDialog.getOpenFileName", look)
    assert asking.file(window, "Open", "responses") is None
    assert started == [str(tmp_path)]


def test_the_emblem_is_drawn_at_any_size(theme: Theme) -> None:
    for side in (16, 256):
        image = emblem_pixmap(side).toImage()
        assert (image.width(), image.pixelColor(side // 2, 1).name()) == (side, "#0b5cad")


def test_a_dialog_is_as_high_as_what_it_shows_and_a_persons_size_only_grows(
    window: QWidget, qtbot: QtBot
) -> None:
    page = Page("Invite", "A sentence that is so long that it takes more than one line. " * 3, window)
    tall = QWidget(page)
    tall.setFixedHeight(200)
    tall.hide()
    page.body.addWidget(tall)
    page.open()
    before, layout = page.height(), page.layout()
    assert layout is not None
    assert before == layout.totalHeightForWidth(page.width()), "neither loose nor squeezed"
    tall.show()
    qtbot.waitUntil(lambda: page.height() > before + 199)
    tall.hide()
    qtbot.waitUntil(lambda: page.height() == before)
    page.resize(page.width(), before + 40)
    tall.show()
    qtbot.waitUntil(lambda: page.height() > before + 199)
    page.resize(page.width(), page.height() + 60)
    chosen = page.height()
    tall.hide()
    page.sentence.setText("Short.")
    QCoreApplication.sendPostedEvents()
    QCoreApplication.processEvents()
    assert page.height() == chosen
