"""The differences of a returned workbook: filters and ticks above, a table, the chosen row in full beside."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qsin_desktop.actions.returning import Difference
from qsin_desktop.domain.responses import Response
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.parts import ScrollColumn, column
from qsin_desktop.ui.screens.returned_model import (
    AFTER,
    ANSWER,
    BEFORE,
    HIGH,
    NUMBER,
    TICK,
    DifferencesDelegate,
    DifferencesModel,
    Sieve,
    answer_words,
)
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.card import NoticeBox, Panel
from qsin_desktop.ui.widgets.chip import ChipButton
from qsin_desktop.ui.widgets.flow_layout import FlowLayout
from qsin_desktop.ui.widgets.label import Label, Paragraph, field_label
from qsin_desktop.ui.widgets.nothing_listed import NothingListed
from qsin_desktop.ui.widgets.search_box import SearchBox
from qsin_desktop.ui.words import count

_WIDTHS = {TICK: 58, NUMBER: 76, BEFORE: 190}
_BESIDE_WORDS = 20  # what the delegate leaves free beside them, and a little
_BESIDE, _ROOM_FOR_BEFORE = 360, 660


class DifferencesTable(QTableView):
    """Arrows go from row to row, Space ticks."""

    def __init__(self, model: DifferencesModel, parent: QWidget) -> None:
        super().__init__(parent)
        look = look_of()
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(DifferencesDelegate(self))
        self.setAccessibleName("Differences")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.px(HIGH))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(look.px(40))
        for section, width in _WIDTHS.items():
            header.resizeSection(section, look.px(width))
        header.resizeSection(ANSWER, _answer_width())
        header.setSectionResizeMode(AFTER, QHeaderView.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What stands now is told beside the table as well."""
        super().resizeEvent(event)
        self.setColumnHidden(BEFORE, self.width() < look_of().px(_ROOM_FOR_BEFORE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._rows.turn(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


def _answer_width() -> int:
    """Every heading shows whole, at every size of text."""
    look = look_of()
    metrics = QFontMetrics(look.font(TextSize.BODY))
    return max(metrics.horizontalAdvance(column.heading) for column in Response) + look.px(_BESIDE_WORDS)


class DifferenceInFull(Panel):
    """One difference with all its words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("left", parent)
        page = ScrollColumn(1000, self, margin=20)
        self._head = Label("", TextSize.HEADING, Weight.SEMIBOLD, parent=self)
        self._before = Paragraph("", soft=True, selectable=True, parent=self)
        self._after = Paragraph("", selectable=True, parent=self)
        self._remark = NoticeBox(Tone.PARTLY, "", "", self)
        for part in (
            self._head,
            column(field_label("Stands now", parent=self), self._before, gap=4),
            column(field_label("In the workbook", parent=self), self._after, gap=4),
            self._remark,
        ):
            if isinstance(part, QWidget):
                page.column.addWidget(part)
            else:
                page.column.addLayout(part)
        page.column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.addWidget(page)

    def show_difference(self, difference: Difference | None) -> None:
        self.setVisible(difference is not None)
        if difference is None:
            return
        kind = difference.column
        self._head.setText(f"{difference.number}  {kind.heading}")
        self._before.setText(answer_words(kind, difference.before) or "Nothing yet")
        self._after.setText(answer_words(kind, difference.after))
        self._remark.setVisible(bool(difference.remark))
        self._remark.set_words("How it was read", difference.remark)


class DifferencesPage(QWidget):
    chosen_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.model = DifferencesModel(self)
        self.view = DifferencesTable(self.model, self)
        self.whole = DifferenceInFull(self)
        self.whole.setFixedWidth(look_of().px(_BESIDE))
        self.all = QCheckBox("", self)
        self.all.setTristate(True)
        self.search = SearchBox("Words in an answer", "", self)
        self.over = self._chip(Tone.NOT_MET)
        self.remarked = self._chip(Tone.PARTLY)
        self._lay_out()
        self._connect()
        self.nothing = NothingListed(
            self.view, lambda: "No difference is like that." if self.model.all else ""
        )

    def _chip(self, tone: Tone) -> ChipButton:
        chip = ChipButton("", tone, parent=self)
        chip.setCheckable(True)
        chip.toggled.connect(lambda _on: self._sift())
        return chip

    def _lay_out(self) -> None:
        filters = FlowLayout(gap=10, line_gap=6)
        for part in (self.all, self.search, self.over, self.remarked):
            filters.addWidget(part)
        filters.setContentsMargins(16, 0, 16, 0)
        self.search.setMinimumWidth(look_of().px(200))
        for before, after in pairwise((self.all, self.search, self.over, self.remarked, self.view)):
            QWidget.setTabOrder(before, after)
        left = column(filters, self.view, gap=8)
        left.setStretch(1, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left, 1)
        layout.addWidget(self.whole)

    def _connect(self) -> None:
        self.all.clicked.connect(lambda _on: self.turn_all())
        self.search.text_changed.connect(lambda _words: self._sift())
        self.search.left.connect(self.view.setFocus)
        self.model.ticked.connect(self._show_ticks)
        self.model.modelReset.connect(self._first)
        self.view.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_current())

    # ---- what is shown ------------------------------------------------------------------------------

    def show_differences(self, differences: tuple[Difference, ...], *, again: bool = False) -> None:
        """`again`: another look at the same file, which keeps ticks, filter and search."""
        if not again:
            for chip in (self.over, self.remarked):
                chip.setChecked(False)
            self.search.set_text("")
        over, remarked = sum(bool(d.before) for d in differences), sum(bool(d.remark) for d in differences)
        self.over.set_chip(f"Replaces what stands {over:,}", Tone.NOT_MET)
        self.remarked.set_chip(f"With a remark {remarked:,}", Tone.PARTLY)
        for chip, found in ((self.over, over), (self.remarked, remarked)):
            chip.setVisible(bool(found))
            chip.setChecked(chip.isChecked() and bool(found))  # a filter that nobody sees must not hold
        self.model.show(differences, again=again)

    def turn_all(self) -> None:
        """Untick all that are listed once all of them are ticked, else tick them."""
        self.model.tick_shown(self.model.chosen_shown < self.model.rowCount())

    def _sift(self) -> None:
        self.model.set_sieve(Sieve(self.over.isChecked(), self.remarked.isChecked(), self.search.text()))

    def _show_ticks(self) -> None:
        chosen, shown = self.model.chosen_shown, self.model.rowCount()
        state = Qt.CheckState.Checked if chosen == shown else Qt.CheckState.PartiallyChecked
        self.all.setCheckState(state if chosen else Qt.CheckState.Unchecked)
        self.all.setText(f"{chosen:,} of {count(shown, 'difference')} chosen")
        self.chosen_changed.emit()

    def _first(self) -> None:
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0, NUMBER))
        self._show_current()

    def _show_current(self) -> None:
        self.whole.show_difference(self.model.difference(self.view.currentIndex().row()))
