"""A finding of this criterion: number, grade, when it is due, the gap, its exhibits. Pressed, it opens."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import Tone
from qsin_desktop.domain.visits import NETWORK
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.card import PressCard
from qsin_desktop.ui.widgets.chip import Chip
from qsin_desktop.ui.widgets.flow_layout import FlowLayout
from qsin_desktop.ui.widgets.label import Label, Paragraph
from qsin_desktop.ui.words import joined, short_day


class FindingCard(PressCard):
    def __init__(self, record: VisitRecord, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(f"Open finding {finding.number}", parent, padding=12)
        self.finding = finding.id
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addLayout(self._top(record, finding))
        words = text_of(finding)
        column.addWidget(Paragraph(words, soft=not finding.gap, parent=self))
        below = joined(_due(finding), _place(record, finding), _exhibits(record, finding))
        if below:
            column.addWidget(Paragraph(below, TextSize.SMALL, soft=True, parent=self))
        self.body.addLayout(column, 1)
        grade = _grade_words(record, finding)
        self.set_name(f"Open finding {finding.number}, {grade}: {words}")

    def _top(self, record: VisitRecord, finding: Finding) -> FlowLayout:
        flow = FlowLayout(gap=8, line_gap=4)
        flow.addWidget(Label(finding.number, weight=Weight.SEMIBOLD, parent=self))
        flow.addWidget(_grade_chip(record, finding, self))
        if finding.disputed and finding.grade is not None:
            flow.addWidget(Chip("In disagreement", Tone.NOT_MET, icon="disagreement", parent=self))
        return flow


def text_of(finding: Finding) -> str:
    """The gap; of praise, or where no gap is written yet, what is."""
    if finding.withdrawn:
        return f"Withdrawn: {finding.withdrawn}"
    return finding.gap or finding.evidence or finding.requirement or "Not written yet"


def _grade_words(record: VisitRecord, finding: Finding) -> str:
    if finding.withdrawn:
        return "Withdrawn"
    grade = next((g for g in record.rules.grades if g.id == finding.grade), None)
    return grade.label if grade else "Grade in disagreement"


def _grade_chip(record: VisitRecord, finding: Finding, parent: QWidget) -> Chip:
    grade = next((g for g in record.rules.grades if g.id == finding.grade), None)
    tone = Tone.NOT_APPLICABLE if finding.withdrawn else grade.tone if grade else Tone.NOT_MET
    return Chip(_grade_words(record, finding), tone, parent=parent)


def _due(finding: Finding) -> str:
    return f"due {short_day(finding.due)}" if finding.due and not finding.withdrawn else ""


def _exhibits(record: VisitRecord, finding: Finding) -> str:
    found = (record.exhibit(link.exhibit) for link in record.links(finding=finding.id))
    return ", ".join(exhibit.number for exhibit in found if exhibit is not None)


def _place(record: VisitRecord, finding: Finding) -> str:
    return "" if finding.site == NETWORK else record.site_name(finding.site)
