"""The grade of a finding; where assessors differ, both views and the lead's way to settle it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.actions.findings import grade_finding
from qsin_desktop.domain.errors import TextMissing
from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.standards import Grade, Sign, Tone
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.page import ask_reason
from qsin_desktop.ui.screens.parts import Field
from qsin_desktop.ui.widgets.card import NoticeBox
from qsin_desktop.ui.widgets.segmented_switch import SegmentedSwitch, SwitchItem

_SIGNS = {
    Tone.MET: Sign.STAR,
    Tone.PARTLY: Sign.HALF,
    Tone.NOT_MET: Sign.CROSS,
    Tone.NOT_APPLICABLE: Sign.DASH,
    Tone.ACCENT: Sign.DASH,
}


def grade_items(grades: tuple[Grade, ...]) -> list[SwitchItem]:
    return [
        SwitchItem(grade.id, grade.label, _SIGNS[grade.tone], grade.tone, tip=_tip(grade)) for grade in grades
    ]


def _tip(grade: Grade) -> str:
    if grade.praise:
        return "Praise: no gap, no answer asked for"
    limit = f"due {grade.due_weeks} weeks after the visit" if grade.due_weeks else "no date is set"
    return f"{limit[:1].upper()}{limit[1:]}{'; stops a positive recommendation' if grade.blocks else ''}"


class GradeChoice(QWidget):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._finding: Finding | None = None
        self.switch = SegmentedSwitch("Grade", self)
        self.switch.set_items(grade_items(desk.record.rules.grades))
        self.switch.changed.connect(self._asked)
        self.views = NoticeBox(Tone.NOT_MET, "", "", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(Field("Grade", self.switch, parent=self))
        layout.addWidget(self.views)

    def show_finding(self, finding: Finding) -> None:
        self._finding = finding
        self.switch.set_value(finding.grade or "")
        sides = self._desk.record.conflict(FieldKey("finding", finding.id, "grade"))
        self.views.setVisible(sides is not None)
        if sides is not None:
            views = [
                f"{self._desk.record.person_name(s.by)}: {self._desk.record.rules.grade(str(s.value)).label}"
                for s in sides.sides
            ]
            lead = "Choose a grade to settle it, with a reason." if self._desk.visit.i_lead else ""
            wait = "" if lead else "The lead assessor settles it; choosing a grade changes yours."
            self.views.set_words("Two grades stand", "\n".join([*views, lead or wait]))

    def _asked(self, grade: str) -> None:
        finding = self._finding
        if finding is None:
            return
        if finding.grade is None and self._desk.visit.i_lead:
            self._ask_reason(finding, grade)
        elif self._desk.act(lambda: grade_finding(self._desk.visit, finding=finding.id, grade=grade)) is None:
            self.show_finding(finding)

    def _ask_reason(self, finding: Finding, grade: str) -> None:
        label = self._desk.record.rules.grade(grade).label
        page = ask_reason(
            self,
            f"Settle {finding.number} as {label}",
            "Your grade takes the place of all others. Every view stays in the record.",
            "Reason",
            "Settle",
            lambda reason: self._settle(finding, grade, reason),
        )
        page.rejected.connect(lambda: self.show_finding(finding))

    def _settle(self, finding: Finding, grade: str, reason: str) -> None:
        if not reason.strip():
            raise TextMissing("reason for settling it")
        self._desk.act(
            lambda: grade_finding(self._desk.visit, finding=finding.id, grade=grade, why=reason), show=False
        )
