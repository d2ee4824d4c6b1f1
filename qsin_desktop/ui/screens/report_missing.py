"""What stands between the visit and its seal: a list that leads to each place, the seal, what came late."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qsin_desktop.actions.closing import closing_points
from qsin_desktop.domain.progress import missing_in_visit
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui import icons
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import Look, look_of
from qsin_desktop.ui.screens.missing_rows import KINDS, Group, MissingRow, groups_of
from qsin_desktop.ui.screens.report_closing import SealBox
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.card import Card, NoticeBox
from qsin_desktop.ui.widgets.drawing import RIGHT, focus_ring, rounded, square_in, text
from qsin_desktop.ui.words import count

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
OPEN = ROW + 1
_HIGH, _MOST = 38, 9


class MissingModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.groups: tuple[Group, ...] = ()
        self.opened: set[str] = set()
        self.rows: list[MissingRow] = []

    def show(self, groups: tuple[Group, ...]) -> None:
        self.groups = groups
        self._arrange()

    def turn(self, kind: str) -> None:
        """Open a group, or close it."""
        self.opened ^= {kind}
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        self.rows = []
        for group in self.groups:
            self.rows.append(group.head)
            if group.head.kind in self.opened:
                self.rows += group.items
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == OPEN:
            return row.kind in self.opened
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{row.words}, {row.detail}" if row.detail else row.words
        return None


class _MissingDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look_of().px(120), look_of().px(_HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, look = index.data(ROW), look_of()
        rect = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_MouseOver:
            rounded(painter, rect, look.px(6), fill=look.palette.hover)
        elif row.is_group and index.row():
            painter.fillRect(QRectF(rect.x(), rect.y(), rect.width(), 1), look.palette.line)
        left = rect.x() + look.px(2)
        if row.is_group:
            _paint_mark(painter, QRectF(left, rect.y(), look.px(20), rect.height()), row.kind, look)
        inner = rect.adjusted(look.px(30), 0, -look.px(24), 0)
        wide = look.metrics(TextSize.SMALL).horizontalAdvance(row.detail) + 2
        box = QRectF(inner.right() - wide, inner.y(), wide, inner.height())
        text(painter, box, row.detail, look.font(TextSize.SMALL), look.palette.soft_text, RIGHT)
        words = inner.adjusted(0, 0, -wide - look.px(8), 0)
        ink = look.palette.text if row.is_group else look.palette.soft_text
        text(painter, words, row.words, look.font(), ink)
        self._paint_arrow(painter, rect, row, bool(index.data(OPEN)), look)
        if option.state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, rect, look.px(6), look.palette.focus_ring)

    def _paint_arrow(
        self, painter: QPainter, rect: QRectF, row: MissingRow, opened: bool, look: Look
    ) -> None:
        side = look.px(16)
        arrow = QRectF(rect.right() - side - 2, rect.y(), side, rect.height())
        name = ("chevron-up" if opened else "chevron-down") if row.is_group else "chevron-right"
        icons.draw(painter, square_in(arrow, side), name, look.palette.soft_text)


def _paint_mark(painter: QPainter, box: QRectF, kind: str, look: Look) -> None:
    shown = KINDS[kind]
    tone = look.palette.tone(shown.tone)
    disc = square_in(box, look.px(22))
    rounded(painter, disc, disc.width() / 2, fill=tone.wash)
    icons.draw(painter, square_in(disc, look.px(14)), shown.icon, tone.fg)


class MissingList(QListView):
    """Arrows move, Enter or Space opens a group or goes to the place."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows = MissingModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_MissingDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName("What is missing")
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self.take)
        self.rows.modelReset.connect(self._fit)

    def take(self, index: Index) -> None:
        row = self.rows.rows[index.row()]
        if row.place is not None:
            self._desk.go(row.place)
            return
        self.rows.turn(row.kind)
        self.setCurrentIndex(self.rows.index(self.rows.rows.index(row)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.currentIndex().isValid():
                self.take(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        self.setFixedHeight(look_of().px(_HIGH) * min(_MOST, len(self.rows.rows)) + 2)


class MissingCard(Card):
    """The closing gate: its points, and below them the seal; `late` is a card of its own below."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Before you seal", padding=16, parent=parent)
        self._desk = desk
        self.list = MissingList(desk, self)
        self._none = NoticeBox(
            Tone.MET,
            "Nothing is missing",
            "Every criterion is rated, every finding rests on evidence, and everybody has handed in.",
            self,
        )
        self.sealing = SealBox(desk, self)
        self.body.addWidget(self.list)
        self.body.addWidget(self._none)
        self.body.addWidget(self.sealing)
        self.refresh()

    def refresh(self) -> None:
        record, sealed = self._desk.record, self._desk.record.seal is not None
        points = closing_points(self._desk.visit)
        groups = () if sealed else groups_of(record, points, missing_in_visit(record))
        self.list.rows.show(groups)
        self._none.setVisible(not groups and not sealed)
        self.list.setVisible(bool(groups))
        self.sealing.refresh(points)
        self.set_title("The seal" if sealed else "Before you seal")
        stopping = sum(point.blocks for point in points)
        self.set_subtitle(_summary(len(points), stopping) if groups else "")


def _summary(open_points: int, stopping: int) -> str:
    if not open_points:
        return "Nothing holds up the seal."
    stops = f"; {stopping} {'stops' if stopping == 1 else 'stop'} a seal" if stopping else ""
    return f"{count(open_points, 'point')} open{stops}"
