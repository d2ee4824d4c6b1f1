"""The sign of a rating: tick, half disc, cross, dash, star or dashed ring, on a disc of its tone's wash.

paint_sign(painter, rect, Sign.TICK, Tone.MET, look)        # rect: a square; 18 to 22 px is usual
paint_sign(..., disc=False)                                 # the bare stroke, e.g. on a wash
sign_icon(Sign.TICK, Tone.MET, look, 18) -> QIcon
SignLabel(sign, tone, words="", side=20, parent=None)       # a widget; words name it for a screen reader
    .set_sign(sign, tone, words)
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.look import Look, look_of
from qsin_desktop.ui.widgets.drawing import saved, square_in


def paint_sign(
    painter: QPainter, rect: QRectF, sign: Sign, tone: Tone, look: Look, *, disc: bool = True
) -> None:
    """`RING` has no tone: it is a dashed circle in the colour of control edges."""
    colours = look.palette.tone(tone)
    with saved(painter):
        if sign is Sign.RING:
            _ring(painter, rect, look.palette.control_line)
            return
        if disc:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.wash)
            painter.drawEllipse(rect)
        paint_stroke(painter, rect, sign, colours.fg)


def paint_stroke(painter: QPainter, rect: QRectF, sign: Sign, colour: QColor) -> None:
    """The bare shape in `colour`, as large as it would be on its disc."""
    with saved(painter):
        pen = QPen(colour, max(1.3, rect.width() * 0.08))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _STROKES[sign](painter, rect, colour)


def sign_icon(sign: Sign, tone: Tone, look: Look, side: int = 18) -> QIcon:
    icon = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        drawn = QPixmap(round(side * ratio), round(side * ratio))
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        paint_sign(painter, QRectF(0, 0, side, side), sign, tone, look)
        painter.end()
        icon.addPixmap(drawn)
    return icon


def _at(rect: QRectF, x: float, y: float) -> QPointF:
    return QPointF(rect.x() + rect.width() * x, rect.y() + rect.height() * y)


def _tick(painter: QPainter, rect: QRectF, _colour: QColor) -> None:
    painter.drawPolyline(QPolygonF([_at(rect, 0.28, 0.53), _at(rect, 0.43, 0.68), _at(rect, 0.73, 0.35)]))


def _half(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    circle = square_in(rect, rect.width() * 0.52)
    painter.drawEllipse(circle)
    half = QPainterPath(circle.center())
    half.arcTo(circle, -90, 180)
    half.closeSubpath()
    painter.fillPath(half, colour)


def _cross(painter: QPainter, rect: QRectF, _colour: QColor) -> None:
    painter.drawLine(_at(rect, 0.33, 0.33), _at(rect, 0.67, 0.67))
    painter.drawLine(_at(rect, 0.67, 0.33), _at(rect, 0.33, 0.67))


def _dash(painter: QPainter, rect: QRectF, _colour: QColor) -> None:
    painter.drawLine(_at(rect, 0.29, 0.5), _at(rect, 0.71, 0.5))


def _star(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    points = []
    for corner in range(10):
        reach = 0.30 if corner % 2 == 0 else 0.135
        angle = -math.pi / 2 + corner * math.pi / 5
        points.append(_at(rect, 0.5 + reach * math.cos(angle), 0.515 + reach * math.sin(angle)))
    painter.setBrush(colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(QPolygonF(points))


def _ring(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    width = max(1.0, rect.width() * 0.06)
    circle = rect.adjusted(width, width, -width, -width)
    around = math.pi * circle.width()
    dashes = max(8, round(around / 5.2))
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([around / dashes * 0.58 / width, around / dashes * 0.42 / width])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(circle)


_STROKES = {
    Sign.TICK: _tick,
    Sign.HALF: _half,
    Sign.CROSS: _cross,
    Sign.DASH: _dash,
    Sign.STAR: _star,
    Sign.RING: _ring,
}


class SignLabel(QLabel):
    """A sign standing by itself."""

    def __init__(
        self,
        sign: Sign = Sign.RING,
        tone: Tone = Tone.NOT_APPLICABLE,
        words: str = "",
        side: int = 20,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_sign(sign, tone, words)

    def set_sign(self, sign: Sign, tone: Tone, words: str = "") -> None:
        self._sign, self._tone = sign, tone
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        side = look_of().px(self._side)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = min(self.width(), self.height())
        paint_sign(painter, square_in(QRectF(self.rect()), side), self._sign, self._tone, look_of())
