"""One finding beside the table: grade, place, due date; requirement, evidence, gap; criteria and exhibits."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from qsin_desktop.actions.findings import (
    place_finding,
    reinstate_finding,
    set_due,
    withdraw_finding,
    write_finding,
)
from qsin_desktop.actions.responding import finding_status
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.responses import Verdict
from qsin_desktop.domain.standards import Tone
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.ui.commands import tip
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.page import ask_reason
from qsin_desktop.ui.dialogs.purge import ask_purge_of_finding
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.moments import moment_in_words
from qsin_desktop.ui.places import TEAM, Place
from qsin_desktop.ui.screens.day_field import DayBox
from qsin_desktop.ui.screens.finding_exhibits import FindingExhibits
from qsin_desktop.ui.screens.finding_face import status_face
from qsin_desktop.ui.screens.finding_grades import GradeChoice
from qsin_desktop.ui.screens.finding_response import FindingResponse
from qsin_desktop.ui.screens.finding_ties import FindingTies
from qsin_desktop.ui.screens.parts import Field, ScrollColumn, row
from qsin_desktop.ui.screens.typed import Typed
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import Button, ButtonKind, IconButton, quiet
from qsin_desktop.ui.widgets.card import NoticeBox
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.widgets.label import Label
from qsin_desktop.ui.widgets.segmented_switch import SegmentedSwitch, SwitchItem

_FINDING, _RESPONSE = "finding", "response"
_PARTS = (
    ("requirement", "Requirement", "What the standard asks for"),
    ("evidence", "Evidence", "What was seen, read or heard, and where"),
    ("gap", "Gap", "How the one falls short of the other"),
)


class FindingDetail(QWidget):
    left = Signal()
    """Esc in a box: the focus goes back to the table."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._finding = ""
        self._number = Label("", TextSize.TITLE, Weight.SEMIBOLD, parent=self)
        self.withdraw = Button("Withdraw", "withdraw", ButtonKind.SECONDARY, parent=self)
        self.purge = IconButton("purge", "Purge its texts for good…", parent=self)
        self._withdrawn = NoticeBox(Tone.NOT_APPLICABLE, "Withdrawn", "", self, icon="withdraw")
        self._disputed = NoticeBox(
            Tone.NOT_MET, "People wrote differently of this finding", "", self, icon="disagreement"
        )
        self.settle = quiet("Settle it on Team", "settle", self)
        self.grade = GradeChoice(desk, self)
        self.place = QComboBox(self)
        self.due = DayBox("Due", self)
        self._place_field = Field("Place", self.place, parent=self)
        self._due_field = Field("Due", self.due, parent=self)
        self.ties = FindingTies(desk, self)
        self.exhibits = FindingExhibits(desk, self)
        self.boxes: dict[str, GrowingTextEdit] = {}
        self._typed: list[Typed] = []
        self.switch = SegmentedSwitch("Finding or response", self)
        self.response = FindingResponse(desk, self)
        self._pages = QStackedWidget(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = row(self._number, self.switch, self.withdraw, self.purge, gap=8)
        self.switch.setMaximumWidth(look_of().px(260))
        head.setContentsMargins(20, 14, 20, 4)
        head.setStretch(1, 1)
        page = self._page = ScrollColumn(820, self, margin=20)
        column = page.column
        column.setSpacing(14)
        column.addWidget(self._withdrawn)
        column.addWidget(self._disputed)
        column.addLayout(row(self.settle, 1))
        column.addWidget(self.grade)
        column.addLayout(row(self._place_field, self._due_field, gap=12))
        column.addWidget(self.ties)
        for part, label, hint in _PARTS:
            column.addWidget(self._box(part, label, hint))
        column.addWidget(self.exhibits)
        column.addStretch(1)
        for shown in (page, self.response):
            self._pages.addWidget(shown)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self._pages, 1)

    def _box(self, part: str, label: str, hint: str) -> Field:
        box = self.boxes[part] = GrowingTextEdit(label, hint, 3, 14, self)
        field = Field(label, box, parent=self)

        def read() -> str:
            finding = self.finding
            return str(getattr(finding, part)) if finding else ""

        def write(text: str) -> Change:
            return write_finding(self._desk.visit, finding=self._finding, part=part, text=text, typing=True)

        self._typed.append(Typed(self._desk, box, field, read, write))
        box.left.connect(self.left)
        return field

    def _connect(self) -> None:
        self.withdraw.clicked.connect(self.withdraw_or_reinstate)
        self.purge.clicked.connect(lambda: ask_purge_of_finding(self._desk, self.finding, self.purge))
        self.settle.clicked.connect(lambda: self._desk.go(Place(TEAM)))
        self.place.activated.connect(lambda _index: self._set_place())
        self.due.day_changed.connect(self._set_due)
        self.due.not_a_day.connect(self._due_field.refuse)
        self.switch.set_items([SwitchItem(_FINDING, "Finding"), SwitchItem(_RESPONSE, "Response")])
        self.switch.set_value(_FINDING)
        self.switch.changed.connect(self._show_page)
        self.response.left.connect(self.left)

    # ---- what is shown ------------------------------------------------------------------------------

    @property
    def finding(self) -> Finding | None:
        return self._desk.record.finding(self._finding)

    def show_finding(self, finding: str) -> None:
        """What is being typed of the former one is recorded first."""
        if finding != self._finding:
            self.flush()
            self._desk.visit.end_typing()
            self._finding = finding
            for typed in self._typed:
                typed.show_other()
        self.refresh()

    def begin(self, *, cited: bool = False) -> None:
        """Where to go on: the response that awaits a word, else the first box that is empty.

        Or what it rests on, where that was asked for.
        """
        finding = self.finding
        if cited:
            self._show_page(_FINDING)
            self.exhibits.cite.setFocus()
            self._page.bring(self.exhibits)
        elif finding is not None and self._desk.record.response(finding.id).waits_anyhow:
            self._show_page(_RESPONSE)
            self.response.begin()
        else:
            self._show_page(_FINDING)
            self.focus_first_empty()

    def turn_page(self) -> None:
        """From the finding to its response, or back."""
        to_response = self.switch.value == _FINDING
        self._show_page(_RESPONSE if to_response else _FINDING)
        if to_response:
            self.response.begin()
        else:
            self.left.emit()

    def answer(self, verdict: Verdict) -> None:
        """Give the verdict with the words in its box; what is lacking is said beside it."""
        if self.finding is not None:
            self._show_page(_RESPONSE)
            self.response.answer(verdict)

    def _show_page(self, page: str) -> None:
        self.switch.set_value(page)
        self._pages.setCurrentIndex(int(page == _RESPONSE))

    def _show_state(self, finding: Finding) -> None:
        face = status_face(finding_status(self._desk.visit, finding.id))
        said = f"The network's response, and your word on it: {face.text.lower()}"
        self.switch.set_item(SwitchItem(_RESPONSE, "Response", face.sign, face.tone, face.icon, said))
        self.response.show_finding(finding)

    def refresh(self) -> None:
        finding = self.finding
        self.setVisible(finding is not None)
        if finding is None:
            return
        self._number.setText(finding.number)
        self._withdrawn.setVisible(bool(finding.withdrawn))
        self._withdrawn.set_words("Withdrawn", self._withdrawn_words(finding))
        for widget in (self._disputed, self.settle):
            widget.setVisible(finding.disputed)
        self._disputed.set_words("People wrote differently of this finding", self._disputed_parts(finding))
        self.withdraw.setText("Reinstate" if finding.withdrawn else "Withdraw")
        self.withdraw.setToolTip(tip("findings.withdraw", self.withdraw.text()))
        self.grade.show_finding(finding)
        self._show_place(finding)
        self._show_due(finding)
        self.ties.show_finding(finding)
        self.exhibits.show_finding(finding)
        for typed in self._typed:
            typed.refresh()
        self._show_conflicts(finding)
        self._show_state(finding)
        self._set_writable(finding)

    def _show_place(self, finding: Finding) -> None:
        record = self._desk.record
        self.place.clear()
        for ident, name in [("", "Network"), *((site.id, site.name) for site in record.sites)]:
            self.place.addItem(name, ident)
        if self.place.findData(finding.site) < 0:
            self.place.addItem(record.site_name(finding.site), finding.site)
        self.place.setCurrentIndex(self.place.findData(finding.site))

    def _show_due(self, finding: Finding) -> None:
        self._due_field.accept()
        if not self.due.edit.hasFocus() or not self.due.edit.isModified():
            self.due.set_day(finding.due)
        if finding.due_is_own:
            hint = "Set by hand; empty the box to go back to the grade's limit."
        elif finding.due:
            hint = "By the grade's limit, counted from the last day of the visit."
        else:
            hint = "This grade sets no date."
        self._due_field.set_hint(hint)

    def _withdrawn_words(self, finding: Finding) -> str:
        gone = finding.withdrawal
        if gone is None:
            return ""
        return f"{gone.why}\n{self._desk.record.person_name(gone.by)}, {moment_in_words(gone.at)}"

    def _disputed_parts(self, finding: Finding) -> str:
        """“Both stand: gap, grade.”"""
        of_it = [c for c in self._desk.record.conflicts if c.key[:2] == ("finding", finding.id)]
        return f"Both stand until somebody settles it: {', '.join(c.key.field for c in of_it)}."

    def _show_conflicts(self, finding: Finding) -> None:
        """Two texts stand where two people wrote without seeing each other: both are shown."""
        for (part, _, _), typed in zip(_PARTS, self._typed, strict=True):
            conflict = self._desk.record.conflict(FieldKey("finding", finding.id, part))
            if typed.field is None:
                continue
            if conflict is None:
                typed.field.set_hint("")
                continue
            others = [side for side in conflict.sides if str(side.value) != typed.box.text()]
            said = "\n".join(f"{self._desk.record.person_name(s.by)} wrote: {s.value}" for s in others)
            typed.field.set_hint(f"Two texts stand. What you write here takes the place of both.\n{said}")

    def _set_writable(self, finding: Finding) -> None:
        writable = self._desk.writable and not finding.withdrawn
        for typed in self._typed:
            typed.set_writable(writable)
        for widget in (self.place, self.due, self.ties, self.exhibits, self.grade):
            widget.setEnabled(writable)
        self.withdraw.setEnabled(self._desk.writable)
        self.purge.setEnabled(not self._desk.visit.read_only)

    # ---- acts ---------------------------------------------------------------------------------------

    def flush(self) -> None:
        for typed in self._typed:
            typed.flush()
        self.exhibits.flush()
        if self.due.edit.isModified():
            self.due.take()

    def focus_first_empty(self) -> None:
        """The box to go on with: the first that is empty, else the first."""
        empty = [box for box in self.boxes.values() if not box.text().strip()]
        (empty or list(self.boxes.values()))[0].setFocus()

    def _set_place(self) -> None:
        site = str(self.place.currentData() or "")
        finding = self.finding
        if finding is not None and site != finding.site:
            self._desk.act(lambda: place_finding(self._desk.visit, finding=finding.id, site=site or None))

    def _set_due(self, day: date | None) -> None:
        finding = self.finding
        if finding is None:
            return
        if self._desk.act(lambda: set_due(self._desk.visit, finding=finding.id, due=day)) is not None:
            due = self.finding.due if self.finding else None
            self.due.set_day(due)

    def withdraw_or_reinstate(self) -> None:
        finding = self.finding
        if finding is None or not self._desk.writable:
            return
        if finding.withdrawn:
            done = self._desk.act(lambda: reinstate_finding(self._desk.visit, finding=finding.id))
            if done is not None:
                self._desk.messages.done(f"{finding.number} stands again.", undo=True)
            return
        ask_reason(
            self,
            f"Withdraw {finding.number}?",
            "It keeps its number and is listed as withdrawn, with the reason. It can be reinstated.",
            "Reason",
            "Withdraw",
            lambda reason: self._withdraw(finding, reason),
        )

    def _withdraw(self, finding: Finding, reason: str) -> None:
        self._desk.act(
            lambda: withdraw_finding(self._desk.visit, finding=finding.id, reason=reason), show=False
        )
        self._desk.messages.done(f"{finding.number} is withdrawn.", undo=True)
