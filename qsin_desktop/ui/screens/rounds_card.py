"""What went out to the network and what came back, numbered, the latest first."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.responses import Round
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.screens.parts import IconMark, clear, column, row
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.label import ElidedLabel, Label, soft
from qsin_desktop.ui.words import joined, short_day

_MOST = 6


class RoundsCard(Card):
    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Sent and returned", padding=16, parent=parent)
        self._desk = desk
        self._shown: tuple[Round, ...] | None = None
        self._none = soft("No workbook has been sent yet. Exporting it opens round 1.", self)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        self.body.addWidget(self._none)
        self.body.addLayout(self._lines)
        self.refresh()

    def refresh(self) -> None:
        rounds = self._desk.record.rounds
        if rounds == self._shown:
            return
        self._shown = rounds
        clear(self._lines)
        self._none.setVisible(not rounds)
        for round_ in list(reversed(rounds))[:_MOST]:
            self._lines.addLayout(self._line(round_))
        if len(rounds) > _MOST:
            self._lines.addWidget(soft(f"and {len(rounds) - _MOST} before these, in the trail", self))

    def _line(self, round_: Round) -> QVBoxLayout:
        icon = "read-back" if round_.returned else "export"
        label = Label(round_.label, TextSize.BODY, Weight.SEMIBOLD, parent=self)
        about = ElidedLabel(round_words(round_, self._desk.record), TextSize.SMALL, soft=True, parent=self)
        head = row(IconMark(icon, 16, parent=self), label, 1, gap=8)
        return column(head, about, gap=2)


def round_words(round_: Round, record: VisitRecord) -> str:
    """“25 Nov 2026 · answers round 1 · findings.xlsx · by Lena Lead”."""
    day = short_day(datetime.fromisoformat(round_.at).date())
    answers = f"answers round {round_.answers}" if round_.answers else ""
    return joined(day, answers, round_.file, f"by {record.person_name(round_.by)}")
