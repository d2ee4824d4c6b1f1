"""What a returned workbook says besides answers: cells altered outside their columns, and remarks to read."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qsin_desktop.actions.returning import About, ReturnPreview
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui import icons
from qsin_desktop.ui.look import Look, look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.drawing import focus_ring, rounded, square_in
from qsin_desktop.ui.widgets.label import soft

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
_LONGEST = 600  # characters of a cell's words that are shown
_MARK, _PAD, _GAP = 22, 12, 10


@dataclass(frozen=True)
class ToldRow:
    """`head` stands in bold above the words; it may be empty."""

    head: str
    words: str
    tone: Tone
    icon: str


_KINDS = {
    About.FILE: (Tone.PARTLY, "file"),
    About.ROUND: (Tone.PARTLY, "history"),
    About.COLUMNS: (Tone.PARTLY, "table"),
    About.ROWS: (Tone.PARTLY, "list"),
    About.CELL: (Tone.ACCENT, "info"),
    About.NOT_READ: (Tone.NOT_MET, "refusal"),
}


def remark_rows(preview: ReturnPreview) -> list[ToldRow]:
    """What was not read first, then the rest in the order of the file."""
    ordered = sorted(preview.remarks, key=lambda remark: remark.about is not About.NOT_READ)
    return [ToldRow("", remark.words, *_KINDS[remark.about]) for remark in ordered]


def altered_rows(preview: ReturnPreview) -> list[ToldRow]:
    rows = []
    for cell in preview.back.alterations:
        before, after = _short(cell.before) or "empty", _short(cell.after) or "empty"
        words = f"In the workbook: {after}"
        if cell.told_before:
            words = f"In the visit: {before}\n{words}"
        if cell.doubt:
            words += f"\n{cell.doubt[:1].upper()}{cell.doubt[1:]}."
        tone = Tone.PARTLY if cell.certain else Tone.NOT_APPLICABLE
        rows.append(ToldRow(cell.where, words, tone, "pencil"))
    return rows


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


class ToldModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[ToldRow] = []

    def show(self, rows: list[ToldRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.head}: {row.words}" if row.head else row.words
        return None


class _ToldDelegate(QStyledItemDelegate):
    """Rows as high as their words need; heights are kept, for the view asks often."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[ToldRow, int], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row, wide = index.data(ROW), self._view.viewport().width()
        key = (row, wide)
        if key not in self._heights:
            look = look_of()
            inner = wide - look.px(2 * _PAD + _MARK + _GAP)
            high = (
                look.metrics().boundingRect(QRectF(0, 0, max(80, inner), 10_000), _WRAP, row.words).height()
            )
            high += look.metrics(TextSize.BODY, Weight.SEMIBOLD).height() + 3 if row.head else 0
            self._heights[key] = int(high) + look.px(2 * _PAD) + 1
        return QSize(wide, self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, look, rect = index.data(ROW), look_of(), QRectF(option.rect)
        if index.row():
            painter.fillRect(QRectF(rect.x(), rect.y(), rect.width(), 1), look.palette.line)
        inner = rect.adjusted(look.px(_PAD), look.px(_PAD), -look.px(_PAD), -look.px(_PAD) + 1)
        self._paint_mark(painter, inner, row, look)
        words = inner.adjusted(look.px(_MARK + _GAP), 0, 0, 0)
        if row.head:
            font = look.font(TextSize.BODY, Weight.SEMIBOLD)
            painter.setFont(font)
            painter.setPen(look.palette.text)
            high = look.metrics(TextSize.BODY, Weight.SEMIBOLD).height()
            painter.drawText(QRectF(words.x(), words.y(), words.width(), high), row.head)
            words = words.adjusted(0, high + 3, 0, 0)
        painter.setFont(look.font())
        painter.setPen(look.palette.soft_text if row.head else look.palette.text)
        option_ = QTextOption()
        option_.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        painter.drawText(words, row.words, option_)
        if option.state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, rect, look.px(6), look.palette.focus_ring)

    def _paint_mark(self, painter: QPainter, inner: QRectF, row: ToldRow, look: Look) -> None:
        side = look.px(_MARK)
        disc = QRectF(inner.x(), inner.y() - 2, side, side)
        tone = look.palette.tone(row.tone)
        rounded(painter, disc, side / 2, fill=tone.wash)
        icons.draw(painter, square_in(disc, look.px(14)), row.icon, tone.fg)


_WRAP = int(Qt.TextFlag.TextWrapAnywhere) | int(Qt.TextFlag.TextWordWrap)


class ToldList(QListView):
    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = ToldModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_ToldDelegate(self))
        self.setAccessibleName(name)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(200)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class ToldPage(QWidget):
    """A sentence that says what the list is, and the list."""

    def __init__(self, name: str, sentence: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.list = ToldList(name, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 0, 20, 12)
        layout.setSpacing(8)
        layout.addWidget(soft(sentence, self))
        layout.addWidget(self.list, 1)
