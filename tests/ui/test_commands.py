from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QPushButton, QTextEdit, QVBoxLayout, QWidget

from qsin_desktop.ui.commands import COMMANDS, EVERYWHERE, Command, bind, cap, native, tip
from tests.ui.hands import press


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda c: c.id)
def test_every_key_is_one_that_a_keyboard_has(command: Command) -> None:
    for key in (*command.keys, *command.plain):
        sequence = QKeySequence(key)
        assert sequence.count() == 1, key
        assert sequence.toString(QKeySequence.SequenceFormat.PortableText) == key


def test_no_two_commands_that_are_on_screen_together_share_a_key() -> None:
    groups = {command.group for command in COMMANDS.values()} - {EVERYWHERE}
    for group in groups:
        together = [c for c in COMMANDS.values() if c.group in (group, EVERYWHERE)]
        counted = Counter(key for c in together for key in (*c.keys, *c.plain))
        assert [key for key, times in counted.items() if times > 1] == []


def test_keys_that_act_while_typing_are_no_letters() -> None:
    for command in COMMANDS.values():
        for key in command.keys:
            assert "Ctrl" in key or "Alt" in key or key.startswith("F"), f"{command.id}: {key}"


def test_tips_and_caps_are_made_from_the_table() -> None:
    assert tip("walk.note") == "Write a note (N or Ctrl+Shift+N)"
    assert cap("app.search") == "/"
    assert native("Ctrl+Down") == "Ctrl+↓"


class Page(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.column = QVBoxLayout(self)
        self.button = QPushButton("Elsewhere", self)
        self.line = QLineEdit(self)
        self.boxes: list[QWidget] = [self.line, QTextEdit(self), QComboBox(self), QDateEdit(self)]
        for widget in (self.button, *self.boxes):
            self.column.addWidget(widget)
        self.action = bind(self, "walk.note", lambda: self.done.append("note"))


@pytest.fixture
def page(show: Callable[[Page], Page]) -> Page:
    return show(Page())


def test_a_plain_key_acts_while_nobody_types(page: Page) -> None:
    page.button.setFocus()
    press("N", page.button)
    assert page.done == ["note"]


def test_a_plain_key_rests_in_every_box_that_takes_typing(page: Page) -> None:
    for box in page.boxes:
        box.setFocus()
        press("N", box)
    assert page.done == []
    assert page.line.text() == "n"


def test_the_long_key_acts_while_somebody_types(page: Page) -> None:
    page.boxes[1].setFocus()
    press("Ctrl+Shift+N", page.boxes[1])
    assert page.done == ["note"]


def test_a_disabled_command_rests_with_its_plain_key(page: Page) -> None:
    page.action.setEnabled(False)
    page.button.setFocus()
    press("N", page.button)
    assert page.done == []
    page.action.setEnabled(True)
    press("N", page.button)
    assert page.done == ["note"]


def test_a_hidden_screen_hears_no_keys(page: Page) -> None:
    other = QWidget(page)
    bind(other, "findings.new", lambda: page.done.append("hidden"))
    page.column.addWidget(other)
    other.hide()
    page.button.setFocus()
    press("N", page.button)
    assert page.done == ["note"]
