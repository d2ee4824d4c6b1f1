"""The left of the walk: a filter, and the tree of standards with what is known of each criterion.

StandardsPanel(desk)
    .show_spot(spot)         choose this criterion, with the signs of its stage and place
    .step(1 | -1)            the next criterion let through, or the one before
    .next_missing()          the next one that lacks something
    .rated_words             “30 of 96 rated”, empty until they were counted
    chosen = Signal(str)     a person chose this criterion;   counted = Signal()   `rated_words` changed
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.progress import missing_in
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.models.criterion_filter import Filter, let_through, mine
from qsin_desktop.ui.models.criterion_marks import CriterionMarks, Touched
from qsin_desktop.ui.models.standards_model import StandardsModel
from qsin_desktop.ui.panels.spot_panel import SpotPanel
from qsin_desktop.ui.panels.walk_tree import WalkTree
from qsin_desktop.ui.widgets.card import Panel
from qsin_desktop.ui.widgets.empty_state import EmptyState
from qsin_desktop.ui.widgets.segmented_switch import SegmentedSwitch, SwitchItem

_EMPTY = {
    Filter.MINE: (
        "user",
        "No standard is yours yet",
        "On Plan, the standards are shared out among the team.",
    ),
    Filter.OPEN: ("done", "Every criterion is rated", "What else is missing is shown under Missing."),
    Filter.MISSING: ("done", "Nothing is missing", "The report can be made."),
    Filter.FLAGGED: ("flag", "Nothing is flagged", "Press G on a criterion to come back to it."),
}


class StandardsPanel(SpotPanel):
    chosen = Signal(str)
    counted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.marks = CriterionMarks(desk.record)
        self.model = StandardsModel(desk.record, self.marks, self)
        self.filter = SegmentedSwitch("Filter", self)
        self.filter.changed.connect(self._filter_chosen)
        self.tree = WalkTree(self)
        self.tree.setModel(self.model)
        self.tree.restore_folds(self.model)
        self.tree.criterion_chosen.connect(self._row_chosen)
        self._nothing = {f: EmptyState(*words, parent=self) for f, words in _EMPTY.items()}
        self._stack = QStackedWidget(self)
        for widget in (self.tree, *self._nothing.values()):
            self._stack.addWidget(widget)
        self._count_later = QTimer(self)
        self._count_later.setSingleShot(True)
        self._count_later.setInterval(0)
        self._count_later.timeout.connect(self._count)
        self._lay_out()
        self.filter.set_items(self._items())
        self.filter.set_value(Filter.ALL.value)
        self._count_later.start()

    def _lay_out(self) -> None:
        panel = Panel("right", self)
        inset = QHBoxLayout()
        inset.setContentsMargins(11, 0, 11, 0)
        inset.addWidget(self.filter)
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 12, 1, 0)
        column.setSpacing(10)
        column.addLayout(inset)
        column.addWidget(self._stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(panel)

    # ---- the filter ---------------------------------------------------------------------------------

    @property
    def filtered_by(self) -> Filter:
        return Filter(self.filter.value)

    def filter_by(self, chosen: Filter) -> None:
        """What is let through is judged now, and not again while it is being worked on."""
        if self.marks.rated is None:
            self.marks.count_rated()
        self.filter.set_value(chosen.value)
        self.model.show_only(let_through(chosen, self.record, self.marks, self.desk.visit.me))
        self.tree.restore_folds(self.model)
        shown = self.tree if self.model.codes else self._nothing.get(chosen, self.tree)
        self._stack.setCurrentWidget(shown)
        self._select()

    def _filter_chosen(self, ident: str) -> None:
        self.filter_by(Filter(ident))

    def next_filter(self) -> None:
        """The switch takes the focus: arrows go on from there."""
        filters = list(Filter)
        self.filter_by(filters[(filters.index(self.filtered_by) + 1) % len(filters)])

    def _items(self) -> list[SwitchItem]:
        criteria, rated = self.record.pack.criteria, self.marks.rated
        own = mine(self.record, self.desk.visit.me)
        still_open = "" if rated is None else f" {len(criteria) - len(rated)}"
        return [
            SwitchItem(Filter.ALL, f"All {len(criteria)}", tip="Every criterion"),
            SwitchItem(Filter.MINE, f"Mine {len(own)}", tip="Of the standards assigned to you"),
            SwitchItem(Filter.OPEN, f"Open{still_open}", tip="Not yet all rated"),
            SwitchItem(Filter.MISSING, "", icon="warning", tip="With something missing"),
            SwitchItem(Filter.FLAGGED, "", icon="flag", tip="Flagged"),
        ]

    def _show_counts(self) -> None:
        there = self.filter.items()
        changed = [item for item in self._items() if item not in there]
        if changed:
            self.filter.set_item(*changed)
        self.counted.emit()

    def _count(self) -> None:
        if self.marks.rated is None:
            self.marks.count_rated()
            self.model.refresh()
        self._show_counts()

    @property
    def rated_words(self) -> str:
        rated = self.marks.rated
        return "" if rated is None else f"{len(rated)} of {len(self.record.pack.criteria)} rated"

    # ---- showing ------------------------------------------------------------------------------------

    def show_spot(self, spot: RatingKey) -> None:
        self.spot = spot
        self.model.set_current(spot.criterion)
        if self.marks.set_place(spot.stage, spot.site):
            self.model.refresh()
        self._select()

    def refresh(self) -> None:
        self.marks.take_everything()
        self._show_touched(Touched(None))

    def take(self, change: Change, origin: QObject | None) -> None:
        self._show_touched(self.marks.take(change))
        if any(key.type == "standard" for key in change.keys):
            self._count_later.start()

    def _show_touched(self, touched: Touched) -> None:
        if not touched.nothing:
            self.model.refresh(touched.codes)
            self._count_later.start()

    def _select(self) -> None:
        index = self.model.index_of(self.spot.criterion)
        if not index.isValid():
            self.tree.clearSelection()
        elif self.tree.currentIndex() != index or not self.tree.selectionModel().isSelected(index):
            self.tree.show_criterion(index)

    # ---- going about --------------------------------------------------------------------------------

    def _row_chosen(self, index: QModelIndex) -> None:
        code = self.model.code_at(index)
        if code and code != self.spot.criterion:
            self.chosen.emit(code)

    def step(self, by: int) -> None:
        codes = self.model.codes
        here = self._next_place(by)
        if here is not None and 0 <= here < len(codes):
            self.chosen.emit(codes[here])

    def _next_place(self, by: int) -> int | None:
        """Where the filter leaves out the criterion itself, from where it would stand."""
        codes = self.model.codes
        if self.spot.criterion in codes:
            return codes.index(self.spot.criterion) + by
        order = {c.code: at for at, c in enumerate(self.record.pack.criteria)}
        here = order.get(self.spot.criterion, -1)
        before = sum(order[code] < here for code in codes)
        return before if by > 0 else before - 1

    def next_missing(self) -> None:
        """From here on and round; nothing happens when nothing is missing elsewhere."""
        codes = self.model.codes
        at = codes.index(self.spot.criterion) if self.spot.criterion in codes else -1
        for code in (*codes[at + 1 :], *codes[: max(at, 0)]):
            if any(part.holds_up for part in missing_in(self.record, self.record.pack.criterion(code))):
                self.chosen.emit(code)
                return
