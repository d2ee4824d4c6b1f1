"""The tree of series, standards and criteria at the left of the Walk, as a view and its delegate.

    StandardsTree(name="Standards", parent=None)   a QTreeView set up for the delegate; setModel as usual
        criterion_chosen = Signal(QModelIndex)     the current row changed to a criterion, by mouse or keys
    TreeDelegate(view)                             paints rows from the roles in `tree_roles`
Rows are all 34 px high (uniform, so that 300 criteria cost nothing); a press on the chevron opens a standard,
a press on a series heading does too. Left and Right close and open as in every tree.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui import icons
from qsin_desktop.ui.look import FollowsLook, Look, look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.drawing import LEFT, RIGHT, focus_ring, text
from qsin_desktop.ui.widgets.focus import KeyFocus
from qsin_desktop.ui.widgets.sign import paint_sign
from qsin_desktop.ui.widgets.tree_roles import (
    CODE,
    CONFLICT,
    COUNTER,
    EXHIBITS,
    FLAGGED,
    KIND,
    MISSING,
    SIGN,
    TITLE,
    TONE,
    UNCONFIRMED,
    Row,
)

Index = QModelIndex | QPersistentModelIndex
_MARGIN = 14
_CHEVRON = 13


class TreeDelegate(QStyledItemDelegate):
    def __init__(self, view: StandardsTree) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look_of().px(200), look_of().px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, state = look_of(), option.state
        rect = QRectF(option.rect)
        rect.setLeft(0)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, rect, look, selected, bool(state & QStyle.StateFlag.State_MouseOver))
        kind = index.data(KIND)
        inner = rect.adjusted(look.px(_MARGIN), 0, -look.px(_MARGIN), 0)
        if kind is Row.SERIES:
            self._paint_series(painter, inner, index, look)
        elif kind is Row.STANDARD:
            self._paint_standard(painter, inner, index, look)
        else:
            self._paint_criterion(painter, inner, index, look, selected)
        if state & QStyle.StateFlag.State_HasFocus and self._view.shows_focus():
            focus_ring(painter, rect.adjusted(2, 1, -2, -1), look.px(6), look.palette.focus_ring)

    def _paint_ground(self, painter: QPainter, rect: QRectF, look: Look, selected: bool, over: bool) -> None:
        if selected:
            painter.fillRect(rect, look.palette.accent_wash)
            painter.fillRect(QRectF(rect.x(), rect.y(), 3, rect.height()), look.palette.accent)
        elif over:
            painter.fillRect(rect, look.palette.hover)

    def _paint_series(self, painter: QPainter, inner: QRectF, index: Index, look: Look) -> None:
        ink = look.palette.soft_text
        right = self._paint_counter(painter, inner, index, look, ink)
        words = QRectF(inner.x(), inner.y(), right - inner.x(), inner.height())
        font = look.font(TextSize.LABEL, Weight.SEMIBOLD)
        text(painter, words, f"{index.data(CODE) or ''} {index.data(TITLE) or ''}".strip(), font, ink)

    def _paint_standard(self, painter: QPainter, inner: QRectF, index: Index, look: Look) -> None:
        if _has_children(index):
            self._paint_chevron(painter, inner, index, look)
        right = self._paint_marks(painter, inner, index, look, selected=False)
        left = inner.x() + look.px(22)
        self._paint_sign_and_words(painter, inner, left, right, index, look, Weight.MEDIUM)

    def _paint_criterion(
        self, painter: QPainter, inner: QRectF, index: Index, look: Look, selected: bool
    ) -> None:
        right = self._paint_marks(painter, inner, index, look, selected=selected)
        weight = Weight.SEMIBOLD if selected else Weight.REGULAR
        self._paint_sign_and_words(painter, inner, inner.x() + look.px(24), right, index, look, weight)

    def _paint_sign_and_words(
        self,
        painter: QPainter,
        inner: QRectF,
        left: float,
        right: float,
        index: Index,
        look: Look,
        weight: Weight,
    ) -> None:
        side = look.px(18)
        mark = QRectF(left, inner.center().y() - side / 2, side, side)
        sign = Sign(index.data(SIGN) or Sign.RING)  # Qt hands a StrEnum on as a plain string
        paint_sign(painter, mark, sign, Tone(index.data(TONE) or Tone.NOT_APPLICABLE), look)
        query = "? " if index.data(UNCONFIRMED) else " "
        words = f"{index.data(CODE) or ''}{query}{index.data(TITLE) or ''}".strip()
        area = QRectF(mark.right() + look.px(8), inner.y(), right - mark.right() - look.px(8), inner.height())
        text(painter, area, words, look.font(TextSize.BODY, weight), look.palette.text, LEFT)

    def _paint_chevron(self, painter: QPainter, inner: QRectF, index: Index, look: Look) -> None:
        side = look.px(_CHEVRON)
        box = QRectF(inner.x() - 1, inner.center().y() - side / 2, side, side)
        name = "chevron-down" if self._view.isExpanded(here(index)) else "chevron-right"
        icons.draw(painter, box, name, look.palette.soft_text)

    def _paint_marks(
        self, painter: QPainter, inner: QRectF, index: Index, look: Look, *, selected: bool
    ) -> float:
        """From the right: flag, exhibits, missing, disagreement, counter; answers where words must end."""
        colours = look.palette
        right = inner.right()
        if index.data(FLAGGED):
            right = self._mark(painter, inner, right, "flag-filled", "", colours.not_met.fg, look)
        if count := index.data(EXHIBITS):
            ink = colours.accent if selected else colours.soft_text
            right = self._mark(painter, inner, right, "evidence", str(count), ink, look)
        if count := index.data(MISSING):
            right = self._mark(painter, inner, right, "warning", str(count), colours.partly.fg, look)
        if index.data(CONFLICT):
            right = self._mark(painter, inner, right, "disagreement", "", colours.not_met.fg, look)
        if index.data(COUNTER):
            box = QRectF(inner.x(), inner.y(), right - inner.x(), inner.height())
            right = self._paint_counter(painter, box, index, look, colours.soft_text)
        return right - (look.px(4) if right < inner.right() else 0)

    def _mark(
        self, painter: QPainter, inner: QRectF, right: float, icon: str, count: str, ink: QColor, look: Look
    ) -> float:
        font = look.font(TextSize.SMALL, Weight.SEMIBOLD)
        if count:
            wide = look.metrics(TextSize.SMALL, Weight.SEMIBOLD).horizontalAdvance(count) + 1
            text(painter, QRectF(right - wide, inner.y(), wide, inner.height()), count, font, ink)
            right -= wide + look.px(2)
        side = look.px(15)
        icons.draw(painter, QRectF(right - side, inner.center().y() - side / 2, side, side), icon, ink)
        return right - side - look.px(6)

    def _paint_counter(
        self, painter: QPainter, inner: QRectF, index: Index, look: Look, ink: QColor
    ) -> float:
        words = index.data(COUNTER) or ""
        text(painter, inner, words, look.font(TextSize.SMALL, Weight.SEMIBOLD), ink, RIGHT)
        wide = look.metrics(TextSize.SMALL, Weight.SEMIBOLD).horizontalAdvance(words)
        return inner.right() - (wide + look.px(8) if words else 0)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A press on the chevron, or anywhere on a series, opens and closes."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            chevron = event.position().x() < look_of().px(_MARGIN + _CHEVRON + 6)
            kind = index.data(KIND)
            if _has_children(index) and (kind is Row.SERIES or (kind is Row.STANDARD and chevron)):
                place = here(index)
                self._view.setExpanded(place, not self._view.isExpanded(place))
                return True
        return super().editorEvent(event, model, option, index)


class StandardsTree(KeyFocus, FollowsLook, QTreeView):
    criterion_chosen = Signal(QModelIndex)

    def __init__(self, name: str = "Standards", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(TreeDelegate(self))
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.data(KIND) is Row.CRITERION:
            self.criterion_chosen.emit(here(current))

    def follow(self, look: Look) -> None:
        self.scheduleDelayedItemsLayout()


def here(index: Index) -> QModelIndex:
    """The same place as a plain index."""
    return index.model().index(index.row(), index.column(), index.parent())


def _has_children(index: Index) -> bool:
    return index.model().hasChildren(here(index))
