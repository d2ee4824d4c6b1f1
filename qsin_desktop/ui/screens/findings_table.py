"""The findings at the left of their screen: filters above, a table that can be sorted, one row chosen."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableView, QVBoxLayout, QWidget

from qsin_desktop.actions.responding import finding_statuses
from qsin_desktop.domain.responses import FindingStatus
from qsin_desktop.domain.standards import Grade, Tone
from qsin_desktop.ui.commands import cap, tip
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.finding_face import STATUS_ORDER, status_face, status_tip
from qsin_desktop.ui.screens.findings_model import (
    CRITERION,
    DUE,
    GRADE,
    NUMBER,
    PLACE,
    STATUS,
    FindingsDelegate,
    FindingsModel,
)
from qsin_desktop.ui.screens.findings_rows import Filter, Known, rows_of
from qsin_desktop.ui.screens.parts import row
from qsin_desktop.ui.widgets.button import primary, secondary
from qsin_desktop.ui.widgets.card import Panel
from qsin_desktop.ui.widgets.chip import ChipButton
from qsin_desktop.ui.widgets.flow_layout import FlowLayout
from qsin_desktop.ui.widgets.label import heading
from qsin_desktop.ui.widgets.nothing_listed import NothingListed
from qsin_desktop.ui.widgets.search_box import SearchBox

# What they leave to the status at 1366 pixels shows its words with two signs behind them.
_WIDTHS = {NUMBER: 75, GRADE: 140, CRITERION: 85, PLACE: 101, DUE: 90}
# Praise is found by its grade.
_FILTERED = tuple(status for status in STATUS_ORDER if status is not FindingStatus.NOTHING_ASKED)
_ROOM_FOR_DUE, _ROOM_FOR_PLACE = 620, 500


class FindingsTable(Panel):
    chosen = Signal(str)
    """Another finding, or none (empty)."""
    new_asked = Signal()
    responses_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("right", parent)
        self._desk = desk
        self.model = FindingsModel([grade.id for grade in desk.record.rules.grades], self)
        self.view = QTableView(self)
        self.search = SearchBox("Words in a finding", cap("findings.filter"), self)
        self.series = QComboBox(self)
        self.new = primary("New finding", "plus", self)
        self.new.setToolTip(tip("findings.new"))
        self.responses = secondary("Read responses back", "read-back", self)
        self.responses.setToolTip(tip("findings.responses"))
        self.grades: dict[str, ChipButton] = {}
        self.statuses: dict[FindingStatus, ChipButton] = {}
        self._chips = FlowLayout(gap=6, line_gap=6)
        self.comments = self._chip("Comments", Tone.ACCENT)
        self.missing = self._chip("Something missing", Tone.PARTLY)
        self.disputed = self._chip("In disagreement", Tone.NOT_MET)
        self._finding = ""
        self._known: Known = {}
        self._counted: dict[ChipButton, int] = {}
        self._set_up_view()
        self._fill_filters()
        self._lay_out()
        self._connect()
        self.nothing = NothingListed(self.view, self._nothing_words)
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 1, 0)
        column.setSpacing(10)
        head = row(heading("Findings", self), 1, self.responses, self.new)
        filters = row(self.search, self.series, gap=8)
        filters.setStretch(0, 1)
        for layout in (head, filters, self._chips):
            layout.setContentsMargins(16, 0, 16, 0)
            column.addLayout(layout)
        column.addWidget(self.view, 1)

    def _set_up_view(self) -> None:
        view, look = self.view, look_of()
        view.setModel(self.model)
        view.setItemDelegate(FindingsDelegate(view))
        view.setAccessibleName("Findings")
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setShowGrid(False)
        view.setSortingEnabled(True)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(look.px(44))
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicator(NUMBER, Qt.SortOrder.AscendingOrder)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, look.px(width))
        header.setMinimumSectionSize(look.px(56))
        header.setSectionResizeMode(STATUS, QHeaderView.ResizeMode.Stretch)

    def _fill_filters(self) -> None:
        self.series.setAccessibleName("Series")
        self.series.addItem("All series", "")
        for series in self._desk.record.pack.series:
            self.series.addItem(f"{series.code} {series.title}", series.code)
        self.series.setMaximumWidth(look_of().px(190))
        for grade in self._desk.record.rules.grades:
            self.grades[grade.id] = self._chip(grade.label, grade.tone)
        for status in _FILTERED:
            self.statuses[status] = self._chip(status_face(status).text, status_face(status).tone)
            self.statuses[status].setToolTip(status_tip(status))
        for chip in (
            *self.statuses.values(),
            self.comments,
            *self.grades.values(),
            self.missing,
            self.disputed,
        ):
            self._chips.addWidget(chip)

    def _chip(self, words: str, tone: Tone) -> ChipButton:
        chip = ChipButton(words, tone, parent=self)
        chip.setCheckable(True)
        chip.toggled.connect(lambda _on: self._filter())
        return chip

    def _connect(self) -> None:
        self.search.text_changed.connect(lambda _text: self._filter())
        self.search.left.connect(self.view.setFocus)
        self.search.stepped.connect(self.step)
        self.series.currentIndexChanged.connect(lambda _index: self._filter())
        self.new.clicked.connect(self.new_asked)
        self.responses.clicked.connect(self.responses_asked)
        self.view.selectionModel().selectionChanged.connect(lambda _on, _off: self._selected())
        self.model.modelReset.connect(self._reselect)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is missing matters more than when and where, which the finding itself shows too."""
        super().resizeEvent(event)
        self.view.setColumnHidden(DUE, self.width() < look_of().px(_ROOM_FOR_DUE))
        self.view.setColumnHidden(PLACE, self.width() < look_of().px(_ROOM_FOR_PLACE))

    # ---- what is shown ------------------------------------------------------------------------------

    @property
    def finding(self) -> str:
        """The id of the chosen finding, or empty."""
        return self._finding

    def refresh(self) -> None:
        rows = rows_of(self._desk.record, finding_statuses(self._desk.visit), self._known)
        self.model.show(rows)
        standing = [row for row in rows if not row.withdrawn]
        graded = Counter(row.grade.id for row in standing if row.grade is not None)
        for grade in self._desk.record.rules.grades:
            self.grades[grade.id].set_chip(_counted(grade, graded[grade.id]), grade.tone)
        missing = sum(bool(row.missing) for row in standing)
        self.missing.set_chip(f"Something missing {missing:,}", Tone.PARTLY, icon="pencil")
        comments = sum(row.comment for row in standing)
        self.comments.set_chip(f"Comments {comments:,}", Tone.ACCENT, icon="note")
        disputed = sum(row.disputed for row in standing)
        self.disputed.set_chip(f"In disagreement {disputed:,}", Tone.NOT_MET, icon="disagreement")
        counted = {self.missing: missing, self.comments: comments, self.disputed: disputed}
        stand = Counter(row.status for row in rows)
        for status, chip in self.statuses.items():
            face, number = status_face(status), stand[status]
            chip.set_chip(f"{face.text} {number:,}", face.tone, face.sign, face.icon)
            counted[chip] = number
        self._counted = counted
        self._show_chips()

    def _show_chips(self) -> None:
        """What counts nothing is not offered, unless it filters already."""
        for chip, number in self._counted.items():
            chip.setVisible(bool(number) or chip.isChecked())

    def choose(self, finding: str) -> None:
        """Show and mark it, whatever the filter hides."""
        if finding and self.model.row_of(finding) < 0:
            self.clear_filter()
        self._finding = finding
        self._reselect()
        self.chosen.emit(self._finding)

    def step(self, by: int) -> None:
        rows = self.model.rows
        if rows:
            at = self.model.row_of(self._finding)
            target = 0 if at < 0 else max(0, min(len(rows) - 1, at + by))
            self.choose(rows[target].id)

    def clear_filter(self) -> None:
        for chip in (
            *self.grades.values(),
            *self.statuses.values(),
            self.comments,
            self.missing,
            self.disputed,
        ):
            chip.setChecked(False)
        self.series.setCurrentIndex(0)
        self.search.set_text("")

    def _filter(self) -> None:
        self.model.set_filter(
            Filter(
                frozenset(ident for ident, chip in self.grades.items() if chip.isChecked()),
                frozenset(status for status, chip in self.statuses.items() if chip.isChecked()),
                self.comments.isChecked(),
                str(self.series.currentData() or ""),
                self.missing.isChecked(),
                self.disputed.isChecked(),
                self.search.text(),
            )
        )
        self._show_chips()

    def _nothing_words(self) -> str:
        """Beside a table without any finding the screen says what to do."""
        return "No finding is like that." if self._desk.record.findings() else ""

    def _reselect(self) -> None:
        at = self.model.row_of(self._finding)
        selection = self.view.selectionModel()
        selection.blockSignals(True)
        if at >= 0:
            index = self.model.index(at, 0)
            flags = QItemSelectionModel.SelectionFlag
            selection.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.view.scrollTo(index)
        else:
            selection.clear()
        selection.blockSignals(False)
        self.view.viewport().update()

    def _selected(self) -> None:
        indexes = self.view.selectionModel().selectedRows()
        finding = self.model.rows[indexes[0].row()].id if indexes else ""
        if finding != self._finding:
            self._finding = finding
            self.chosen.emit(finding)


def _counted(grade: Grade, number: int) -> str:
    return f"{grade.label} {number:,}"
