"""The people of a visit: name, part, organisation and what interests they declared."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.actions.planning import add_person, change_person, remove_person
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.people import Person, Role
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.new_visit_team import role_box
from qsin_desktop.ui.screens.parts import Field, column, row
from qsin_desktop.ui.screens.typed import IdleLine, Typed
from qsin_desktop.ui.widgets.button import IconButton, secondary
from qsin_desktop.ui.widgets.card import Card, Line
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.words import count


class PersonLine(QWidget):
    def __init__(self, desk: Desk, person: Person, parent: QWidget) -> None:
        super().__init__(parent)
        self.person = person.id
        self._desk = desk
        self.name = IdleLine("Name", parent=self)
        self.role = role_box("Role", person.role, self)
        self.role.setFixedWidth(look_of().px(160))
        self.organisation = IdleLine("Organisation", "Organisation", self)
        self.interests = GrowingTextEdit(
            "Declaration of interests", "Interests declared, or “none”", 1, 6, self
        )
        self.remove = IconButton("x", f"Take {person.name} out of the team", parent=self)
        self.field = Field("", self.interests, parent=self)
        first = row(self.name, self.role, self.organisation, self.remove, gap=6)
        first.setStretch(0, 4)
        first.setStretch(2, 4)
        self.setLayout(column(first, self.field, Line(self), gap=8))
        self.typed = [
            self._kept(self.name, "name"),
            self._kept(self.organisation, "organisation"),
            self._kept(self.interests, "interests"),
        ]
        self.role.activated.connect(lambda _index: self._set_role())
        self.remove.clicked.connect(self._remove)

    def _kept(self, box: IdleLine | GrowingTextEdit, name: str) -> Typed:
        def write(text: str) -> Change:
            return change_person(self._desk.visit, person=self.person, typing=True, **{name: text})

        return Typed(self._desk, box, self.field, lambda: str(getattr(self._shown, name)), write)

    @property
    def _shown(self) -> Person:
        people = self._desk.record.people
        gone = Person(self.person, "", Role.OBSERVER)
        return next((person for person in people if person.id == self.person), gone)

    def refresh(self) -> None:
        for typed in self.typed:
            typed.refresh()
        self.role.setCurrentIndex(list(Role).index(self._shown.role))

    def set_writable(self, writable: bool) -> None:
        for typed in self.typed:
            typed.set_writable(writable)
        me = self.person == self._desk.visit.me
        self.role.setEnabled(writable and self._desk.visit.i_lead)
        self.remove.setEnabled(writable and not me)
        self.remove.setVisible(not me)

    def _set_role(self) -> None:
        role = Role(self.role.currentData())
        done = self._desk.act(
            lambda: change_person(self._desk.visit, person=self.person, role=role.value), origin=self
        )
        if done is None:
            self.refresh()

    def _remove(self) -> None:
        name = self._shown.name
        if self._desk.act(lambda: remove_person(self._desk.visit, person=self.person)) is not None:
            self._desk.messages.done(f"{name} is out of the team; what they wrote stays.", undo=True)


class TeamCard(Card):
    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Team", padding=20, parent=parent)
        self._desk = desk
        self.lines: list[PersonLine] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        self.new = IdleLine("Name of a new member", "Name of another member", self)
        self.new_role = role_box("Role of a new member", Role.PEER, self)
        self.new.returnPressed.connect(self._add)
        self.field = Field("Add a member", self.new, parent=self)
        self._add_button = secondary("Add", "user-add", self)
        self._add_button.clicked.connect(self._add)
        self.body.setSpacing(14)
        self.body.addLayout(self._column)
        role_field = Field("Role", self.new_role, parent=self)
        line = row(self.field, role_field, gap=8)
        line.setStretch(0, 1)
        self.body.addLayout(line)
        self.body.addLayout(row(self._add_button, 1))
        self.refresh()

    def refresh(self) -> None:
        people = self._desk.record.people
        if [line.person for line in self.lines] != [person.id for person in people]:
            self._make_lines()
        for line in self.lines:
            line.refresh()
        undeclared = sum(not person.interests.strip() and person.role.assesses for person in people)
        said = f"{count(undeclared, 'assessor')} declared no interests yet" if undeclared else ""
        self.set_subtitle(said or "Every assessor has declared their interests.")

    def flush(self) -> None:
        for line in self.lines:
            for typed in line.typed:
                typed.flush()

    def set_writable(self, writable: bool) -> None:
        for widget in (self.new, self.new_role, self._add_button):
            widget.setEnabled(writable)
        for line in self.lines:
            line.set_writable(writable)

    def _make_lines(self) -> None:
        for line in self.lines:
            line.hide()
            self._column.removeWidget(line)
            line.deleteLater()
        self.lines = [PersonLine(self._desk, person, self) for person in self._desk.record.people]
        for line in self.lines:
            self._column.addWidget(line)
        self.set_writable(self._desk.writable)

    def _add(self) -> None:
        name, role = self.new.text(), Role(self.new_role.currentData())
        try:
            self._desk.act(lambda: add_person(self._desk.visit, name=name, role=role), show=False)
        except Refusal as refusal:
            self.field.refuse(refusal.sentence)
        else:
            self.field.accept()
            self.new.set_text("", force=True)
        self.new.setFocus()
