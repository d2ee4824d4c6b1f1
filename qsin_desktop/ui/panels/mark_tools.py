"""The tools and colours to draw with on a photo."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qsin_desktop.domain.marks import MarkColour, MarkKind
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.widgets.choice import ChoiceButton, one_tab_stop
from qsin_desktop.ui.widgets.drawing import focus_ring, rounded
from qsin_desktop.ui.widgets.segmented_switch import SegmentedSwitch, SwitchItem

CHOOSE = "choose"
_ICONS = {
    MarkKind.BOX: "box",
    MarkKind.ELLIPSE: "ellipse",
    MarkKind.ARROW: "arrow",
    MarkKind.TEXT: "text",
    MarkKind.REDACT: "redact",
}
_COLOURS = {  # as the report draws them
    MarkColour.RED: QColor(200, 40, 31),
    MarkColour.AMBER: QColor(242, 181, 58),
    MarkColour.GREEN: QColor(27, 115, 70),
    MarkColour.BLUE: QColor(11, 92, 173),
    MarkColour.WHITE: QColor(255, 255, 255),
}


def tool_switch(parent: QWidget) -> SegmentedSwitch:
    switch = SegmentedSwitch("Tool", parent)
    kinds = [
        SwitchItem(kind.value, "Redact" if kind is MarkKind.REDACT else kind.label, icon=_ICONS[kind])
        for kind in MarkKind
    ]
    switch.set_items([SwitchItem(CHOOSE, "Choose", icon="pointer"), *kinds])
    return switch


class _Dot(ChoiceButton):
    ARROWS_CHOOSE = True

    def __init__(self, colour: MarkColour, parent: QWidget) -> None:
        super().__init__(colour.value, "", parent)
        self._colour = _COLOURS[colour]
        self.setAccessibleName(f"{colour.value.capitalize()} marks")
        self.setToolTip(colour.value.capitalize())
        side = look_of().px(32)
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, rect = look_of(), QPainter(self), QRectF(self.rect())
        colours = look.palette
        if self.isChecked():
            rounded(painter, rect.adjusted(1, 1, -1, -1), look.px(8), edge=colours.accent, width=2.0)
        dot = rect.adjusted(look.px(7), look.px(7), -look.px(7), -look.px(7))
        fill = QColor(self._colour)
        if not self.isEnabled():
            fill.setAlpha(90)
        rounded(painter, dot, dot.width() / 2, fill=fill, edge=colours.control_line)
        if self.shows_focus():
            focus_ring(painter, rect, look.px(8), colours.focus_ring)


class ColourRow(QWidget):
    """One of the colours is chosen, red at first."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = MarkColour.RED
        self.setAccessibleName("Colour")
        self._dots = [_Dot(colour, self) for colour in MarkColour]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for dot in self._dots:
            layout.addWidget(dot, 0, Qt.AlignmentFlag.AlignVCenter)
            dot.asked.connect(self._asked)
        self._mark()

    def set_value(self, colour: MarkColour) -> None:
        self.value = colour
        self._mark()

    def _asked(self, ident: str) -> None:
        colour = MarkColour(ident)
        self.set_value(colour)
        self.changed.emit(colour)

    def _mark(self) -> None:
        for dot in self._dots:
            dot.mark(dot.ident == self.value)
        one_tab_stop(list(self._dots))
