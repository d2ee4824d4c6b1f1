from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, QPoint, Qt, QTime
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.palette import LIGHT
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.boxes import DayBox, NumberBox, TimeBox
from qsin_desktop.ui.widgets.card import Card, NoticeBox, PressCard
from qsin_desktop.ui.widgets.chip import Chip
from qsin_desktop.ui.widgets.empty_state import EmptyState
from qsin_desktop.ui.widgets.field import Field, LinkRow
from qsin_desktop.ui.widgets.label import ElidedLabel, Label, Paragraph, title
from tests.ui.hands import press
from tests.ui.widgets.conftest import Open, heard, name_of


def test_a_card_without_title_has_no_empty_header(qtbot: QtBot) -> None:
    card = Card()
    qtbot.addWidget(card)
    card.body.addWidget(Label("x"))
    bare = card.sizeHint().height()
    card.set_title("Standards by site")
    assert card.sizeHint().height() > bare
    assert name_of(card) == "Standards by site"
    card.set_title("")
    assert card.sizeHint().height() == bare
    card.set_header_widget(Chip("Met 58"))
    assert card.sizeHint().height() > bare


def test_a_press_card_is_one_button(open_widget: Open) -> None:
    card = PressCard("Thames Estuary, 31 per cent rated")
    words = Label("Thames Estuary")
    card.body.addWidget(words)
    card.resize(400, 80)
    pressed: list[int] = []
    card.clicked.connect(lambda: pressed.append(1))
    open_widget(card)
    QTest.mouseClick(card._press, Qt.MouseButton.LeftButton)
    card.setFocus()
    press("Return")
    assert len(pressed) == 2
    assert card.childAt(words.geometry().center()) is card._press
    assert heard(card._press).role() == QAccessible.Role.Button
    assert name_of(card._press) == "Thames Estuary, 31 per cent rated"
    assert card._press.geometry() == card.rect()


def test_a_button_on_a_press_card_still_works(open_widget: Open) -> None:
    card = PressCard("A visit")
    inner = QPushButton("Forget")
    card.body.addWidget(inner)
    card.resize(400, 80)
    outer: list[int] = []
    card.clicked.connect(lambda: outer.append(1))
    open_widget(card)
    assert card.childAt(inner.geometry().center()) is inner
    QTest.mouseClick(inner, Qt.MouseButton.LeftButton)
    assert outer == []


def test_cards_are_white_and_sunken_ones_grey(qtbot: QtBot) -> None:
    for card, ground in ((Card(), LIGHT.surface), (Card(sunken=True), LIGHT.background)):
        qtbot.addWidget(card)
        card.resize(100, 60)
        assert card.grab().toImage().pixelColor(50, 30) == ground


def test_labels_show_markup_as_it_is(qtbot: QtBot) -> None:
    plain, wrapped = Label("<b>x</b> & y"), Paragraph("<b>x</b> & y\nsecond")
    for label in (plain, wrapped):
        qtbot.addWidget(label)
    assert name_of(plain) == "<b>x</b> & y"
    assert wrapped.words == "<b>x</b> & y\nsecond"
    assert name_of(wrapped) == "<b>x</b> & y\nsecond"
    assert "&lt;b&gt;" in wrapped.text()


def test_paragraphs_are_as_high_as_their_lines(qtbot: QtBot) -> None:
    words = Paragraph("word " * 60)
    qtbot.addWidget(words)
    assert words.heightForWidth(200) > words.heightForWidth(400) > words.heightForWidth(2000)
    one = words.heightForWidth(4000)
    assert 18 <= one <= 24


def test_title_is_larger_than_body(qtbot: QtBot) -> None:
    large, body = title("Heading"), Label("Body")
    for label in (large, body):
        qtbot.addWidget(label)
    assert large.fontMetrics().height() > 1.35 * body.fontMetrics().height()


def test_elided_labels_tell_the_whole(qtbot: QtBot) -> None:
    label = ElidedLabel("A long name of a hospital in the west", TextSize.SMALL)
    qtbot.addWidget(label)
    label.show()
    label.resize(80, 20)
    assert label.toolTip() == "A long name of a hospital in the west"
    label.resize(600, 20)
    assert label.toolTip() == ""


