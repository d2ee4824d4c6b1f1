"""All findings: a table to filter and sort at the left, the chosen one beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qsin_desktop.actions.findings import raise_finding
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.responses import Verdict
from qsin_desktop.ui.commands import KeyHint, bind, cap, native
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.pick import PickPage, pick
from qsin_desktop.ui.places import CITED, RETURN, Place
from qsin_desktop.ui.screens.finding_detail import FindingDetail
from qsin_desktop.ui.screens.finding_grades import grade_items
from qsin_desktop.ui.screens.finding_ties import criterion_choices
from qsin_desktop.ui.screens.findings_table import FindingsTable
from qsin_desktop.ui.screens.parts import Field
from qsin_desktop.ui.screens.screen import Screen
from qsin_desktop.ui.widgets.empty_state import EmptyState
from qsin_desktop.ui.widgets.segmented_switch import SegmentedSwitch
from qsin_desktop.ui.words import count

_TOUCHING = ("finding", "link", "exhibit", "site", "visit", "response", "round")


class FindingsScreen(Screen):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table = FindingsTable(desk, self)
        self.detail = FindingDetail(desk, self)
        self._beside = QStackedWidget(self)
        self._none = EmptyState(
            "findings",
            "No findings yet",
            "Raise one from a criterion on the walk, or here. Its words are kept as you write them.",
            "New finding",
            "plus",
            self,
        )
        self._choose = EmptyState(
            "findings", "Choose a finding", "Its words, grade and exhibits show here.", parent=self
        )
        self._lay_out()
        self._connect()
        self._refresh()

    def _lay_out(self) -> None:
        holder = QWidget(self)
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.detail)
        for page in (self._none, self._choose, holder):
            self._beside.addWidget(page)
        self._holder = holder
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        self.table.setMinimumWidth(400)
        self._beside.setMinimumWidth(440)
        splitter.addWidget(self.table)
        splitter.addWidget(self._beside)
        splitter.setSizes([670, 620])
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 4)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _connect(self) -> None:
        self.table.chosen.connect(self._chosen)
        self.table.new_asked.connect(self.ask_new)
        self.table.responses_asked.connect(self._read_back)
        self._none.acted.connect(self.ask_new)
        self.detail.left.connect(self.table.view.setFocus)
        self.desk.feed.changed.connect(self._changed)
        for command, slot in (
            ("findings.new", self.ask_new),
            ("findings.next", lambda: self.table.step(1)),
            ("findings.previous", lambda: self.table.step(-1)),
            ("findings.filter", self.table.search.select),
            ("findings.withdraw", self.detail.withdraw_or_reinstate),
            ("findings.cite", self.detail.exhibits.ask),
            ("findings.responses", self._read_back),
            ("findings.answer", self.detail.turn_page),
            ("findings.accept", lambda: self.detail.answer(Verdict.ACCEPT)),
            ("findings.more", lambda: self.detail.answer(Verdict.MORE)),
            ("findings.close", lambda: self.detail.answer(Verdict.CLOSE)),
        ):
            bind(self, command, slot)

    # ---- what is shown ------------------------------------------------------------------------------

    @property
    def key_hints(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint((native("Up"), native("Down")), "finding"),
            KeyHint((cap("findings.new"),), "new"),
            KeyHint((cap("findings.cite"),), "cite an exhibit"),
            KeyHint((cap("findings.withdraw"),), "withdraw"),
            KeyHint((cap("findings.filter"),), "filter"),
            KeyHint((cap("findings.answer"),), "finding or response"),
        )

    @property
    def foot_words(self) -> str:
        return count(len(self.desk.record.findings(withdrawn=False)), "finding")

    @property
    def unfinished(self) -> tuple[str, ...]:
        """Words to the network that no verdict was given with: closing would lose them."""
        begun = self.detail.response.begun
        found = (self.desk.record.finding(ident) for ident in begun)
        return tuple(
            f"Your words on {f.number} are not given yet: accept, ask for more or close."
            for f in found
            if f is not None
        )

    def show_place(self, place: Place) -> None:
        if place.finding:
            self.table.choose(place.finding)
            self.detail.begin(cited=place.part == CITED)
        else:
            if not self.table.finding and self.table.model.rows:
                self.table.choose(self.table.model.rows[0].id)
            self.table.view.setFocus()

    def flush(self) -> None:
        self.detail.flush()

    def _read_back(self) -> None:
        self.desk.go(Place(RETURN))

    def showEvent(self, event: QShowEvent) -> None:
        """What is due may have become overdue overnight."""
        super().showEvent(event)
        self.table.refresh()

    def _changed(self, change: Change, _origin: object) -> None:
        if any(change.touches(type_) for type_ in (*_TOUCHING, "seal")):
            self._refresh()

    def _refresh(self) -> None:
        self.table.refresh()
        self.table.new.setEnabled(self.desk.writable)
        self._none.button.setEnabled(self.desk.writable)
        self._chosen(self.table.finding)

    def _chosen(self, finding: str) -> None:
        self.detail.show_finding(finding)
        if not self.desk.record.findings():
            self._beside.setCurrentWidget(self._none)
        elif self.detail.finding is None:
            self._beside.setCurrentWidget(self._choose)
        else:
            self._beside.setCurrentWidget(self._holder)

    # ---- a new one ----------------------------------------------------------------------------------

    def ask_new(self) -> PickPage | None:
        """Which criterion, and of what grade; the words are written beside the table."""
        if not self.desk.writable:
            return None
        grades = self.desk.record.rules.grades
        switch = SegmentedSwitch("Grade")
        switch.set_items(grade_items(grades))
        switch.set_value(grades[0].id)
        below = QVBoxLayout()
        below.addWidget(Field("Grade", switch))
        return pick(
            self,
            "New finding",
            "Raise it",
            criterion_choices(self.desk.record.pack),
            lambda criterion: self._raise(criterion, switch.value),
            sentence="Which criterion does it belong to? More can be tied to it later.",
            below=below,
        )

    def _raise(self, criterion: str, grade: str) -> None:
        change = self.desk.act(
            lambda: raise_finding(self.desk.visit, criteria=[criterion], grade=grade), origin=self
        )
        if change is not None:
            self.show_place(Place("findings", finding=change.entity))
