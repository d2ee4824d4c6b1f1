"""The first start on a computer: asks for the assessor's name, in place."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.parts import Field, row
from qsin_desktop.ui.widgets.button import primary
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.workplace import Workplace


class IntroduceCard(Card):
    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(
            "Welcome. Who are you?",
            "Your name stands beside everything you write, in the report and in its record.",
            padding=20,
            parent=parent,
        )
        self._workplace = workplace
        self.name = QLineEdit(self)
        self.name.setMaxLength(200)
        self.name.setPlaceholderText("As it should stand in the report, e.g. Dr Ann Baker")
        self.name.returnPressed.connect(self._begin)
        self.name.setMaximumWidth(look_of().px(480))
        self.field = Field("Your name", self.name, parent=self)
        self.begin = primary("Begin", "check", self)
        self.begin.clicked.connect(self._begin)
        self.body.setSpacing(14)
        self.body.addWidget(self.field)
        self.body.addLayout(row(self.begin, 1))

    def take_focus(self) -> None:
        self.name.setFocus()

    def _begin(self) -> None:
        try:
            self._workplace.introduce(self.name.text())
        except Refusal as refusal:
            self.field.refuse(refusal.sentence)
            self.name.setFocus()
