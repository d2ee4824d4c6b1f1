"""The differences that a returned workbook brings, as rows to tick; painted, so that thousands scroll."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qsin_desktop.actions.returning import Difference
from qsin_desktop.domain.responses import Response
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui import icons
from qsin_desktop.ui.look import Look, look_of
from qsin_desktop.ui.screens.tick_mark import paint_tick
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.drawing import focus_ring, square_in, text
from qsin_desktop.ui.words import day_in_words

Index = QModelIndex | QPersistentModelIndex
TICK, NUMBER, ANSWER, BEFORE, AFTER = range(5)
COLUMNS = ("", "Finding", "Answer", "Stands now", "In the workbook")
ROW = int(Qt.ItemDataRole.UserRole)
HIGH = 40


def answer_words(column: Response, text: str) -> str:
    """As it is shown: a day in words, all else as it was written."""
    if column.is_date:
        with suppress(ValueError):
            return day_in_words(date.fromisoformat(text))
    return text


@dataclass(frozen=True)
class Sieve:
    """Which differences are listed. `over`: only those that take the place of something."""

    over: bool = False
    remarked: bool = False
    words: str = ""

    def lets(self, difference: Difference) -> bool:
        if (self.over and not difference.before) or (self.remarked and not difference.remark):
            return False
        wanted = self.words.casefold().split()
        said = f"{difference.number} {difference.column.heading} {difference.before} {difference.after}"
        return all(word in said.casefold() for word in wanted)


class DifferencesModel(QAbstractTableModel):
    """All are ticked at first. What a filter hides keeps its tick."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.all: tuple[Difference, ...] = ()
        self._sieve = Sieve()
        self._chosen: set[int] = set()
        self._shown: list[int] = []

    def show(self, differences: tuple[Difference, ...], *, again: bool = False) -> None:
        """`again`: of the same file; what was unticked stays so."""
        before = enumerate(self.all) if again else ()
        left = {(d.finding, d.column) for n, d in before if n not in self._chosen}
        self.all = differences
        self._chosen = {n for n, d in enumerate(differences) if (d.finding, d.column) not in left}
        self._arrange()

    def set_sieve(self, sieve: Sieve) -> None:
        self._sieve = sieve
        self._arrange()

    @property
    def chosen(self) -> tuple[Difference, ...]:
        return tuple(self.all[n] for n in sorted(self._chosen))

    @property
    def chosen_shown(self) -> int:
        return sum(n in self._chosen for n in self._shown)

    def difference(self, row: int) -> Difference | None:
        return self.all[self._shown[row]] if 0 <= row < len(self._shown) else None

    def turn(self, row: int) -> None:
        """Tick or untick one."""
        self._chosen ^= {self._shown[row]}
        self.dataChanged.emit(self.index(row, 0), self.index(row, AFTER))
        self.ticked.emit()

    def tick_shown(self, on: bool) -> None:
        """All that the filter lets through."""
        self._chosen = self._chosen | set(self._shown) if on else self._chosen - set(self._shown)
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, AFTER))
        self.ticked.emit()

    def _arrange(self) -> None:
        self.beginResetModel()
        self._shown = [n for n, difference in enumerate(self.all) if self._sieve.lets(difference)]
        self.endResetModel()
        self.ticked.emit()

    # ---- for Qt -------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == TICK else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        difference = self.difference(index.row())
        if difference is None:
            return None
        if role == ROW:
            return difference
        on = self._shown[index.row()] in self._chosen
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == TICK:
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == TICK:
            return f"{difference.number} {difference.column.heading}, {'' if on else 'not '}chosen"
        if role == Qt.ItemDataRole.DisplayRole:
            return row_words(difference, index.column())
        return None


def row_words(difference: Difference, column: int) -> str:
    return (
        "",
        difference.number,
        difference.column.heading,
        answer_words(difference.column, difference.before),
        answer_words(difference.column, difference.after),
    )[column]


class DifferencesDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look_of().px(60), look_of().px(HIGH))

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click on the box ticks it; elsewhere in the row it only shows the difference."""
        if (
            index.column() == TICK
            and isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and isinstance(model, DifferencesModel)
        ):
            model.turn(index.row())
            return True
        return False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        difference, look, rect = index.data(ROW), look_of(), QRectF(option.rect)
        colours = look.palette
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, colours.accent_wash if chosen else colours.surface)
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), colours.line)
        if index.column() == TICK:
            on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            paint_tick(painter, square_in(rect, look.px(18)), look, on=on)
            if chosen and option.state & QStyle.StateFlag.State_HasFocus:
                focus_ring(painter, square_in(rect, look.px(28)), look.px(6), colours.focus_ring)
            return
        inner = rect.adjusted(look.px(8), 0, -look.px(8), 0)
        if index.column() == AFTER and difference.remark:
            inner = self._paint_remark(painter, inner, look)
        words = " ".join(row_words(difference, index.column()).split())
        weight = Weight.SEMIBOLD if index.column() == NUMBER else Weight.REGULAR
        soft = index.column() == BEFORE or (index.column() == AFTER and not words)
        words = words or ("Nothing yet" if index.column() == BEFORE else "")
        ink = colours.soft_text if soft else colours.text
        text(painter, inner, words, look.font(TextSize.BODY, weight), ink)

    def _paint_remark(self, painter: QPainter, inner: QRectF, look: Look) -> QRectF:
        """A sign at the right that there is something to know; answers the room left of it."""
        side = look.px(16)
        mark = QRectF(inner.right() - side, inner.center().y() - side / 2, side, side)
        icons.draw(painter, mark, "info", look.palette.tone(Tone.PARTLY).fg)
        return inner.adjusted(0, 0, -side - look.px(6), 0)
