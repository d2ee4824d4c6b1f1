"""Parts that several screens are put together from: scrolling columns, boxes with a label, icons, key hints.

In short:

    ScrollColumn(max_width=1046)         .column: a QVBoxLayout in the middle of a scrolling page
    Field("Network", box, hint="")       label above, box, a line for what is wrong; .refuse(text), .accept()
    IconMark("chevron-right", side=18)   an icon that neither takes the mouse nor the focus
    row(a, b, gap=8)   column(a, b, gap=8)     layouts without margins
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui import icons
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.widgets import field as widgets_field
from qsin_desktop.ui.widgets.drawing import square_in


def row(*widgets: QWidget | QLayout | int, gap: int = 8) -> QHBoxLayout:
    """A number is a stretch."""
    layout = QHBoxLayout()
    _fill(layout, widgets, gap)
    return layout


def column(*widgets: QWidget | QLayout | int, gap: int = 8) -> QVBoxLayout:
    layout = QVBoxLayout()
    _fill(layout, widgets, gap)
    return layout


def _fill(layout: QHBoxLayout | QVBoxLayout, parts: tuple[QWidget | QLayout | int, ...], gap: int) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addStretch(part)


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


class ScrollColumn(QScrollArea):
    """A page that scrolls, its content no wider than reads well and in the middle."""

    def __init__(self, max_width: int = 1046, parent: QWidget | None = None, *, margin: int = 24) -> None:
        super().__init__(parent)
        self._max_width, self._margin = max_width, margin
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        page = QWidget()
        self.column = QVBoxLayout(page)
        self.column.setSpacing(16)
        self.setWidget(page)
        page.setAutoFillBackground(False)
        self._set_margins()

    def bring(self, part: QWidget, *, room: int = 16) -> None:
        """Into view with that much around it, once it has its place on the page."""

        def show() -> None:
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            self.ensureWidgetVisible(part, 0, look_of().px(room))

        QTimer.singleShot(0, part, show)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002  (Qt's name, given by keyword too)
        """Tab brings what it leads to into view; a box that goes with the focus in it moves nothing."""
        before, bar = QApplication.focusWidget(), self.verticalScrollBar()
        place = bar.value()
        moved = super().focusNextPrevChild(next)
        if before is not None and not before.isVisible():
            bar.setValue(place)
        return moved

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_margins()

    def _set_margins(self) -> None:
        spare = (self.viewport().width() - look_of().px(self._max_width)) // 2
        beside = max(self._margin, spare)
        self.column.setContentsMargins(beside, self._margin, beside, self._margin)


class IconMark(QWidget):
    def __init__(
        self, icon: str, side: int = 18, tone: Tone | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._side, self._tone = icon, side, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = look_of().px(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = look_of().palette
        ink = palette.soft_text if self._tone is None else palette.tone(self._tone).fg
        box = square_in(QRectF(self.rect()), look_of().px(self._side))
        icons.draw(QPainter(self), box, self._icon, ink)


class Field(widgets_field.Field):
    """The house's field with words for refusing; a label of "" is left out, the box keeps its name."""

    def __init__(
        self,
        label: str,
        box: QWidget,
        hint: str = "",
        parent: QWidget | None = None,
        *,
        optional: bool = False,
    ) -> None:
        super().__init__(f"{label} (optional)" if optional else label, box, hint=hint, parent=parent)
        self.refused = ""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101  (the house's field is a column)
        layout.addStretch(1)  # beside a taller field the label stays at the top
        first = layout.itemAt(0)
        if not label and first is not None and (words := first.widget()) is not None:
            words.hide()

    def refuse(self, reason: str) -> None:
        """Show why; the focus is moved by whoever knows which field comes first."""
        self.refused = reason
        self.set_refusal(reason)

    def accept(self) -> None:
        if self.refused:
            self.refused = ""
            self.set_refusal("")
