"""The box of a check, painted in a row of a table as the style sheet draws it elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from qsin_desktop.domain.standards import Sign
from qsin_desktop.ui.look import Look
from qsin_desktop.ui.widgets.drawing import rounded
from qsin_desktop.ui.widgets.sign import paint_stroke


def paint_tick(painter: QPainter, box: QRectF, look: Look, *, on: bool) -> None:
    colours = look.palette
    if on:
        rounded(painter, box, look.px(4), fill=colours.accent)
        paint_stroke(painter, box.adjusted(-1, -1, 1, 1), Sign.TICK, colours.on_accent)
    else:
        rounded(painter, box, look.px(4), fill=colours.surface, edge=colours.control_line)
