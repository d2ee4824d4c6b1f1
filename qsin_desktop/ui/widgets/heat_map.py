"""Standards by place: a sign on a wash in each cell, dashed where nothing is rated; headings stay in sight.

    HeatMap(name="Standards by place", parent=None)
        .set_map(rows, columns, cells)     Sequence[Heading] twice, {(row_id, column_id): Cell};
                                           what has no cell is not rated
        .set_cell(row_id, column_id, cell | None)    repaint one cell
        .current() -> (row_id, column_id) | None     .set_current(row_id, column_id)
        .fit_height(most_rows=12)                    as high as its rows, for use inside a scrolling page
        activated = Signal(str, str)       row id, column id: by click, Enter or Space
    Heading(ident, label, tip="")          Cell(sign, tone, words, mark=False)     mark: the fork of a
                                           disagreement; words are read aloud and shown as tooltip
It is a QTableView: arrows, Home, End, Page keys move; only cells in sight are painted (300 by 31 is quick).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui import icons
from qsin_desktop.ui.look import FollowsLook, Look, look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.drawing import CENTRE, LEFT, focus_ring, rounded, square_in, text
from qsin_desktop.ui.widgets.focus import KeyFocus
from qsin_desktop.ui.widgets.sign import paint_stroke

Index = QModelIndex | QPersistentModelIndex
_CELL = int(Qt.ItemDataRole.UserRole) + 80
_ROW_HIGH, _HEAD_HIGH = 30, 34


@dataclass(frozen=True)
class Heading:
    ident: str
    label: str
    tip: str = ""


@dataclass(frozen=True)
class Cell:
    sign: Sign
    tone: Tone
    words: str = ""
    mark: bool = False


class _Map(QAbstractTableModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Heading] = []
        self.columns: list[Heading] = []
        self.cells: dict[tuple[str, str], Cell] = {}

    def fill(
        self, rows: Sequence[Heading], columns: Sequence[Heading], cells: Mapping[tuple[str, str], Cell]
    ) -> None:
        self.beginResetModel()
        self.rows, self.columns, self.cells = list(rows), list(columns), dict(cells)
        self.endResetModel()

    def put(self, row: str, column: str, cell: Cell | None) -> None:
        if cell is None:
            self.cells.pop((row, column), None)
        else:
            self.cells[row, column] = cell
        place = self.place(row, column)
        if place.isValid():
            self.dataChanged.emit(place, place)

    def place(self, row: str, column: str) -> QModelIndex:
        rows = [heading.ident for heading in self.rows]
        columns = [heading.ident for heading in self.columns]
        if row not in rows or column not in columns:
            return QModelIndex()
        return self.index(rows.index(row), columns.index(column))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.cells.get((self.rows[index.row()].ident, self.columns[index.column()].ident))
        if role == _CELL:
            return cell
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            row, column = self.rows[index.row()], self.columns[index.column()]
            rated = cell.words if cell else "not rated"
            return f"{row.tip or row.label}, {column.tip or column.label}: {rated}"
        return None

    def headerData(
        self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        headings = self.columns if side == Qt.Orientation.Horizontal else self.rows
        if not 0 <= section < len(headings):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return headings[section].label
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return headings[section].tip or headings[section].label
        return None


class _CellPainter(QStyledItemDelegate):
    """Each kind of cell is drawn once for a size, then copied, so that scrolling stays smooth."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._drawn: dict[tuple[object, ...], QPixmap] = {}
        self._look: Look | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, cell, state = look_of(), index.data(_CELL), option.state
        box = option.rect.adjusted(2, 2, -2, -2)
        painter.drawPixmap(
            box.topLeft(), self._picture(cell, box, look, painter.device().devicePixelRatioF())
        )
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, QRectF(option.rect), look.px(6), look.palette.focus_ring)
        elif state & QStyle.StateFlag.State_MouseOver:
            rounded(painter, QRectF(box), look.px(4), edge=look.palette.control_line)

    def _picture(self, cell: Cell | None, box: QRect, look: Look, ratio: float) -> QPixmap:
        if self._look is not look:
            self._look, self._drawn = look, {}
        key = (cell and cell.sign, cell and cell.tone, cell and cell.mark, box.width(), box.height(), ratio)
        if key not in self._drawn:
            self._drawn[key] = _draw_cell(cell, box.size(), look, ratio)
        return self._drawn[key]


