"""What the search field found, below it: arrows choose, Enter goes there, Esc goes back to the work."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qsin_desktop.actions.searching import MARKS, Result, search
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui import icons
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import Look, look_of
from qsin_desktop.ui.places import place_of_result
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.announce import announce
from qsin_desktop.ui.widgets.drawing import rounded, square_in, text
from qsin_desktop.ui.widgets.label import Label
from qsin_desktop.ui.widgets.search_box import SearchBox
from qsin_desktop.ui.words import count

_PAUSE = 120  # milliseconds after a key
_ROW, _ROWS, _WIDTH = 50, 8, 520
_NOT_LEFT = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_ICONS = {
    "criterion": "list-checks",
    "note": "note",
    "rating": "check",
    "finding": "findings",
    "exhibit": "image",
    "link": "link",
    "site": "site",
    "person": "user",
    "visit": "info",
}

Index = QModelIndex | QPersistentModelIndex


class Results(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.results: Sequence[Result] = ()

    def show(self, results: Sequence[Result]) -> None:
        self.beginResetModel()
        self.results = results
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.results)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.UserRole:
            return self.results[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            result = self.results[index.row()]
            return f"{result.title}. {_plain(result.excerpt)}"
        return None


class _ResultDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look_of().px(240), look_of().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        result = index.data(Qt.ItemDataRole.UserRole)
        look, rect = look_of(), QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            rounded(painter, rect.adjusted(4, 2, -4, -2), look.px(8), fill=look.palette.accent_wash)
        self._paint_result(painter, rect.adjusted(look.px(14), 0, -look.px(14), 0), result, look)

    def _paint_result(self, painter: QPainter, inner: QRectF, result: Result, look: Look) -> None:
        side = look.px(18)
        mark = QRectF(inner.x(), inner.y(), side, inner.height())
        icons.draw(painter, square_in(mark, side), _ICONS.get(result.kind, "search"), look.palette.soft_text)
        words = inner.adjusted(look.px(30), look.px(6), 0, -look.px(6))
        half = words.height() / 2
        first = QRectF(words.x(), words.y(), words.width(), half)
        text(painter, first, result.title, look.font(TextSize.BODY, Weight.MEDIUM), look.palette.text)
        _paint_excerpt(painter, first.translated(0, half), result.excerpt, look)


class SearchPopup(QWidget):
    """Lies over the screen below `box`; hidden while the box is empty or has not the focus."""

    gone = Signal()
    """The person went to a result or back: the focus belongs to the screen again."""

    def __init__(self, desk: Desk, box: SearchBox, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self._desk, self._box = desk, box
        self._model = Results(self)
        self.list = QListView(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_ResultDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("Found")
        self.list.setMouseTracking(True)
        self.list.clicked.connect(lambda index: self._go(index.row()))
        self._none = Label("", soft=True, parent=self)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_PAUSE)
        self._clock.timeout.connect(self._look)
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 8, 6, 8)
        column.setSpacing(4)
        self._none.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self._none)
        column.addWidget(self.list)

    def _connect(self) -> None:
        self._box.text_changed.connect(self._typed)
        self._box.stepped.connect(self._step)
        self._box.submitted.connect(lambda _words: self._submit())
        self._box.left.connect(self._leave)
        self._box.edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Closed when the person goes on elsewhere, and back with what was found when they come back."""
        if isinstance(event, QFocusEvent) and event.reason() not in _NOT_LEFT:
            if event.type() is QEvent.Type.FocusOut:
                self._clock.stop()
                self.hide()
            elif self._box.text().strip():
                self._clock.start()
        return super().eventFilter(watched, event)

    @property
    def results(self) -> Sequence[Result]:
        return self._model.results

    def _typed(self, words: str) -> None:
        if words.strip():
            self._clock.start()
        else:
            self._clock.stop()
            self.hide()

    def _look(self) -> None:
        self._clock.stop()
        try:
            found = search(self._desk.visit, self._box.text())
        except Refusal as refusal:
            self._desk.messages.refused(refusal)
            return
        self._model.show(found)
        self._none.setText(f"Nothing holds “{self._box.text().strip()}”.")
        self._none.setVisible(not found)
        self.list.setVisible(bool(found))
        if found:
            self.list.setCurrentIndex(self._model.index(0))
        self._place(len(found))
        announce(self, count(len(found), "result"))

    def _place(self, rows: int) -> None:
        look = look_of()
        wide = min(look.px(_WIDTH), self._ground.width() - 24)
        high = look.px(_ROW) * min(rows, _ROWS) + 20 if rows else look.px(56)
        corner = self._box.mapTo(self._ground, QPoint(self._box.width(), self._box.height() + 6))
        self.setGeometry(max(12, corner.x() - wide), corner.y(), wide, high)
        self.raise_()
        self.show()

    def _step(self, by: int) -> None:
        if self._model.results:
            at = self.list.currentIndex().row() + by
            self.list.setCurrentIndex(self._model.index(at % len(self._model.results)))

    def _submit(self) -> None:
        if self._clock.isActive() or not self.isVisible():
            self._look()
        if self._model.results:
            self._go(max(0, self.list.currentIndex().row()))

    def _go(self, row: int) -> None:
        place = place_of_result(self._model.results[row])
        self._box.set_text("")
        self.hide()
        self._desk.go(place)
        self.gone.emit()

    def _leave(self) -> None:
        self.hide()
        self.gone.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = look_of()
        edge = look.palette.control_line if look.palette.dark else look.palette.line
        rounded(QPainter(self), QRectF(self.rect()), look.px(10), fill=look.palette.surface, edge=edge)


def _plain(excerpt: str) -> str:
    return excerpt.replace(MARKS[0], "").replace(MARKS[1], "")


def _paint_excerpt(painter: QPainter, box: QRectF, excerpt: str, look: Look) -> None:
    """Found words stand out by weight and colour."""
    left = box.x()
    for number, part in enumerate(excerpt.replace("\n", " ").replace(MARKS[1], MARKS[0]).split(MARKS[0])):
        found = number % 2 == 1
        weight = Weight.SEMIBOLD if found else Weight.REGULAR
        wide = look.metrics(TextSize.LABEL, weight).horizontalAdvance(part)
        room = QRectF(left, box.y(), min(wide + 1, box.right() - left), box.height())
        if room.width() <= 0:
            return
        ink = look.palette.accent if found else look.palette.soft_text
        text(painter, room, part, look.font(TextSize.LABEL, weight), ink)
        left += wide
