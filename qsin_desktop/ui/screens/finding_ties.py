"""The criteria a finding is tied to: go there, tie another, take one away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from qsin_desktop.actions.findings import tie_finding, untie_finding
from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.standards import Criterion, Pack, Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.pick import Choice, PickPage, pick
from qsin_desktop.ui.places import WALK, Place
from qsin_desktop.ui.screens.parts import clear, row
from qsin_desktop.ui.widgets.button import IconButton, quiet
from qsin_desktop.ui.widgets.chip import ChipButton
from qsin_desktop.ui.widgets.flow_layout import FlowLayout
from qsin_desktop.ui.widgets.label import field_label


def criterion_choices(pack: Pack, without: tuple[str, ...] = ()) -> list[Choice]:
    """For the picker, in the order of the walk."""
    return [
        Choice(c.code, f"{c.shown_code}  {c.title}", pack.standard(c.standard).title)
        for c in pack.criteria
        if c.code not in without
    ]


class _Tie(QWidget):
    went = Signal()
    removed = Signal()

    def __init__(self, criterion: Criterion, can_remove: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        go = ChipButton(criterion.shown_code, Tone.ACCENT, parent=self)
        go.setToolTip(f"{criterion.title}\nGo there on the walk")
        go.setAccessibleName(f"Go to {criterion.shown_code}")
        go.clicked.connect(self.went)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(go)
        if can_remove:
            remove = IconButton("x", f"Untie from {criterion.shown_code}", parent=self)
            remove.clicked.connect(self.removed)
            line.addWidget(remove)


class FindingTies(QWidget):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._finding: Finding | None = None
        self.add = quiet("Tie to another criterion", "link", self)
        self.add.clicked.connect(self.ask)
        self._flow = FlowLayout(gap=8, line_gap=4)
        holder = QWidget(self)
        holder.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row(field_label("Criteria", parent=self), 1, self.add))
        layout.addWidget(holder)

    def show_finding(self, finding: Finding) -> None:
        if self._finding is not None and (self._finding.id, self._finding.criteria) == (
            finding.id,
            finding.criteria,
        ):
            return
        self._finding = finding
        clear(self._flow)
        for code in finding.criteria:
            self._add(finding, self._desk.record.pack.criterion(code))

    def _add(self, finding: Finding, criterion: Criterion) -> None:
        tie = _Tie(criterion, len(finding.criteria) > 1, self)
        tie.went.connect(lambda: self._desk.go(Place(WALK, criterion.code, site=finding.site)))
        tie.removed.connect(lambda: self._untie(finding.id, criterion.code))
        self._flow.addWidget(tie)

    def ask(self) -> PickPage | None:
        finding = self._finding
        if finding is None:
            return None
        choices = criterion_choices(self._desk.record.pack, finding.criteria)
        return pick(self, f"Tie {finding.number} to a criterion", "Tie", choices, self._tie)

    def _tie(self, criterion: str) -> None:
        if self._finding is not None:
            ident = self._finding.id
            self._desk.act(lambda: tie_finding(self._desk.visit, finding=ident, criterion=criterion))

    def _untie(self, finding: str, criterion: str) -> None:
        self._desk.act(lambda: untie_finding(self._desk.visit, finding=finding, criterion=criterion))
