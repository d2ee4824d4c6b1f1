from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from qsin_desktop.ui.widgets.message_bar import Kind, Message, MessageBar, MessageStack
from tests.ui.widgets.conftest import Open, name_of


@pytest.fixture
def stack(open_widget: Open) -> MessageStack:
    made = MessageStack()
    made.resize(420, 60)
    made.move(300, 300)  # not under the mouse, which stops the clock
    open_widget(made)
    return made


def words(stack: MessageStack) -> list[str]:
    return [bar.message.text for bar in stack.bars()]


def buttons(bar: MessageBar) -> dict[str, QPushButton]:
    return {name_of(b): b for b in bar.findChildren(QPushButton)}


def test_done_passes_by_itself_and_refusals_stay(stack: MessageStack, qtbot: QtBot) -> None:
    passing = stack.show_message(Message(Kind.DONE, "Attached.", lasts=10))
    stack.show_message(Message(Kind.REFUSAL, "“scan.pdf” vanished."))
    qtbot.waitUntil(lambda: words(stack) == ["“scan.pdf” vanished."])
    assert Message(Kind.DONE, "x").milliseconds == 6000
    assert Message(Kind.WARNING, "x").milliseconds == Message(Kind.REFUSAL, "x").milliseconds == 0
    assert passing.message.text == "Attached."


def test_the_action_acts_once_and_goes(stack: MessageStack) -> None:
    acted: list[str] = []
    bar = stack.show_message(Message(Kind.DONE, "E-023 attached.", "Undo"), lambda: acted.append("undo"))
    QTest.mouseClick(buttons(bar)["Undo"], Qt.MouseButton.LeftButton)
    assert acted == ["undo"]
    assert stack.bars() == []


def test_it_is_dismissed_by_its_cross_and_by_escape(stack: MessageStack) -> None:
    first = stack.show_message(Message(Kind.WARNING, "one"))
    second = stack.show_message(Message(Kind.WARNING, "two"))
    QTest.mouseClick(buttons(first)["Dismiss this notice"], Qt.MouseButton.LeftButton)
    close = buttons(second)["Dismiss this notice"]
    close.setFocus()
    QTest.keyClick(close, Qt.Key.Key_Escape)
    assert stack.bars() == []
    assert not stack.isVisible()


def test_the_same_words_are_shown_once(stack: MessageStack) -> None:
    first = stack.show_message(Message(Kind.REFUSAL, "The disk is full."))
    second = stack.show_message(Message(Kind.REFUSAL, "The disk is full."))
    assert first is second
    assert len(stack.bars()) == 1


def test_the_eldest_that_passes_makes_room_and_warnings_never(stack: MessageStack) -> None:
    stack.show_message(Message(Kind.REFUSAL, "kept"))
    for text in ("a", "b", "c"):
        stack.show_message(Message(Kind.DONE, text))
    assert words(stack) == ["kept", "b", "c"]
    for text in ("w1", "w2", "w3"):
        stack.show_message(Message(Kind.WARNING, text))
    assert words(stack) == ["kept", "w1", "w2", "w3"]


def test_its_clock_stands_under_the_mouse(stack: MessageStack) -> None:
    bar = stack.show_message(Message(Kind.DONE, "x", lasts=60_000))
    assert bar._clock.isActive()
    QApplication.sendEvent(bar, QEnterEvent(QPointF(3, 3), QPointF(3, 3), QPointF(3, 3)))
    assert not bar._clock.isActive()
    QApplication.sendEvent(bar, QEvent(QEvent.Type.Leave))
    assert bar._clock.isActive()


def test_its_clock_stands_while_a_button_of_it_has_the_focus(stack: MessageStack) -> None:
    bar = stack.show_message(Message(Kind.DONE, "x", "Undo", lasts=60_000))
    buttons(bar)["Undo"].setFocus()
    assert not bar._clock.isActive()
    buttons(bar)["Undo"].clearFocus()
    assert bar._clock.isActive()


@pytest.mark.parametrize(
    ("kind", "said"),
    [(Kind.DONE, "Saved."), (Kind.WARNING, "Warning: Saved."), (Kind.REFUSAL, "Not done: Saved.")],
)
def test_a_screen_reader_hears_the_kind(stack: MessageStack, kind: Kind, said: str) -> None:
    assert name_of(stack.show_message(Message(kind, "Saved."))) == said


def test_long_words_wrap(stack: MessageStack) -> None:
    short = stack.show_message(Message(Kind.REFUSAL, "Short.")).sizeHint().height()
    bar = stack.show_message(Message(Kind.REFUSAL, "A long sentence about what happened. " * 6))
    assert bar.heightForWidth(420) > short


def test_dismiss_all(stack: MessageStack) -> None:
    for text in ("a", "b"):
        stack.show_message(Message(Kind.INFO, text))
    stack.dismiss_all()
    assert stack.bars() == []