def test_a_tone_colours_a_label_and_can_be_taken_back(qtbot: QtBot) -> None:
    label = Label("x", soft=True)
    qtbot.addWidget(label)
    label.set_tone(Tone.NOT_MET)
    assert label.palette().windowText().color() == LIGHT.not_met.fg
    label.set_tone(None)
    assert label.palette().windowText().color() == LIGHT.soft_text


def test_notices_wrap(qtbot: QtBot) -> None:
    notice = NoticeBox(Tone.PARTLY, "Still missing here", "An observation · the rating of Harbour CDC")
    qtbot.addWidget(notice)
    assert notice.heightForWidth(150) > notice.heightForWidth(600)
    assert notice.grab().toImage().pixelColor(30, 6) == LIGHT.partly.wash


def test_a_field_names_its_box_and_leads_into_it(open_widget: Open) -> None:
    box = QLineEdit()
    field = Field("&Site", box, hint="As it shall stand in the report.", needed=True)
    open_widget(field)
    assert name_of(box) == "Site, needed"
    assert heard(box).text(QAccessible.Text.Description) == "As it shall stand in the report."
    box.clearFocus()
    QTest.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    assert box.hasFocus()


def test_a_refusal_takes_the_hints_place(qtbot: QtBot) -> None:
    box = QLineEdit()
    field = Field("Date", box, hint="A day")
    qtbot.addWidget(field)
    field.show()
    field.set_refusal("“31 November” is not a day.")
    assert field._sign.isVisible()
    assert field._below.words == "“31 November” is not a day."
    assert heard(box).text(QAccessible.Text.Description) == "“31 November” is not a day."
    field.set_refusal("")
    assert not field._sign.isVisible()
    assert field._below.words == "A day"


def test_link_rows_lead_on_by_keys_and_mouse(open_widget: Open) -> None:
    row = LinkRow("Ratings missing", sign=Sign.RING, detail="9")
    row.resize(300, 38)
    led: list[int] = []
    row.clicked.connect(lambda: led.append(1))
    open_widget(row)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(290, 20))
    QTest.keyClick(row, Qt.Key.Key_Return)
    QTest.keyClick(row, Qt.Key.Key_Space)
    assert len(led) == 3
    assert name_of(row) == "Ratings missing, 9"


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_link_row_words_fit(theme: Theme, qtbot: QtBot, cut_words: list[str], factor: float) -> None:
    theme.apply("light", factor)
    row = LinkRow("Two colleagues still out", icon="team", tone=Tone.PARTLY, detail="122 of 200 photos")
    qtbot.addWidget(row)
    row.resize(row.sizeHint())
    row.grab()
    assert cut_words == []


def test_boxes_leave_room_before_their_words(qtbot: QtBot) -> None:
    number, time, day = NumberBox(0, 52, " weeks"), TimeBox(), DayBox()
    for box in (number, time, day):
        qtbot.addWidget(box)
        box.show()
        edit = box.lineEdit()
        assert edit.geometry().left() + edit.textMargins().left() >= 8
    number.setValue(12)
    assert number.text() == "12 weeks"
    day.setDate(QDate(2026, 11, 24))
    assert day.text() == "24 Nov 2026"
    time.setTime(QTime(9, 5))
    assert time.text() == "09:05"


def test_empty_states_say_what_to_do_next(open_widget: Open) -> None:
    empty = EmptyState("findings", "No findings yet", "Press F at a criterion.", "New finding", "plus")
    empty.resize(420, 320)
    acted: list[int] = []
    empty.acted.connect(lambda: acted.append(1))
    open_widget(empty)
    QTest.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert acted == [1]
    for label in (empty._title, empty._sentence):
        assert label.height() >= label.heightForWidth(label.width())
    quiet = EmptyState("search", "Nothing found")
    open_widget(quiet)
    assert not quiet.button.isVisible()
