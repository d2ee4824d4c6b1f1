"""What the report says at its head and at its end: what stood out, the conclusion, the recommendation."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from qsin_desktop.actions.planning import set_facts
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.screens.parts import Field, column
from qsin_desktop.ui.screens.typed import Typed
from qsin_desktop.ui.widgets.card import Card, NoticeBox
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.widgets.label import field_label
from qsin_desktop.ui.words import count

_BOXES = (
    ("summary", "What stood out", "The few things a reader should know first"),
    ("conclusion", "Conclusion", "What all of it comes to"),
    ("recommendation_words", "The recommendation in words", "Why, and on what conditions"),
)


class WordsCard(Card):
    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Conclusion and recommendation", padding=16, parent=parent)
        self._desk = desk
        self._typed: list[Typed] = []
        self.boxes: dict[str, GrowingTextEdit] = {}
        self.choices: dict[str, QRadioButton] = {}
        self._blocking = NoticeBox(Tone.NOT_MET, "", "", self)
        self.body.setSpacing(14)
        fields = {name: self._box(name, label, hint) for name, label, hint in _BOXES}
        self.body.addWidget(fields["summary"])
        self.body.addWidget(fields["conclusion"])
        if desk.record.rules.recommendations:
            self.body.addLayout(self._choices())
        self.body.addWidget(self._blocking)
        self.body.addWidget(fields["recommendation_words"])
        self.refresh()

    def _box(self, name: str, label: str, hint: str) -> Field:
        box = self.boxes[name] = GrowingTextEdit(label, hint, 2, 12, self)
        field = Field(label, box, parent=self)
        desk = self._desk

        def read() -> str:
            return str(getattr(desk.record.facts, name))

        def write(text: str) -> Change:
            return set_facts(desk.visit, {name: text}, typing=True)

        self._typed.append(Typed(desk, box, field, read, write))
        return field

    def _choices(self) -> QVBoxLayout:
        group = QButtonGroup(self)
        lines = column(field_label("Recommendation", parent=self), gap=2)
        for ident, label in (("", "Not decided yet"), *self._desk.record.rules.recommendations):
            choice = self.choices[ident] = QRadioButton(label, self)
            group.addButton(choice)
            self._connect(choice, ident)
            lines.addWidget(choice)
        return lines

    def _connect(self, choice: QRadioButton, ident: str) -> None:
        choice.clicked.connect(lambda _on: self._choose(ident))

    def _choose(self, ident: str) -> None:
        facts = {"recommendation": ident}
        if self._desk.act(lambda: set_facts(self._desk.visit, facts), origin=self) is None:
            self.refresh()

    def refresh(self) -> None:
        for typed in self._typed:
            typed.refresh()
        chosen = self.choices.get(self._desk.record.facts.recommendation)
        if chosen is not None:
            chosen.setChecked(True)
        self._show_blocking()

    def _show_blocking(self) -> None:
        record = self._desk.record
        grades = {grade.id for grade in record.rules.grades if grade.blocks}
        graded = [f for f in record.findings(withdrawn=False) if f.grade in grades]
        standing = sum(not record.response(f.id).closed for f in graded)
        self._blocking.setVisible(bool(standing))
        words = next((g for g in record.rules.grades if g.blocks), None)
        if words is not None:
            thing = count(standing, words.label.lower(), words.plural.lower())
            verb, they_are = ("stands", "it is") if standing == 1 else ("stand", "they are")
            self._blocking.set_words(
                f"{thing} {verb}", f"A positive recommendation goes on only when {they_are} closed."
            )

    def take_focus(self) -> QWidget:
        """On the recommendation that is chosen; answers the last of what is to be seen."""
        choices: list[QWidget] = [*self.choices.values(), self.boxes["recommendation_words"]]
        chosen = self.choices.get(self._desk.record.facts.recommendation) or choices[0]
        chosen.setFocus()
        return choices[-2] if len(choices) > 1 else choices[0]

    def flush(self) -> None:
        for typed in self._typed:
            typed.flush()

    def set_writable(self, writable: bool) -> None:
        for typed in self._typed:
            typed.set_writable(writable)
        for choice in self.choices.values():
            choice.setEnabled(writable)
