"""Who is in the team, and on which laptops they work; a new laptop waits until the lead confirms it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.actions.laptops import Laptop, laptops
from qsin_desktop.actions.planning import confirm_device
from qsin_desktop.domain.people import Person
from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.page import confirm
from qsin_desktop.ui.screens.parts import clear, column, row
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import secondary
from qsin_desktop.ui.widgets.card import Card, Line, NoticeBox
from qsin_desktop.ui.widgets.chip import Chip
from qsin_desktop.ui.widgets.label import ElidedLabel, Label
from qsin_desktop.ui.words import count, joined


class MembersCard(Card):
    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("The team", padding=16, parent=parent)
        self._desk = desk
        self._waiting = NoticeBox(Tone.PARTLY, "", "", self)
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self.body.setSpacing(12)
        self.body.addWidget(self._waiting)
        self.body.addLayout(self._column)
        self.refresh()

    def refresh(self) -> None:
        clear(self._column)
        known = laptops(self._desk.visit)
        self._say_waiting(known)
        people = self._desk.record.people
        for number, person in enumerate(people):
            if number:
                self._column.addWidget(Line(self))
            self._column.addWidget(self._member(person, [x for x in known if x.person == person.id]))
        strangers = [x for x in known if x.person not in {person.id for person in people}]
        for laptop in strangers:
            self._column.addWidget(Line(self))
            self._column.addWidget(self._stranger(laptop))

    def _say_waiting(self, known: tuple[Laptop, ...]) -> None:
        """One's own laptop matters most: what is written on it does not count yet."""
        own = any(laptop.mine and not laptop.confirmed for laptop in known)
        self._waiting.setVisible(own)
        self._waiting.set_words(
            "This laptop is not confirmed yet",
            "What you write here is kept and waits; it counts once the lead assessor has confirmed it.",
        )

    def _member(self, person: Person, own: list[Laptop]) -> QWidget:
        box = QWidget(self)
        name = Label(person.name, TextSize.BODY, Weight.SEMIBOLD, parent=box)
        me = person.id == self._desk.visit.me
        head = row(name, 1, gap=8)
        if me:
            head.addWidget(Chip("You", Tone.ACCENT, icon="user", parent=box))
        about = ElidedLabel(joined(person.role.label, person.organisation), soft=True, parent=box)
        lines = column(head, about, gap=3)
        for laptop in own:
            lines.addLayout(self._laptop(laptop, box))
        if not own and person.role.assesses:
            lines.addWidget(Label("No laptop has handed in yet", TextSize.SMALL, soft=True, parent=box))
        box.setLayout(lines)
        return box

    def _laptop(self, laptop: Laptop, box: QWidget) -> QVBoxLayout:
        words = joined(
            "This laptop" if laptop.mine else f"Laptop {laptop.short}",
            count(laptop.entries, "entry", "entries"),
        )
        state = (
            Chip("Confirmed", Tone.MET, sign=Sign.TICK, parent=box)
            if laptop.confirmed
            else Chip("Waiting", Tone.PARTLY, icon="clock", parent=box)
        )
        line = row(Label(words, TextSize.SMALL, soft=True, parent=box), 1, state, gap=8)
        lines = column(line, gap=4)
        if not laptop.confirmed and self._desk.visit.i_lead:
            button = secondary("Confirm this laptop", "check", box)
            button.setEnabled(self._desk.writable)
            button.clicked.connect(lambda: self._confirm(laptop))
            lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return lines

    def _stranger(self, laptop: Laptop) -> QWidget:
        box = QWidget(self)
        words = Label("Somebody not in the team", TextSize.BODY, Weight.SEMIBOLD, parent=box)
        add = Label("Add them on the Plan screen first, then confirm.", TextSize.SMALL, soft=True, parent=box)
        state = Chip("Waiting", Tone.PARTLY, icon="clock", parent=box)
        about = joined(f"Laptop {laptop.short}", count(laptop.entries, "entry", "entries"))
        line = row(Label(about, TextSize.SMALL, soft=True, parent=box), 1, state, gap=8)
        box.setLayout(column(words, line, add, gap=3))
        return box

    def _confirm(self, laptop: Laptop) -> None:
        name = self._desk.record.person_name(laptop.person)
        sentence = (
            f"Ask {name} to read out the laptop's sign; it must be {laptop.short}. From then on what it "
            "wrote counts, and this cannot be taken back."
        )
        confirm(self, f"Confirm the laptop of {name}?", sentence, "Confirm", lambda: self._confirmed(laptop))

    def _confirmed(self, laptop: Laptop) -> None:
        visit = self._desk.visit
        if self._desk.act(lambda: confirm_device(visit, device=laptop.device, person=laptop.person)):
            self._desk.messages.done("The laptop is confirmed; what it wrote counts now.")
