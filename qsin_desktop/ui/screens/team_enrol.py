"""New laptops: this one's six words while it waits, and those of others for the lead to confirm."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from qsin_desktop.actions.enrolling import Card as LaptopCard
from qsin_desktop.actions.enrolling import confirm_by_words, revoke_device, words_with
from qsin_desktop.actions.laptops import Laptop
from qsin_desktop.actions.welcoming import waiting_laptops, welcome, words_with_leads
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.people import Role
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.screens.new_visit_team import role_box
from qsin_desktop.ui.screens.parts import Field, clear, column, row
from qsin_desktop.ui.widgets.button import danger, primary, quiet, secondary
from qsin_desktop.ui.widgets.card import Card, Line
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.widgets.label import Paragraph, field_label
from qsin_desktop.ui.widgets.six_words import SixWords
from qsin_desktop.ui.words import count

NOT_OURS = "This is no laptop of our team."


class OwnWordsCard(Card):
    """Shown while this laptop waits to be confirmed."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("This laptop waits to be confirmed", padding=16, parent=parent)
        self._desk = desk
        self._shown: tuple[object, ...] | None = None
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        self.body.addLayout(self._column)
        self.refresh()

    def refresh(self) -> None:
        visit = self._desk.visit
        waits = not visit.confirmed and not visit.read_only
        self.setVisible(waits)
        pairs = words_with_leads(visit) if waits else ()
        if not waits or pairs == self._shown:
            return
        self._shown = pairs
        clear(self._column)
        sentence = (
            "What you write is kept and handed over, and counts once the lead assessor has confirmed this "
            "laptop. Hand over, then read these six words to each other: both screens must show the same."
            if pairs
            else "What you write is kept, and counts once the lead assessor has confirmed this laptop."
        )
        self._column.addWidget(Paragraph(sentence, parent=self))
        for pair in pairs:
            short = f"{pair.device[:4]} {pair.device[4:8]}".upper()
            who = f"With {pair.name}" + (f", laptop {short}" if len(pairs) > 1 else "")
            self._column.addWidget(field_label(who, parent=self))
            self._column.addWidget(SixWords(pair.words, self))


class WaitingCard(Card):
    """Laptops of others that wait; the lead confirms each by its words, or says that it is not ours."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("", padding=16, parent=parent)
        self._desk = desk
        self.boxes: dict[str, WaitingBox] = {}
        self._column = QVBoxLayout()
        self._column.setSpacing(16)
        self.body.addLayout(self._column)
        self.refresh()

    def refresh(self) -> None:
        """Boxes of the same laptops are kept, with what is typed in them."""
        waiting = {laptop.device: laptop for laptop in waiting_laptops(self._desk.visit)}
        self.setVisible(bool(waiting))
        if waiting.keys() != self.boxes.keys():
            clear(self._column)
            self.boxes = {}
            for number, laptop in enumerate(waiting.values()):
                if number:
                    self._column.addWidget(Line(self))
                box = self.boxes[laptop.device] = WaitingBox(self._desk, laptop, self)
                self._column.addWidget(box)
        for device, laptop in waiting.items():
            self.boxes[device].show_laptop(laptop)
        number = len(waiting)
        self.set_title(f"{count(number, 'laptop waits', 'laptops wait')} to be confirmed")


class WaitingBox(QWidget):
    def __init__(self, desk: Desk, laptop: Laptop, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self.laptop = desk, laptop
        self._known = laptop.person in {person.id for person in desk.record.people}
        self.about = Paragraph("", parent=self)
        self.name = QLineEdit(self)
        self.name.setMaxLength(200)
        self.name_field = Field("Name", self.name, parent=self)
        self.role = role_box("Part in the visit", Role.PEER, self)
        self.role_field = Field("Part in the visit", self.role, parent=self)
        self.confirm = primary("The words are the same: confirm", "check", self)
        self.not_ours = secondary("Not ours…", "withdraw", self)
        self.reason = GrowingTextEdit("Why it is not ours", "", 1, 4, self)
        self.reason_field = Field("Why it is not ours", self.reason, parent=self)
        self.reason.textChanged.connect(self.reason_field.accept)
        self.leave_out = danger("Leave it out", parent=self)
        self.back = quiet("Back", parent=self)
        self._lay_out()
        self._connect()
        self._ask_reason(asked=False)

    def _lay_out(self) -> None:
        lines = column(self.about, gap=12)
        if self._desk.visit.i_lead:
            words = words_with(self._desk.visit, self.laptop.device)
            lines.addWidget(SixWords(words, self))
            if not self._known:
                new = row(self.name_field, self.role_field, gap=12)
                new.setStretch(0, 1)
                lines.addLayout(new)
            lines.addLayout(row(self.confirm, self.not_ours, 1))
        lines.addWidget(self.reason_field)
        lines.addLayout(row(self.leave_out, self.back, 1))
        self.setLayout(lines)
        for box in (self.name_field, self.role_field):
            box.setVisible(self._desk.visit.i_lead and not self._known)

    def _connect(self) -> None:
        self.confirm.clicked.connect(self._confirm)
        self.not_ours.clicked.connect(lambda: self._ask_reason(asked=True))
        self.back.clicked.connect(lambda: self._ask_reason(asked=False))
        self.leave_out.clicked.connect(self._leave_out)

    def show_laptop(self, laptop: Laptop) -> None:
        self.laptop = laptop
        name = self._desk.record.person_name(laptop.person) if self._known else "Somebody not in the team"
        waits = (
            count(laptop.entries, "entry of it waits", "entries of it wait")
            if laptop.entries
            else "it wrote nothing yet"
        )
        if self._desk.visit.i_lead:
            words = (
                f"{name}, laptop {laptop.short}: {waits}. Let them read the six words on their Team screen "
                "to you; they must be these."
            )
        else:
            words = f"{name}, laptop {laptop.short}: {waits}. The lead assessor confirms it."
        self.about.setText(words)
        for widget in (self.confirm, self.not_ours):
            widget.setVisible(self._desk.visit.i_lead and self.reason_field.isHidden())
            widget.setEnabled(not self._desk.visit.read_only)

    def _ask_reason(self, *, asked: bool) -> None:
        for widget in (self.reason_field, self.leave_out, self.back):
            widget.setVisible(asked)
        for button in (self.confirm, self.not_ours):
            button.setVisible(self._desk.visit.i_lead and not asked)
        if asked:
            self.reason.set_text(NOT_OURS, force=True)
            self.reason.setFocus()
            self.reason.selectAll()

    def _confirm(self) -> None:
        visit, device = self._desk.visit, self.laptop.device
        try:
            if not self._known:
                card = LaptopCard(self.laptop.person, self.name.text().strip(), device)
                self._desk.act(lambda: welcome(visit, card, role=self.role.currentData()), show=False)
            words = words_with(visit, device)
            self._desk.act(lambda: confirm_by_words(visit, device=device, words=words), show=False)
        except Refusal as refusal:
            if self._known:
                self._desk.messages.refused(refusal)
            else:
                self.name_field.refuse(refusal.sentence)
                self.name.setFocus()
        else:
            self._desk.messages.done("The laptop is confirmed; what it wrote counts now.")

    def _leave_out(self) -> None:
        visit, device = self._desk.visit, self.laptop.device
        try:
            self._desk.act(
                lambda: revoke_device(visit, device=device, reason=self.reason.text(), after=0), show=False
            )
        except Refusal as refusal:
            self.reason_field.refuse(refusal.sentence)
            self.reason.setFocus()
        else:
            self._desk.messages.done("The laptop is left out; nothing of it counts, and the trail keeps it.")