def _draw_cell(cell: Cell | None, size: QSize, look: Look, ratio: float) -> QPixmap:
    drawn = QPixmap(size * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter, box = QPainter(drawn), QRectF(0, 0, size.width(), size.height())
    if cell is None or cell.sign is Sign.RING:
        rounded(painter, box, look.px(4), edge=look.palette.control_line, dashed=True)
    else:
        tone = look.palette.tone(cell.tone)
        rounded(painter, box, look.px(4), fill=tone.wash)
        paint_stroke(painter, square_in(box, look.px(20)), cell.sign, tone.fg)
    if cell is not None and cell.mark:
        side = look.px(12)
        corner = QRectF(box.right() - side - look.px(2), box.y() + look.px(2), side, side)
        icons.draw(painter, corner, "disagreement", look.palette.not_met.fg)
    painter.end()
    return drawn


class _Heads(QHeaderView):
    """Quiet headings: columns centred in soft type, rows at the left; elided, the whole as tooltip.

    A column keeps the end of its name as well: sites of one trust often differ at the end alone.
    """

    def __init__(self, side: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(side, parent)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look = look_of()
        painter.fillRect(rect, look.palette.surface)
        words = str(self.model().headerData(section, self.orientation()) or "")
        if self.orientation() == Qt.Orientation.Horizontal:
            area = QRectF(rect).adjusted(4, 0, -4, 0)
            font, ink, align = look.font(TextSize.TINY, Weight.MEDIUM), look.palette.soft_text, CENTRE
            elide = Qt.TextElideMode.ElideMiddle
        else:
            area = QRectF(rect).adjusted(2, 0, -8, 0)
            font, ink, align = look.font(TextSize.LABEL, Weight.MEDIUM), look.palette.text, LEFT
            elide = Qt.TextElideMode.ElideRight
        text(painter, area, words, font, ink, align, elide)


class HeatMap(KeyFocus, FollowsLook, QTableView):
    activated = Signal(str, str)

    def __init__(self, name: str = "Standards by place", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map = _Map(self)
        self.setModel(self._map)
        self.setItemDelegate(_CellPainter(self))
        self.setHorizontalHeader(_Heads(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(_Heads(Qt.Orientation.Vertical, self))
        self.setAccessibleName(name)
        self._set_up()
        self.clicked.connect(self._activate)
        self.follow_now()

    def _set_up(self) -> None:
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def set_map(
        self, rows: Sequence[Heading], columns: Sequence[Heading], cells: Mapping[tuple[str, str], Cell]
    ) -> None:
        kept = self.current()
        self._map.fill(rows, columns, cells)
        self._measure()
        if kept is not None:
            self.set_current(*kept)

    def set_cell(self, row: str, column: str, cell: Cell | None) -> None:
        self._map.put(row, column, cell)

    def current(self) -> tuple[str, str] | None:
        index = self.currentIndex()
        return self._ids(index) if index.isValid() else None

    def set_current(self, row: str, column: str) -> None:
        """Nothing is done for a row or column it does not have."""
        place = self._map.place(row, column)
        if place.isValid():
            self.setCurrentIndex(place)

    def fit_height(self, most_rows: int = 12) -> None:
        look = look_of()
        rows = min(most_rows, max(1, len(self._map.rows)))
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(look.px(_HEAD_HIGH) + rows * look.px(_ROW_HIGH) + bar)

    def _ids(self, index: QModelIndex) -> tuple[str, str]:
        return self._map.rows[index.row()].ident, self._map.columns[index.column()].ident

    def _activate(self, index: QModelIndex) -> None:
        self.activated.emit(*self._ids(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.currentIndex().isValid():
                self._activate(self.currentIndex())
            return
        super().keyPressEvent(event)

    def follow(self, look: Look) -> None:
        self._measure()

    def _measure(self) -> None:
        look = look_of()
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(look.px(_ROW_HIGH))
        columns.setFixedHeight(look.px(_HEAD_HIGH))
        labels = look.metrics(TextSize.LABEL, Weight.MEDIUM)
        widest = max((labels.horizontalAdvance(row.label) for row in self._map.rows), default=0)
        rows.setFixedWidth(min(look.px(260), int(widest) + look.px(14)))
        for section, wide in enumerate(self._widths(look)):
            columns.resizeSection(section, wide)

    def _widths(self, look: Look) -> list[int]:
        """As wide as their headings within bounds; spare room is shared out, half as much again at most."""
        heads = look.metrics(TextSize.TINY, Weight.MEDIUM)
        natural = [
            min(look.px(124), max(look.px(54), int(heads.horizontalAdvance(c.label)) + look.px(16)))
            for c in self._map.columns
        ]
        room = self.width() - self.verticalHeader().width() - self.verticalScrollBar().sizeHint().width() - 2
        stretch = min(1.5, max(1.0, room / sum(natural))) if natural else 1.0
        return [int(wide * stretch) for wide in natural]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def sizeHint(self) -> QSize:
        wide = self.verticalHeader().width() + self.horizontalHeader().length() + 4
        high = look_of().px(_HEAD_HIGH) + self.verticalHeader().length() + 4
        return QSize(min(wide, 1200), min(high, 600))
