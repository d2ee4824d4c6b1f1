"""The rail at the left of a visit: an icon over a word, a badge with a number, one chosen.

NavigationRail(items, parent=None)           items: Sequence[RailItem]
    .set_value(ident)   .value
    .set_badge(ident, count, what="")        0 takes it away; what names the things for screen readers
    chosen = Signal(str)                     a person chose; already marked when it is emitted
RailItem(ident, label, icon, tip="", at_foot=False)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui import icons
from qsin_desktop.ui.look import Look, look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.chip import paint_badge
from qsin_desktop.ui.widgets.choice import ChoiceButton, one_tab_stop
from qsin_desktop.ui.widgets.drawing import CENTRE, focus_ring, rounded, text


@dataclass(frozen=True)
class RailItem:
    ident: str
    label: str
    icon: str
    tip: str = ""
    at_foot: bool = False


class RailButton(ChoiceButton):
    ARROWS_CHOOSE = True

    def __init__(self, item: RailItem, parent: QWidget) -> None:
        super().__init__(item.ident, item.label, parent)
        self.item = item
        self.setToolTip(item.tip)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_badge(0)

    def set_badge(self, count: int, what: str = "") -> None:
        self._count = count
        counted = f", {count} {what}".rstrip() if count else ""
        self.setAccessibleName(f"{self.item.label}{counted}")
        self.update()

    def sizeHint(self) -> QSize:
        look = look_of()
        words = look.metrics(TextSize.SMALL, Weight.SEMIBOLD).horizontalAdvance(self.item.label)
        return QSize(max(look.px(59), int(words + 2) + look.px(4)), look.px(56))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, rect = look_of(), QPainter(self), QRectF(self.rect())
        self._paint_ground(painter, rect, look)
        side, ink = look.px(21), self._ink(look)
        icon = QRectF(rect.center().x() - side / 2, rect.y() + look.px(9), side, side)
        icons.draw(painter, icon, self.item.icon, ink)
        weight = Weight.SEMIBOLD if self.isChecked() else Weight.REGULAR
        words = QRectF(rect.x(), icon.bottom() + look.px(2), rect.width(), look.px(18))
        text(painter, words, self.item.label, look.font(TextSize.SMALL, weight), ink, CENTRE)
        if self._count:
            corner = QPointF(icon.right() + look.px(8), rect.y() + look.px(4))
            paint_badge(painter, corner, self._count, Tone.NOT_MET, look)

    def _paint_ground(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        if self.isChecked():
            rounded(painter, rect, look.px(8), fill=look.palette.accent_wash)
        elif self.underMouse():
            rounded(painter, rect, look.px(8), fill=look.palette.hover)
        if self.shows_focus():
            focus_ring(painter, rect, look.px(8), look.palette.focus_ring)

    def _ink(self, look: Look) -> QColor:
        if not self.isEnabled():
            return look.palette.disabled_text
        return look.palette.accent if self.isChecked() else look.palette.soft_text


class NavigationRail(QWidget):
    chosen = Signal(str)

    def __init__(self, items: Sequence[RailItem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = ""
        self._buttons = [RailButton(item, self) for item in items]
        self.setAccessibleName("Parts of the visit")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 9, 12)
        column.setSpacing(4)
        for button in self._buttons:
            if not button.item.at_foot:
                column.addWidget(button)
        column.addStretch(1)
        for button in self._buttons:
            if button.item.at_foot:
                column.addWidget(button)
            button.asked.connect(self._asked)
        one_tab_stop(list(self._buttons))

    def set_value(self, ident: str) -> None:
        self.value = ident
        for button in self._buttons:
            button.mark(button.ident == ident)
        one_tab_stop(list(self._buttons))

    def set_badge(self, ident: str, count: int, what: str = "") -> None:
        self.button(ident).set_badge(count, what)

    def button(self, ident: str) -> RailButton:
        return next(b for b in self._buttons if b.ident == ident)

    def _asked(self, ident: str) -> None:
        if ident != self.value:
            self.set_value(ident)
            self.chosen.emit(ident)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), look_of().palette
        painter.fillRect(self.rect(), colours.surface)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colours.line)
