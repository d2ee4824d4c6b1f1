from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from tests.ui.widgets.conftest import Open, name_of


@pytest.fixture
def edit(open_widget: Open) -> Iterator[GrowingTextEdit]:
    holder = QWidget()
    column = QVBoxLayout(holder)
    made = GrowingTextEdit("Reason", "Why this rating", min_lines=2, max_lines=6)
    column.addWidget(made)
    column.addWidget(QLineEdit())
    column.addStretch(1)
    holder.resize(420, 400)
    open_widget(holder)
    made.setFocus()
    yield made  # the holder lives until here
    holder.close()


def waiting(edit: GrowingTextEdit) -> bool:
    return edit.unreported


def reports(edit: GrowingTextEdit) -> list[str]:
    got: list[str] = []
    edit.idle_text.connect(got.append)
    return got


def test_words_are_reported_after_idleness_once(edit: GrowingTextEdit, qtbot: QtBot) -> None:
    assert edit._clock.pause.interval() == 700
    edit._clock.pause.setInterval(20)
    got = reports(edit)
    with qtbot.waitSignal(edit.idle_text):
        QTest.keyClicks(edit, "Seen")
        assert waiting(edit)
    assert got == ["Seen"]
    assert not waiting(edit)
    edit.flush()
    assert got == ["Seen"]


def test_each_key_begins_the_wait_anew(edit: GrowingTextEdit) -> None:
    QTest.keyClicks(edit, "a")
    first = edit._clock.pause.remainingTime()
    assert edit._clock.pause.isActive()
    assert first > 500
    QTest.keyClicks(edit, "b")
    assert edit._clock.pause.remainingTime() >= first - 50


def test_words_are_told_while_the_typing_goes_on_and_reported_once(edit: GrowingTextEdit) -> None:
    """Somebody who types for minutes without a pause is heard all the same."""
    told: list[str] = []
    edit.going_on.connect(told.append)
    got = reports(edit)
    assert edit._clock.meanwhile.interval() == 500
    QTest.keyClicks(edit, "Seen")
    edit._clock.going_on.emit()
    QTest.keyClicks(edit, " and heard")
    edit._clock.going_on.emit()
    assert (told, got) == (["Seen", "Seen and heard"], [])
    edit.flush()
    assert got == ["Seen and heard"]


def test_words_that_were_told_and_taken_back_are_reported_too(edit: GrowingTextEdit) -> None:
    got = reports(edit)
    QTest.keyClicks(edit, "x")
    edit._clock.going_on.emit()
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    edit.flush()
    assert got == [""], "what was kept meanwhile must be let go"


def test_leaving_the_box_reports(edit: GrowingTextEdit) -> None:
    got = reports(edit)
    QTest.keyClicks(edit, "half a wo")
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert got == ["half a wo"]
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    assert edit.text() == "half a wo"


def test_escape_reports_and_says_left(edit: GrowingTextEdit, qtbot: QtBot) -> None:
    got = reports(edit)
    QTest.keyClicks(edit, "x")
    with qtbot.waitSignal(edit.left, timeout=100):
        QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert got == ["x"]


def test_hiding_reports(edit: GrowingTextEdit) -> None:
    got = reports(edit)
    QTest.keyClicks(edit, "x")
    edit.hide()
    assert got == ["x"]


def test_words_typed_and_taken_back_are_not_reported(edit: GrowingTextEdit) -> None:
    edit.set_text("kept")
    got = reports(edit)
    QTest.keyClick(edit, Qt.Key.Key_End)
    QTest.keyClicks(edit, "x")
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    edit.flush()
    assert got == []


def test_a_recorded_text_is_shown_without_a_report(edit: GrowingTextEdit) -> None:
    got = reports(edit)
    assert edit.set_text("From the record")
    edit.flush()
    assert edit.text() == "From the record"
    assert got == []


