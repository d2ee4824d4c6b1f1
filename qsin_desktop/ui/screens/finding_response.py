"""The network's response to one finding, and what the assessors say to it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.actions.responding import NotAsked, answer_accuracy, answer_response, finding_status
from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.responses import (
    AccuracyVerdict,
    FindingStatus,
    Response,
    Verdict,
)
from qsin_desktop.domain.responses import (
    FindingResponse as Stands,
)
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.finding_decision import Choice, DecisionCard
from qsin_desktop.ui.screens.parts import ScrollColumn, column
from qsin_desktop.ui.screens.response_lines import ResponseLines
from qsin_desktop.ui.widgets.card import Card, NoticeBox
from qsin_desktop.ui.widgets.label import Paragraph, field_label
from qsin_desktop.ui.words import day_in_words

_ANSWERS = (
    Choice(Verdict.ACCEPT, "Accept", "check", "findings.accept"),
    Choice(Verdict.MORE, "Ask for more", "question", "findings.more"),
    Choice(Verdict.CLOSE, "Close the finding", "done", "findings.close"),
)
_ACCURACY = (
    Choice(AccuracyVerdict.ACCEPT, "Accept the comment", "check"),
    Choice(AccuracyVerdict.REFUSE, "Refuse it", "x"),
)
_MESSAGE = 64  # as high as a message at the foot of the window, and a little
_NO_NEED = {FindingStatus.WITHDRAWN, FindingStatus.NOTHING_ASKED}


class FindingResponse(QWidget):
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._finding: Finding | None = None
        self._about = Paragraph("", parent=self)
        self._disputed = NoticeBox(
            Tone.PARTLY,
            "Read in or decided twice",
            "Two laptops did so without seeing each other. The latest is shown; what you say now settles it.",
            self,
        )
        self.lines = ResponseLines(self)
        self.decision = DecisionCard(
            "Your word on the response", _ANSWERS, "What you say to the network", self
        )
        self.accuracy_lines = Card("Comment on factual accuracy", padding=16, parent=self)
        self.comment = Paragraph("", parent=self)
        self.accuracy = DecisionCard("Your word on the comment", _ACCURACY, "The reason", self)
        self._lay_out()
        self.decision.decided.connect(self.answer)
        self.accuracy.decided.connect(self.answer_comment)
        for card in (self.decision, self.accuracy):
            card.box.left.connect(self.left)

    def _lay_out(self) -> None:
        page = self._page = ScrollColumn(820, self, margin=20)
        page.column.setSpacing(14)
        page.column.addLayout(column(field_label("Gap", parent=self), self._about, gap=4))
        self.accuracy_lines.body.addWidget(self.comment)
        for part in (self._disputed, self.lines, self.decision, self.accuracy_lines, self.accuracy):
            page.column.addWidget(part)
        page.column.addSpacing(look_of().px(_MESSAGE))
        page.column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)

    # ---- what is shown ------------------------------------------------------------------------------

    def show_finding(self, finding: Finding) -> None:
        """Words begun on another finding wait there."""
        self._finding = finding
        record, visit = self._desk.record, self._desk.visit
        stands, status = record.response(finding.id), finding_status(visit, finding.id)
        self._about.setText(finding.gap or finding.evidence or "Not written yet")
        self._disputed.setVisible(stands.disputed)
        due = f"Due {day_in_words(finding.due)}" if finding.due else ""
        returns = [round_.label for round_ in record.rounds if round_.returned]
        last = returns[-1] if len(returns) > 1 else ""  # of the first one all is new
        self.lines.show_response(stands, last, due, asked=status not in _NO_NEED)
        writable = not visit.read_only
        self.decision.setVisible(status not in _NO_NEED)
        self.decision.show_decision(finding.id, stands.decision, record, writable=writable)
        self.decision.set_hint(_hint(stands))
        for verdict in (Verdict.ACCEPT, Verdict.MORE):
            self.decision.buttons[verdict].setEnabled(writable and stands.answered)
        commented = Response.ACCURACY in stands.texts
        self.accuracy_lines.setVisible(commented)
        self.accuracy.setVisible(commented)
        self.comment.setText(stands.texts.get(Response.ACCURACY, ""))
        came = stands.came.get(Response.ACCURACY, "")
        self.accuracy_lines.set_subtitle(f"Came with {came.lower()}" if came else "")
        self.accuracy.show_decision(finding.id, stands.accuracy, record, writable=writable)

    def begin(self) -> None:
        """The focus where the next word is given."""
        finding = self._finding
        stands = self._desk.record.response(finding.id) if finding else None
        if stands is not None and stands.accuracy_waits and not stands.waits:
            self._lead_to(self.accuracy, self.accuracy.buttons[AccuracyVerdict.ACCEPT])
        elif not self.decision.isHidden():
            first = Verdict.ACCEPT if stands is not None and stands.answered else Verdict.CLOSE
            self._lead_to(self.decision, self.decision.buttons[first])
        else:
            self.setFocus()

    def _lead_to(self, card: DecisionCard, widget: QWidget) -> None:
        """The focus, and all of its card in sight, above a message that may lie below."""
        widget.setFocus()
        QTimer.singleShot(0, card, lambda: self._page.ensureWidgetVisible(card, 0, look_of().px(_MESSAGE)))

    @property
    def begun(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.decision.begun, *self.accuracy.begun)))

    # ---- acts ---------------------------------------------------------------------------------------

    def answer(self, verdict: Verdict) -> None:
        finding, visit = self._finding, self._desk.visit
        if finding is None or visit.read_only:
            return
        status = finding_status(visit, finding.id)
        if status in _NO_NEED:
            self._desk.messages.refused(NotAsked(finding.number, status))
            return
        given = self.decision.act(
            self._desk,
            lambda words: answer_response(visit, finding=finding.id, verdict=verdict, words=words),
            f"{finding.number}: {verdict.label.lower()}.",
        )
        if not given:
            self._lead_to(self.decision, self.decision.box)

    def answer_comment(self, verdict: AccuracyVerdict) -> None:
        finding, visit = self._finding, self._desk.visit
        if finding is None or visit.read_only:
            return
        given = self.accuracy.act(
            self._desk,
            lambda words: answer_accuracy(visit, finding=finding.id, verdict=verdict, words=words),
            f"The comment on {finding.number}: {verdict.label.lower()}.",
        )
        if not given:
            self._lead_to(self.accuracy, self.accuracy.box)


def _hint(stands: Stands) -> str:
    if not stands.answered:
        return (
            "Nothing has been answered yet. You can close the finding, e.g. when it was put right on the day."
        )
    return "Asking for more and closing need words; they go out with the next workbook and report."
