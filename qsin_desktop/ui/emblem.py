"""The program's emblem: a tick on a blue ground, drawn, so that it is sharp at every size."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap, QPolygonF

from qsin_desktop.ui.palette import LIGHT

_SIDES = (16, 24, 32, 48, 64, 128, 256)


def emblem() -> QIcon:
    icon = QIcon()
    for side in _SIDES:
        icon.addPixmap(emblem_pixmap(side))
    return icon


def emblem_pixmap(side: int, ratio: float = 1.0) -> QPixmap:
    """`side` in device-independent pixels."""
    drawn = QPixmap(round(side * ratio), round(side * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(LIGHT.accent)
    painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.22, side * 0.22)
    pen = QPen(LIGHT.on_accent, side * 0.085)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(side * 0.2, side * 0.2, side * 0.6, side * 0.6), 60 * 16, 300 * 16)
    tick = [QPointF(side * x, side * y) for x, y in ((0.36, 0.5), (0.48, 0.62), (0.8, 0.27))]
    painter.drawPolyline(QPolygonF(tick))
    painter.end()
    return drawn
