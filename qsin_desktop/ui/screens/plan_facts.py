"""The facts of a visit, each saved as it is typed; and the standards and rules it holds a copy of."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from qsin_desktop.actions.planning import set_facts
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standards import RollUp, Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.screens.day_field import DayBox
from qsin_desktop.ui.screens.parts import Field, column, row
from qsin_desktop.ui.screens.typed import IdleLine, Typed
from qsin_desktop.ui.widgets.card import Card, NoticeBox
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.widgets.label import Paragraph, field_label
from qsin_desktop.ui.words import count, joined

_ROLL_UPS = {
    RollUp.WORST: "the worst rating of the sites",
    RollUp.MAJORITY: "the rating that most sites have",
    RollUp.NONE: "always rated by itself",
}


class FactsCard(Card):
    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("The visit", padding=20, parent=parent)
        self._desk = desk
        self._typed: list[Typed] = []
        self.body.setSpacing(14)
        self.body.addWidget(self._line("network", "Name of the network"))
        self.body.addLayout(
            row(
                self._line("report_number", "Report number"),
                self._line("issuing_body", "Issuing body", "Who issues the report"),
                gap=12,
            )
        )
        self.body.addWidget(
            self._line("client", "Report goes to", "Where it is not the network itself", optional=True)
        )
        self.first, self.last = DayBox("First day", self), DayBox("Last day", self)
        self.first_field = Field("First day", self.first, parent=self)
        self.last_field = Field("Last day", self.last, parent=self)
        self.keep = DayBox("Keep until", self)
        self.keep_field = Field(
            "Keep until",
            self.keep,
            "Before this day it is not to be deleted",
            self,
            optional=True,
        )
        self.body.addLayout(row(self.first_field, self.last_field, gap=12))
        for name, label, hint in (
            ("scope", "Scope", "What the visit covers"),
            ("objectives", "Objectives", "What it is to find out"),
            ("not_covered", "Not covered", "Areas that were not looked at, and why"),
            ("sampling", "Sampling", "A caveat of this visit's own; the report's usual words otherwise"),
        ):
            self.body.addWidget(self._text(name, label, hint))
        self.body.addWidget(self.keep_field)
        self._connect_days()
        self.refresh()

    def box(self, name: str) -> IdleLine | GrowingTextEdit:
        return next(typed.box for typed in self._typed if typed.objectName() == name)

    def field_of(self, name: str) -> Field:
        field = next(typed.field for typed in self._typed if typed.objectName() == name)
        assert field is not None  # noqa: S101  (every fact has one)
        return field

    def refresh(self) -> None:
        for typed in self._typed:
            typed.refresh()
        facts = self._desk.record.facts
        for box, day in ((self.first, facts.starts), (self.last, facts.ends), (self.keep, facts.keep_until)):
            if not box.edit.hasFocus() or not box.edit.isModified():
                box.set_day(date.fromisoformat(day) if day else None)

    def flush(self) -> None:
        for typed in self._typed:
            typed.flush()
        self.first.take()
        self.last.take()
        self.keep.take()

    def set_writable(self, writable: bool) -> None:
        for typed in self._typed:
            typed.set_writable(writable)
        for box in (self.first, self.last, self.keep):
            box.setEnabled(writable)

    def _line(self, name: str, label: str, hint: str = "", *, optional: bool = False) -> Field:
        return self._keep(name, label, IdleLine(label, hint, self), optional=optional)

    def _text(self, name: str, label: str, hint: str) -> Field:
        return self._keep(name, label, GrowingTextEdit(label, hint, 2, 10, self))

    def _keep(
        self, name: str, label: str, box: IdleLine | GrowingTextEdit, *, optional: bool = False
    ) -> Field:
        field = Field(label, box, parent=self, optional=optional)
        desk = self._desk

        def read() -> str:
            return str(getattr(desk.record.facts, name))

        def write(text: str) -> Change:
            return set_facts(desk.visit, {name: text}, typing=True)

        typed = Typed(desk, box, field, read, write)
        typed.setObjectName(name)
        self._typed.append(typed)
        return field

    def _connect_days(self) -> None:
        for box, field, name in (
            (self.first, self.first_field, "starts"),
            (self.last, self.last_field, "ends"),
            (self.keep, self.keep_field, "keep_until"),
        ):
            self._connect_day(box, field, name)

    def _connect_day(self, box: DayBox, field: Field, name: str) -> None:
        box.not_a_day.connect(field.refuse)
        box.day_changed.connect(lambda day: self._set_day(field, name, day))

    def _set_day(self, field: Field, name: str, day: date | None) -> None:
        facts = {name: day.isoformat() if day else ""}
        if name == "starts" and day is not None and not self._desk.record.facts.ends:
            facts["ends"] = day.isoformat()
        try:
            self._desk.act(lambda: set_facts(self._desk.visit, facts), origin=self, show=False)
        except Refusal as refusal:
            field.refuse(refusal.sentence)
        else:
            for each in (self.first_field, self.last_field, self.keep_field):
                each.accept()


class PackCard(Card):
    """What the visit was founded on; it cannot be changed, so nothing here can be typed."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Standards and rules", padding=20, parent=parent)
        pack, rules = desk.record.pack, desk.record.rules
        self.body.setSpacing(14)
        size = joined(
            count(len(pack.series), "series", "series"),
            count(len(pack.standards), "standard"),
            count(len(pack.criteria), "criterion", "criteria"),
        )
        self._add("Standards pack", f"{pack.title}\n{pack.edition}\n{size}")
        scale = ", ".join(point.label for point in rules.scale)
        grades = ", ".join(grade.label for grade in rules.grades)
        self._add("Rules", f"{rules.title}\nRatings: {scale}\nFindings: {grades}")
        self._add("The network's rating", _ROLL_UPS[rules.roll_up].capitalize())
        if pack.notice:
            self.body.addWidget(NoticeBox(Tone.PARTLY, "", pack.notice, self))

    def _add(self, label: str, words: str) -> None:
        self.body.addLayout(column(field_label(label, parent=self), Paragraph(words, parent=self), gap=3))
