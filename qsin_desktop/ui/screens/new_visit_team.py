"""The team of a new visit: my own part, and a line for each colleague."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from qsin_desktop.actions.founding import TeamMember
from qsin_desktop.domain.errors import TextMissing
from qsin_desktop.domain.people import Role
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.parts import Field, row
from qsin_desktop.ui.widgets.button import IconButton, quiet
from qsin_desktop.ui.widgets.card import Card


def role_box(name: str, chosen: Role, parent: QWidget) -> QComboBox:
    """All parts in a visit; `currentData` is the Role."""
    box = QComboBox(parent)
    box.setAccessibleName(name)
    for role in Role:
        box.addItem(role.label, role)
    box.setCurrentIndex(list(Role).index(chosen))
    return box


class MemberLine(QWidget):
    """Name, part, organisation."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = QLineEdit(self)
        self.name.setPlaceholderText("Name")
        self.name.setAccessibleName("Name of a team member")
        self.role = role_box("Role of a team member", Role.PEER, self)
        self.role.setFixedWidth(look_of().px(164))
        self.organisation = QLineEdit(self)
        self.organisation.setPlaceholderText("Organisation")
        self.organisation.setAccessibleName("Organisation of a team member")
        self.remove = IconButton("x", "Take this line away", parent=self)
        line = row(self.name, self.role, self.organisation, self.remove, gap=6)
        line.setStretch(0, 5)
        line.setStretch(2, 4)
        self.setLayout(line)

    @property
    def empty(self) -> bool:
        return not self.name.text().strip() and not self.organisation.text().strip()

    @property
    def member(self) -> TeamMember:
        role = Role(self.role.currentData())
        return TeamMember(self.name.text().strip(), role, self.organisation.text().strip())


class TeamCard(Card):
    def __init__(self, my_name: str, parent: QWidget | None = None) -> None:
        super().__init__("The team", padding=20, parent=parent)
        self.my_role = role_box("My role", Role.LEAD, self)
        self.my_organisation = QLineEdit(self)
        self.my_organisation.setPlaceholderText("Optional")
        role_field = Field(f"{my_name} (you)", self.my_role, parent=self)
        organisation = Field("Your organisation", self.my_organisation, parent=self)
        self.lines: list[MemberLine] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        holder = QWidget(self)
        holder.setLayout(self._column)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.field = Field("Colleagues", holder, parent=self, optional=True)
        self.add = quiet("Add a colleague", "user-add", self)
        self.add.clicked.connect(self._begin_line)
        self.body.setSpacing(14)
        self.body.addLayout(row(role_field, organisation, gap=12))
        self.body.addWidget(self.field)
        self.body.addLayout(row(self.add, 1))
        self.add_line()

    def add_line(self) -> MemberLine:
        line = MemberLine(self)
        line.remove.clicked.connect(lambda: self._remove(line))
        line.name.textEdited.connect(lambda _text: self.field.accept())
        line.name.returnPressed.connect(self._begin_line)
        self.lines.append(line)
        self._column.addWidget(line)
        return line

    def _begin_line(self) -> None:
        self.add_line().name.setFocus()

    def _remove(self, line: MemberLine) -> None:
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
        self.add.setFocus()
        if not self.lines:
            self.add_line()

    @property
    def touched(self) -> bool:
        return any(not line.empty for line in self.lines)

    @property
    def members(self) -> tuple[TeamMember, ...]:
        return tuple(line.member for line in self.lines if not line.empty)

    def first_refused(self) -> QWidget | None:
        for line in self.lines:
            if not line.empty and not line.name.text().strip():
                self.field.refuse(TextMissing("name of a team member").sentence)
                return line.name
        return None
