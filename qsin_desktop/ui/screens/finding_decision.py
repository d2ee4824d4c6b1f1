"""What an assessor says to an answer: what stands, a box for words, and the choices; refusals in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.responses import AccuracyVerdict, Decision, Verdict
from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.commands import tip
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.screens.parts import Field
from qsin_desktop.ui.widgets.button import Button
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.chip import Chip
from qsin_desktop.ui.widgets.flow_layout import FlowLayout
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.widgets.label import Paragraph
from qsin_desktop.ui.words import short_day

_FACES = {
    "accept": (Tone.MET, Sign.TICK),
    "more": (Tone.PARTLY, Sign.HALF),
    "close": (Tone.MET, Sign.TICK),
    "refuse": (Tone.NOT_MET, Sign.CROSS),
}


@dataclass(frozen=True)
class Choice:
    verdict: Verdict | AccuracyVerdict
    words: str
    icon: str
    command: str = ""


class DecisionCard(Card):
    decided = Signal(object)  # Verdict or AccuracyVerdict

    def __init__(self, title: str, choices: Sequence[Choice], label: str, parent: QWidget) -> None:
        super().__init__(title, padding=16, parent=parent)
        self._finding = ""
        self._begun: dict[str, str] = {}
        self._chip = Chip(parent=self)
        self._words = Paragraph("", parent=self)
        self.box = GrowingTextEdit(label, "", 2, 10, self)
        self.field = Field(label, self.box, parent=self)
        self.buttons: dict[Verdict | AccuracyVerdict, Button] = {}
        flow = FlowLayout(gap=8, line_gap=8)
        for choice in choices:
            flow.addWidget(self._button(choice))
        self.body.setSpacing(12)
        self.set_header_widget(self._chip)
        self.body.addWidget(self._words)
        self.body.addWidget(self.field)
        self.body.addLayout(flow)

    def _button(self, choice: Choice) -> Button:
        button = self.buttons[choice.verdict] = Button(choice.words, choice.icon, parent=self)
        if choice.command:
            button.setToolTip(tip(choice.command))
        button.clicked.connect(lambda: self.decided.emit(choice.verdict))
        return button

    @property
    def begun(self) -> tuple[str, ...]:
        """The findings for which words were begun and no verdict given yet."""
        here = (self._finding,) if self.box.text().strip() else ()
        return (*here, *(finding for finding, words in self._begun.items() if words.strip()))

    def set_hint(self, words: str) -> None:
        if not self.field.refused:
            self.field.set_hint(words)

    def show_decision(
        self, finding: str, decision: Decision | None, record: VisitRecord, *, writable: bool
    ) -> None:
        """Words begun on a finding are kept until they are given or the window closes."""
        if finding != self._finding:
            self._begun[self._finding] = self.box.text()
            self.box.set_text(self._begun.pop(finding, ""), force=True)
            self.field.accept()
            self._finding = finding
        self._chip.setVisible(decision is not None)
        self._words.setVisible(decision is not None)
        if decision is not None:
            tone, sign = _FACES[decision.verdict]
            self._chip.set_chip(decision.label, tone if decision.current else Tone.NOT_APPLICABLE, sign)
            self._words.setText(_decision_words(decision, record))
        self.field.setEnabled(writable)
        for button in self.buttons.values():
            button.setEnabled(writable)

    def act(self, desk: Desk, act: Callable[[str], Change], told: str) -> bool:
        """Give the words in the box; False when they are refused, with the sentence beside it."""
        words = self.box.text()
        try:
            change = desk.act(lambda: act(words), show=False)
        except Refusal as refusal:
            self.field.refuse(refusal.sentence)
            return False
        if change is not None:
            self.field.accept()
            self.box.set_text("", force=True)
            desk.messages.done(told, undo=True)
        return True


def _decision_words(decision: Decision, record: VisitRecord) -> str:
    on = short_day(datetime.fromisoformat(decision.at).date())
    since = "\nThe network has answered anew since." if not decision.current else ""
    said = f"{decision.words}\n" if decision.words else ""
    return f"{said}{record.person_name(decision.by)}, {on}{since}"
