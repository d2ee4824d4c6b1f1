"""The first card of a new visit: which network, when, and what for; and its sites."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from qsin_desktop.actions.planning import MOST_SITES, TooManySites, WrongOrder
from qsin_desktop.domain.errors import TextMissing
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.day_field import DayBox
from qsin_desktop.ui.screens.parts import Field, row
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.words import count

_BULLET = re.compile(r"^\s*(?:[-*\u2022\u2013]|\d{1,2}[.)])\s+")


def names_in(text: str) -> tuple[str, ...]:
    """One a line, without bullets, numbers and empty lines of a pasted list."""
    lines = (_BULLET.sub("", line).strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


class FactsCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("The visit", padding=20, parent=parent)
        self.network = QLineEdit(self)
        self.network.setPlaceholderText("e.g. Thames Estuary Imaging Network")
        self.network.setMaxLength(300)
        self.first, self.last = DayBox("First day", self), DayBox("Last day", self)
        self.body_name = QLineEdit(self)
        self.body_name.setPlaceholderText("Who issues the report")
        self.scope = GrowingTextEdit("Scope", "What the visit covers", 2, 8, self)
        self.objectives = GrowingTextEdit("Objectives", "What it is to find out", 2, 8, self)
        self.network_field = Field("Name of the network", self.network, parent=self)
        self.first_field = Field("First day", self.first, parent=self, optional=True)
        self.last_field = Field("Last day", self.last, parent=self, optional=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.body.setSpacing(14)
        self.body.addWidget(self.network_field)
        self.body.addLayout(row(self.first_field, self.last_field, gap=12))
        self.body.addWidget(Field("Issuing body", self.body_name, parent=self, optional=True))
        self.body.addWidget(Field("Scope", self.scope, parent=self, optional=True))
        self.body.addWidget(Field("Objectives", self.objectives, parent=self, optional=True))

    def _connect(self) -> None:
        self.network.textEdited.connect(lambda _text: self.network_field.accept())
        for box, field in ((self.first, self.first_field), (self.last, self.last_field)):
            box.not_a_day.connect(field.refuse)
            box.day_changed.connect(lambda _day: self._days_mended())

    def _days_mended(self) -> None:
        self.first_field.accept()
        self.last_field.accept()

    @property
    def touched(self) -> bool:
        boxes = (self.network.text(), self.scope.text(), self.objectives.text(), self.first.text())
        return any(text.strip() for text in boxes)

    def first_refused(self) -> QWidget | None:
        """Check every box, say beside each what is wrong, and answer the first that is."""
        self._days_mended()
        refused: list[QWidget] = []
        if not self.network.text().strip():
            self.network_field.refuse(TextMissing("name of the network").sentence)
            refused.append(self.network)
        refused += [box for box in (self.first, self.last) if not box.take()]
        if not refused and self.first.day and self.last.day and self.last.day < self.first.day:
            self.last_field.refuse(WrongOrder().sentence)
            refused.append(self.last)
        if not refused and self.last.day and not self.first.day:
            self.first_field.refuse("There is a last day and no first one; give the first day too.")
            refused.append(self.first)
        return refused[0] if refused else None

    @property
    def days(self) -> tuple[str, str]:
        first, last = self.first.day, self.last.day or self.first.day
        return first.isoformat() if first else "", last.isoformat() if last else ""


class SitesCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Sites", padding=20, parent=parent)
        self.box = QPlainTextEdit(self)
        self.box.setTabChangesFocus(True)
        self.box.setPlaceholderText("One site a line. A list can be pasted.")
        self.box.setFixedHeight(look_of().px(132))
        self.field = Field("Names of the sites", self.box, parent=self, optional=True)
        self.body.addWidget(self.field)
        self.box.textChanged.connect(self._count)
        self._count()

    @property
    def names(self) -> tuple[str, ...]:
        return names_in(self.box.toPlainText())

    def _count(self) -> None:
        self.field.accept()
        names = self.names
        self.field.set_hint(
            count(len(names), "site")
            if names
            else f"Up to {MOST_SITES}. A network that is judged as one needs none; sites can be added later."
        )

    def first_refused(self) -> QWidget | None:
        names = self.names
        if len(names) > MOST_SITES:
            self.field.refuse(f"{TooManySites().sentence} There are {len(names)}.")
            return self.box
        seen: set[str] = set()
        for name in names:
            if name.casefold() in seen:
                self.field.refuse(f"“{name}” stands in the list twice; take one away.")
                return self.box
            seen.add(name.casefold())
        return None
