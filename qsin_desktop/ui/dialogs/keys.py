"""All keys on one page, made from the table of commands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from qsin_desktop.ui.commands import COMMANDS, Command, native
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.parts import ScrollColumn, column, row
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import primary
from qsin_desktop.ui.widgets.key_cap import KeyCap
from qsin_desktop.ui.widgets.label import Label

_RATES = "walk.rate_"
_RAIL = "rail."


class KeysPage(Page):
    def __init__(self, parent: QWidget) -> None:
        sentence = "Keys of one letter act while you are not typing; Esc leaves a box you type in."
        super().__init__("All keys", sentence, parent, width=880)
        self.resize(look_of().px(940), look_of().px(620))
        scroll = ScrollColumn(900, self, margin=0)
        halves = _halves(_by_group())
        scroll.column.addLayout(row(*(column(*map(self._group, half), 1, gap=20) for half in halves), gap=40))
        self.body.addWidget(scroll, 1)
        close = primary("Close", parent=self)
        close.clicked.connect(self.accept)
        self._column.addLayout(row(1, close))
        close.setFocus()

    def _group(self, group: tuple[str, list[Command]]) -> QWidget:
        name, commands = group
        box = QWidget(self)
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(7)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(0, 1)
        grid.addWidget(Label(name, TextSize.BODY, Weight.SEMIBOLD, parent=box), 0, 0, 1, 2)
        for line, command in enumerate(commands, 1):
            grid.addWidget(Label(_words(command), parent=box), line, 0)
            grid.addLayout(self._caps(command, box), line, 1, alignment=Qt.AlignmentFlag.AlignRight)
        return box

    def _caps(self, command: Command, box: QWidget) -> QHBoxLayout:
        return row(*(KeyCap(key.replace("+", " "), box) for key in _keys(command)), gap=4)


def _by_group() -> list[tuple[str, list[Command]]]:
    groups: dict[str, list[Command]] = {}
    for command in COMMANDS.values():
        one_of_many = command.id.startswith((_RATES, _RAIL)) and not command.id.endswith("1")
        if not one_of_many:
            groups.setdefault(command.group, []).append(command)
    return list(groups.items())


def _halves(groups: list[tuple[str, list[Command]]]) -> tuple[list[tuple[str, list[Command]]], ...]:
    """Two columns of about the same height, in the order of the table."""
    whole = sum(len(commands) + 2 for _, commands in groups)
    left: list[tuple[str, list[Command]]] = []
    high = 0
    for group in groups:
        if high and high + len(group[1]) / 2 > whole / 2:
            break
        left.append(group)
        high += len(group[1]) + 2
    return left, groups[len(left) :]


def _words(command: Command) -> str:
    if command.id.startswith(_RATES):
        return "Rate, by the numbers on the buttons"
    if command.id.startswith(_RAIL):
        return "The parts of the visit"
    return command.text.rstrip("…")


def _keys(command: Command) -> tuple[str, ...]:
    if command.id.startswith((_RATES, _RAIL)):
        last = "6" if command.id.startswith(_RAIL) else "9"
        return tuple(f"{key} \u2013 {last}" for key in command.all_keys)
    return tuple(native(key) for key in (*command.plain, *command.keys))
