"""What came after the seal: kept apart; the lead reopens the visit or leaves it out, with a reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.actions.late_changes import late_changes, leave_late_changes
from qsin_desktop.actions.sealing import reopen
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.late_changes import LateChange
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.moments import moment
from qsin_desktop.ui.places import place_of_field
from qsin_desktop.ui.screens.parts import Field, clear, row
from qsin_desktop.ui.widgets.button import primary, secondary
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.field import LinkRow
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.widgets.label import Paragraph
from qsin_desktop.ui.words import count

_SHOWN = 12
_OTHERS = "They are kept apart; the lead assessor reopens the visit or leaves them out."
_WHAT = (
    "They are kept, and are no part of what was signed. Reopen the visit to take them in and seal it again, "
    "or leave them out; the report states your reason."
)


class LateCard(Card):
    """Hidden while nothing came late."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("", padding=16, parent=parent)
        self._desk = desk
        self.changes: tuple[LateChange, ...] = ()
        self._words = Paragraph("", soft=True, parent=self)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self.reason = GrowingTextEdit("Reason", "Why they are taken in, or left out", 2, 6, self)
        self.field = Field("", self.reason, parent=self)
        self.reason.textChanged.connect(self.field.accept)
        self.leave = primary("Leave them out", "check", self)
        self.reopen = secondary("Reopen the visit", "unlock", self)
        self.body.addWidget(self._words)
        self.body.addLayout(self._column)
        self.body.addWidget(self.field)
        self.body.addLayout(row(self.leave, self.reopen, 1))
        self.leave.clicked.connect(self._leave)
        self.reopen.clicked.connect(self._reopen)
        self.refresh()

    def refresh(self) -> None:
        self.changes = late_changes(self._desk.visit)
        self.setVisible(bool(self.changes))
        clear(self._column)
        for change in self.changes[:_SHOWN]:
            self._column.addWidget(self._line(change))
        if len(self.changes) > _SHOWN:
            more = f"And {len(self.changes) - _SHOWN:,} more; the trail shows them all."
            self._column.addWidget(Paragraph(more, soft=True, parent=self))
        open_ones = [change for change in self.changes if not change.left]
        self.set_title(f"{count(len(self.changes), 'change')} came after the seal")
        may = self._desk.visit.i_lead and not self._desk.visit.read_only
        self._words.setText(self._sentence(open_ones, may=may))
        for widget in (self.field, self.leave, self.reopen):
            widget.setVisible(may and bool(open_ones))

    def _sentence(self, open_ones: list[LateChange], *, may: bool) -> str:
        if not open_ones:
            last = self.changes[-1] if self.changes else None
            return f"Left out by {last.left_by}: {last.left}" if last is not None else ""
        return (
            _WHAT if may else "They are kept apart; the lead assessor reopens the visit or leaves them out."
        )

    def _line(self, change: LateChange) -> LinkRow:
        words = f"{change.name}: {change.act[:1].lower()}{change.act[1:]}"
        detail = "left out" if change.left else moment(change.at) if change.counts else "waits"
        line = LinkRow(words, icon="clock", detail=detail, parent=self)
        place = place_of_field(self._desk.record, change.key)
        line.clicked.connect(partial(self._desk.go, place))
        return line

    def _leave(self) -> None:
        self._decide(
            lambda: leave_late_changes(self._desk.visit, reason=self.reason.text()),
            "They are left out of what was signed; the report states why.",
        )

    def _reopen(self) -> None:
        self._decide(
            lambda: reopen(self._desk.visit, reason=self.reason.text()),
            "The visit is open again, with what came late in it.",
        )

    def _decide(self, act: Callable[[], Change], done: str) -> None:
        try:
            self._desk.act(act, show=False)
        except Refusal as refusal:
            self.field.refuse(refusal.sentence)
            self.reason.setFocus()
        else:
            self.reason.set_text("", force=True)
            self.field.accept()
            self.refresh()
            self._desk.messages.done(done)
