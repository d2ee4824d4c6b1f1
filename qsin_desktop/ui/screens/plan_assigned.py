"""Who looks at which standard."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from qsin_desktop.actions.planning import assign
from qsin_desktop.domain.standards import Standard
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.label import ElidedLabel, Label
from qsin_desktop.ui.words import count


class AssignedCard(Card):
    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Who looks at what", padding=20, parent=parent)
        self._desk = desk
        self.boxes: dict[str, QComboBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        line = 0
        for series in desk.record.pack.series:
            title = Label(
                f"{series.code} {series.title}", TextSize.LABEL, Weight.SEMIBOLD, soft=True, parent=self
            )
            grid.addWidget(title, line, 0, 1, 3)
            line += 1
            for standard in series.standards:
                self._add(grid, line, standard)
                line += 1
        self.body.addLayout(grid)
        self.refresh()

    def _add(self, grid: QGridLayout, line: int, standard: Standard) -> None:
        box = self.boxes[standard.code] = QComboBox(self)
        box.setAccessibleName(f"Who looks at {standard.code} {standard.title}")
        box.setFixedWidth(look_of().px(180))
        box.activated.connect(lambda _index: self._assign(standard.code))
        grid.addWidget(Label(standard.code, TextSize.BODY, Weight.MEDIUM, parent=self), line, 0)
        grid.addWidget(ElidedLabel(standard.title, parent=self), line, 1)
        grid.addWidget(box, line, 2)

    def refresh(self) -> None:
        """People who do not assess are offered nothing, unless something was given to them before."""
        record = self._desk.record
        people = [(person.name, person.id) for person in record.people if person.role.assesses]
        nobody = 0
        for code, box in self.boxes.items():
            chosen = record.assigned(code)
            nobody += not chosen
            choices = [("Nobody yet", ""), *people]
            if chosen and chosen not in {ident for _, ident in people}:
                choices.append((record.person_name(chosen), chosen))
            box.clear()
            for name, ident in choices:
                box.addItem(name, ident)
            box.setCurrentIndex(max(0, box.findData(chosen)))
        self.set_subtitle(
            f"{count(nobody, 'standard')} with nobody yet" if nobody else "Every standard has somebody."
        )

    def flush(self) -> None:
        """A choice is recorded at once."""

    def set_writable(self, writable: bool) -> None:
        for box in self.boxes.values():
            box.setEnabled(writable)

    def _assign(self, standard: str) -> None:
        person = str(self.boxes[standard].currentData() or "")
        if person != self._desk.record.assigned(standard):
            self._desk.act(lambda: assign(self._desk.visit, standard=standard, person=person or None))
