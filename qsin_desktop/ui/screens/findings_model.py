"""The table of findings for Qt: filtered and sorted rows, painted grade chips and status."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qsin_desktop.ui import icons
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.finding_face import status_face, status_tip
from qsin_desktop.ui.screens.findings_rows import COLUMNS, Filter, FindingRow, sort_key
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.chip import ChipFace
from qsin_desktop.ui.widgets.drawing import text
from qsin_desktop.ui.words import short_day

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
NUMBER, GRADE, CRITERION, PLACE, DUE, STATUS = range(len(COLUMNS))
_HIGH = 44


class FindingsModel(QAbstractTableModel):
    def __init__(self, grades: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._grades = grades
        self._all: list[FindingRow] = []
        self._filter = Filter()
        self._sorted_by, self._down = NUMBER, False
        self.rows: list[FindingRow] = []

    def show(self, rows: list[FindingRow]) -> None:
        self._all = rows
        self._arrange()

    def set_filter(self, wanted: Filter) -> None:
        self._filter = wanted
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted_by, self._down = max(0, column), order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def row_of(self, finding: str) -> int:
        """-1 when the filter hides it."""
        return next((n for n, row in enumerate(self.rows) if row.id == finding), -1)

    def _arrange(self) -> None:
        self.beginResetModel()
        shown = [row for row in self._all if self._filter.lets(row)]
        self.rows = sorted(shown, key=sort_key(self._sorted_by, self._grades), reverse=self._down)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return COLUMNS[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == ROW:
            return self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _words(self.rows[index.row()], index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(self.rows[index.row()], index.column())
        return None


def _words(row: FindingRow, column: int) -> str:
    return (
        row.number,
        row.grade_words,
        row.criterion,
        row.place,
        short_day(row.due) if row.due else "",
        _status_words(row),
    )[column]


def _status_words(row: FindingRow) -> str:
    comment = "comment on accuracy to answer" if row.comment else ""
    disputed = "in disagreement" if row.disputed else ""
    return ", ".join(filter(None, (status_face(row.status).text, disputed, comment, row.missing)))


def _tip(row: FindingRow, column: int) -> str | None:
    if column == STATUS:
        missing = f"\nStill missing: {row.missing}" if row.missing else ""
        comment = "\nA comment on factual accuracy awaits your word." if row.comment else ""
        disputed = "\nPeople wrote differently of it; settle it on Team." if row.disputed else ""
        return f"{status_tip(row.status)}.{disputed}{comment}{missing}"
    return _words(row, column) if column == PLACE else None


class FindingsDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look_of().px(60), look_of().px(_HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, look = index.data(ROW), look_of()
        colours, rect = look.palette, QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, colours.accent_wash if chosen else colours.surface)
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), colours.line)
        if chosen and index.column() == NUMBER:
            painter.fillRect(QRectF(rect.x(), rect.y(), 3, rect.height()), colours.accent)
        inner = rect.adjusted(look.px(12 if index.column() == NUMBER else 8), 0, -look.px(6), 0)
        if index.column() == GRADE:
            self._paint_grade(painter, inner, row)
        elif index.column() == STATUS:
            self._paint_status(painter, inner, row)
        else:
            weight = Weight.SEMIBOLD if index.column() == NUMBER else Weight.REGULAR
            ink = colours.soft_text if row.withdrawn else colours.text
            words = _words(row, index.column())
            font = look.font(TextSize.BODY, weight)
            font.setStrikeOut(row.withdrawn and index.column() == NUMBER)
            text(painter, inner, words, font, ink)

    def _paint_grade(self, painter: QPainter, inner: QRectF, row: FindingRow) -> None:
        look = look_of()
        face = ChipFace(row.grade_words, row.tone)
        size = face.size(look)
        wide = min(size.width(), inner.width())
        high = look.px(24)
        face.paint(painter, QRectF(inner.x(), inner.center().y() - high / 2, wide, high), look)

    def _paint_status(self, painter: QPainter, inner: QRectF, row: FindingRow) -> None:
        """Behind the status signs: a disagreement, a comment to answer, a gap; which, as a tip."""
        look, face = look_of(), status_face(row.status)
        colours = look.palette
        signs = (
            ("disagreement", colours.not_met.fg, row.disputed),
            ("note", colours.accent, row.comment),
            ("pencil", colours.partly.fg, bool(row.missing)),
        )
        marks = [(name, ink) for name, ink, shown in signs if shown]
        room = inner.width() - look.px(22) * len(marks)
        high, wide = look.px(24), min(face.size(look).width(), room)
        face.paint(painter, QRectF(inner.x(), inner.center().y() - high / 2, wide, high), look)
        side = look.px(16)
        left = inner.x() + wide + look.px(6)
        for name, ink in marks:
            mark = QRectF(left, inner.center().y() - side / 2, side, side)
            icons.draw(painter, mark, name, ink)
            left += look.px(22)
