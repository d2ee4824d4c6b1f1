"""Standards by site as a heat map, and what that comes to for the network, series by series."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from qsin_desktop.domain.visits import Stage
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import WALK, Place
from qsin_desktop.ui.screens.heat_cells import cells_of, columns_of, first_to_see, parts_of, rows_of
from qsin_desktop.ui.screens.parts import row
from qsin_desktop.ui.widgets.bar_by_rating import BarByRating, RatingLegend
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.heat_map import HeatMap
from qsin_desktop.ui.widgets.label import ElidedLabel, Label
from qsin_desktop.ui.widgets.segmented_switch import SegmentedSwitch, SwitchItem

_MOST_ROWS = 14


class MapCard(Card):
    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Standards by site", padding=16, parent=parent)
        self._desk = desk
        self.stage = SegmentedSwitch("Stage", self)
        self.stage.set_items([SwitchItem(stage.value, stage.label) for stage in Stage])
        self.stage.set_value(Stage.SITE.value)
        self.stage.changed.connect(lambda _stage: self.refresh())
        self.map = HeatMap("Standards by site", self)
        self.map.activated.connect(self._go)
        self.set_header_widget(self.stage)
        self.body.addWidget(self.map)
        self.refresh()

    @property
    def chosen_stage(self) -> Stage:
        return Stage(self.stage.value)

    def refresh(self) -> None:
        record = self._desk.record
        self.map.set_map(rows_of(record), columns_of(record), cells_of(record, self.chosen_stage))
        self.map.fit_height(_MOST_ROWS)

    def _go(self, standard: str, place: str) -> None:
        record, stage = self._desk.record, self.chosen_stage
        criterion = first_to_see(record, record.pack.standard(standard), stage, place)
        self._desk.go(Place(WALK, criterion.code, stage, place))


class SeriesCard(Card):
    """The network's ratings on site."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("The network, by series", padding=16, parent=parent)
        self._desk = desk
        self.legend = RatingLegend(self)
        self.bars: dict[str, BarByRating] = {}
        self._counts: dict[str, Label] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 4)
        for line, series in enumerate(desk.record.pack.series):
            bar = self.bars[series.code] = BarByRating(self)
            count = self._counts[series.code] = Label("", soft=True, parent=self)
            grid.addWidget(ElidedLabel(f"{series.code} {series.title}", parent=self), line, 0)
            grid.addWidget(bar, line, 1, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(count, line, 2)
        self.body.setSpacing(14)
        self.body.addLayout(grid)
        self.body.addLayout(row(self.legend))
        self.refresh()

    def refresh(self) -> None:
        record = self._desk.record
        for series in record.pack.series:
            criteria = [c for standard in series.standards for c in standard.criteria]
            parts, unrated = parts_of(record, criteria, Stage.SITE)
            self.bars[series.code].set_parts(parts, len(criteria), series.title)
            self._counts[series.code].setText(f"{len(criteria) - unrated} of {len(criteria)}")
        parts, unrated = parts_of(record, record.pack.criteria, Stage.SITE)
        self.legend.set_parts(parts, unrated)