def test_an_echo_never_takes_typing_away(edit: GrowingTextEdit) -> None:
    got = reports(edit)
    QTest.keyClicks(edit, "abc")
    edit.flush()
    QTest.keyClicks(edit, "d")
    assert not edit.set_text("abc")
    assert edit.text() == "abcd"
    edit.flush()
    assert got == ["abc", "abcd"]
    assert edit.set_text("another criterion")
    assert edit.text() == "another criterion"


def test_the_cursor_keeps_its_place(edit: GrowingTextEdit) -> None:
    edit.set_text("one two three")
    cursor = edit.textCursor()
    cursor.setPosition(7)
    edit.setTextCursor(cursor)
    edit.set_text("one two three four")
    assert edit.textCursor().position() == 7
    edit.set_text("one")
    assert edit.textCursor().position() == 3


def test_showing_a_text_is_no_step_of_undo(edit: GrowingTextEdit) -> None:
    edit.set_text("first")
    edit.set_text("second")
    edit.undo()
    assert edit.text() == "second"
    QTest.keyClicks(edit, "x")
    edit.undo()
    assert edit.text() == "second"


def test_rich_words_are_pasted_plain(edit: GrowingTextEdit) -> None:
    mime = QMimeData()
    mime.setHtml("<b>Bold</b> words")
    mime.setText("Bold words")
    QApplication.clipboard().setMimeData(mime)
    QTest.keySequence(edit, "Ctrl+V")
    assert edit.text() == "Bold words"
    cursor = edit.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
    assert cursor.charFormat().fontWeight() < 600


def test_a_picture_is_left_to_others(edit: GrowingTextEdit, qtbot: QtBot) -> None:
    QApplication.clipboard().setImage(QImage(4, 4, QImage.Format.Format_RGB32))
    with qtbot.waitSignal(edit.pasted_other, timeout=100):
        QTest.keySequence(edit, "Ctrl+V")
    assert edit.text() == ""
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/somewhere/scan.pdf")])
    assert not edit.canInsertFromMimeData(files)


def test_it_grows_with_its_words_and_then_scrolls(edit: GrowingTextEdit) -> None:
    small = edit.height()
    edit.set_text("\n".join("line" for _ in range(4)))
    QApplication.processEvents()
    middle = edit.height()
    assert edit.verticalScrollBar().maximum() == 0
    edit.set_text("\n".join("line" for _ in range(40)))
    QApplication.processEvents()
    large = edit.height()
    assert small < middle < large
    assert large == edit._bounds()[1]
    assert edit.verticalScrollBar().maximum() > 0
    edit.set_text("")
    QApplication.processEvents()
    assert edit.height() == small


def test_long_lines_wrap_and_count(edit: GrowingTextEdit) -> None:
    small = edit.height()
    edit.set_text("word " * 60)
    QApplication.processEvents()
    assert edit.height() > small
    assert edit.horizontalScrollBar().maximum() == 0


def test_two_lines_fit_without_scrolling(edit: GrowingTextEdit, theme: Theme) -> None:
    for factor in (1.0, 1.5, 2.0):
        theme.apply("light", factor)
        edit.set_text("one\ntwo")
        QApplication.processEvents()
        assert edit.viewport().height() >= edit.document().size().height() - 1


def test_two_hundred_thousand_characters(edit: GrowingTextEdit) -> None:
    words = ("word and more " * 14 + "\n") * 1010
    edit.set_text(words)
    got = reports(edit)
    QTest.keyClicks(edit, "x")
    edit.flush()
    assert len(got) == 1
    assert len(got[0]) == len(words) + 1 > 190_000


def test_it_is_named_and_tab_leads_on(edit: GrowingTextEdit) -> None:
    assert name_of(edit) == "Reason"
    assert edit.placeholderText() == "Why this rating"


def test_read_only_takes_no_keys(edit: GrowingTextEdit) -> None:
    edit.set_text("kept")
    edit.setReadOnly(True)
    QTest.keyClicks(edit, "x")
    assert edit.text() == "kept"
