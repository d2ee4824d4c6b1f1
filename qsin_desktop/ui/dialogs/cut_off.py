"""Cuts a stolen or doubled laptop off: from which point on it does not count, and why."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from qsin_desktop.actions.cutting import CutPoint, cut_points
from qsin_desktop.actions.enrolling import laptop_named, revoke_device
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.moments import moment
from qsin_desktop.ui.screens.parts import Field
from qsin_desktop.ui.widgets.button import Button, ButtonKind
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.words import count

_SENTENCE = (
    "From now on nothing is encrypted for this laptop, so it cannot read what the team hands over; what it "
    "has already it can still read. What it wrote up to the point below counts; anything later is kept in "
    "the trail and does not count. This cannot be undone; {name} goes on with another laptop."
)


class CutOffPage(Page):
    def __init__(self, desk: Desk, device: str, parent: QWidget) -> None:
        self._desk, self._laptop = desk, laptop_named(desk.visit, device)
        name = desk.record.person_name(self._laptop.person)
        super().__init__(f"Cut off the laptop of {name}?", _SENTENCE.format(name=name), parent, width=540)
        self.points = cut_points(desk.visit, device)
        self.point = QComboBox(self)
        for number, point in enumerate(self.points):
            self.point.addItem(point_words(point, newest=number == 0), point.after)
        self.reason = GrowingTextEdit("Reason", "For example: stolen from a car on 24 November", 2, 6, self)
        self.field = Field("Reason", self.reason, parent=self)
        self.reason.textChanged.connect(self.field.accept)
        self.body.addWidget(Field("What still counts", self.point, parent=self))
        self.body.addWidget(self.field)
        self.yes = Button("Cut it off", kind=ButtonKind.DANGER, parent=self)
        self.yes.clicked.connect(self._cut)
        self.add_buttons(self.yes)
        self.reason.left.connect(self.reject)  # Esc in the box
        self.reason.setFocus()

    def _cut(self) -> None:
        visit, after = self._desk.visit, int(self.point.currentData())
        try:
            self._desk.act(
                lambda: revoke_device(
                    visit, device=self._laptop.device, reason=self.reason.text(), after=after
                ),
                show=False,
            )
        except Refusal as refusal:
            self.field.refuse(refusal.sentence)
            self.reason.setFocus()
        else:
            self.accept()
            self._desk.messages.done("The laptop is cut off; hand over soon, so that the others know it too.")


def point_words(point: CutPoint, *, newest: bool) -> str:
    """“All that is here: up to 25 Nov 13:44” or “Up to 24 Nov 17:40; 34 later entries do not count”."""
    if not point.after:
        return "Nothing of it"
    if newest:
        return f"All that is here: {count(point.kept, 'entry', 'entries')}, up to {moment(point.until)}"
    later = count(point.dropped, "later entry does", "later entries do")
    return f"Up to {moment(point.until)}; {later} not count"
