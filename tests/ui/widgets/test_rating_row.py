from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.palette import LIGHT, contrast
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.widgets.rating_row import RatingRow
from tests.ui.widgets.conftest import FIVE, FOUR, Open, heard, name_of


@pytest.fixture
def row(open_widget: Open) -> RatingRow:
    made = RatingRow()
    made.set_scale(FOUR)
    made.resize(640, 60)
    open_widget(made)
    return made


def heard_ids(row: RatingRow) -> list[str]:
    ids: list[str] = []
    row.chosen.connect(ids.append)
    return ids


def test_a_click_asks_and_marks_nothing(row: RatingRow) -> None:
    ids = heard_ids(row)
    QTest.mouseClick(row.button("partly"), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert ids == ["partly"]
    assert not row.button("partly").isChecked()
    assert row.value is None


def test_the_owner_marks(row: RatingRow) -> None:
    ids = heard_ids(row)
    row.set_value("not-met")
    assert [b.isChecked() for b in row._buttons] == [False, False, True, False]
    row.set_value(None)
    assert not any(b.isChecked() for b in row._buttons)
    assert ids == []


def test_arrows_move_without_choosing_and_space_and_enter_choose(row: RatingRow) -> None:
    ids = heard_ids(row)
    row.button("met").setFocus()
    QTest.keyClick(row.button("met"), Qt.Key.Key_Right)
    assert QApplication.focusWidget() is row.button("partly")
    assert ids == []
    QTest.keyClick(row.button("partly"), Qt.Key.Key_Space)
    QTest.keyClick(row.button("partly"), Qt.Key.Key_Return)
    assert ids == ["partly", "partly"]
    QTest.keyClick(row.button("met"), Qt.Key.Key_Left)
    assert QApplication.focusWidget() is row.button("na")


def test_tab_stops_once_at_the_marked_one(open_widget: Open) -> None:
    holder = QWidget()
    column = QVBoxLayout(holder)
    first, second = RatingRow(), RatingRow()
    for row in (first, second):
        row.set_scale(FOUR)
        column.addWidget(row)
    first.set_value("not-met")
    open_widget(holder)
    first.button("not-met").setFocus()
    QTest.keyClick(first.button("not-met"), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is second.button("met")


def test_pending_is_told_and_drawn_otherwise_than_recorded(row: RatingRow) -> None:
    row.set_value("met")
    plain = row.button("partly").grab().toImage()
    row.set_pending("partly")
    assert row.value == "met"
    assert row.button("met").isChecked()
    assert "not recorded yet" in name_of(row.button("partly"))
    pending = row.button("partly").grab().toImage()
    row.set_value("partly")
    recorded = row.button("partly").grab().toImage()
    assert row.pending is None
    assert "not recorded" not in name_of(row.button("partly"))
    assert plain != pending != recorded != plain


def test_screen_readers_meet_radio_buttons_with_their_keys(row: RatingRow) -> None:
    row.set_value("partly")
    told = heard(row.button("partly"))
    assert told.role() == QAccessible.Role.RadioButton
    assert told.text(QAccessible.Text.Name) == "Partly met, key 2"
    assert told.state().checked
    assert not heard(row.button("met")).state().checked


def test_a_screen_readers_toggle_only_asks_too(row: RatingRow) -> None:
    ids = heard_ids(row)
    row.button("met").toggle()
    assert ids == ["met"]
    assert not row.button("met").isChecked()


def test_disabled_asks_nothing(row: RatingRow) -> None:
    ids = heard_ids(row)
    row.set_value("met")
    row.setEnabled(False)
    QTest.mouseClick(row.button("partly"), Qt.MouseButton.LeftButton)
    assert ids == []
    assert row.button("met").isChecked()


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("width", [320, 620, 900])
def test_words_are_never_cut_while_a_line_holds_one_button(
    theme: Theme, qtbot: QtBot, cut_words: list[str], factor: float, width: int
) -> None:
    theme.apply("light", factor)
    row = RatingRow()
    qtbot.addWidget(row)
    row.set_scale(FIVE)
    row.set_value("partly")
    wide = max(width, row.minimumSizeHint().width())
    row.resize(wide, row.heightForWidth(wide))
    row.grab()
    assert cut_words == []
    for button in row._buttons:
        assert row.rect().contains(button.geometry())


def test_narrow_rows_wrap_evenly(qtbot: QtBot) -> None:
    row = RatingRow()
    qtbot.addWidget(row)
    row.set_scale(FIVE)
    assert row.heightForWidth(1000) < row.heightForWidth(600) < row.heightForWidth(200)
    row.resize(600, row.heightForWidth(600))
    row.show()
    lines: dict[int, int] = {}
    for button in row._buttons:
        lines[button.y()] = lines.get(button.y(), 0) + 1
    assert sorted(lines.values()) == [2, 3]


def test_buttons_of_a_line_share_its_width(row: RatingRow) -> None:
    left, right = row._buttons[0], row._buttons[-1]
    assert left.x() == 0
    assert right.geometry().right() == row.width() - 1


def test_a_new_scale_takes_the_place_of_the_old(row: RatingRow, qtbot: QtBot) -> None:
    row.set_scale(FIVE)
    assert [b.ident for b in row._buttons] == ["exceeded", "met", "partly", "not-met", "na"]
    kept = row.button("met")
    row.set_scale(FIVE)
    assert row.button("met") is kept


def test_the_label_is_legible_when_marked(row: RatingRow) -> None:
    for point in FIVE:
        tone = look_of().palette.tone(point.tone)
        assert contrast(tone.fg, tone.wash) >= 4.5
    assert contrast(LIGHT.soft_text, LIGHT.surface) >= 4.5  # the key cap
