"""Strokes that the painted widgets share: rounded boxes, focus rings, elided text, dashed edges."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


@contextmanager
def saved(painter: QPainter) -> Iterator[QPainter]:
    """Antialiased inside; pen, brush and font are as before afterwards."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield painter
    finally:
        painter.restore()


def rounded(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None = None,
    edge: QColor | None = None,
    width: float = 1.0,
    dashed: bool = False,
) -> None:
    """A rounded box whose edge lies wholly inside `rect`."""
    with saved(painter):
        inner = rect
        if edge is None:
            painter.setPen(Qt.PenStyle.NoPen)
        else:
            pen = QPen(edge, width)
            if dashed:
                pen.setDashPattern([3.0, 2.5])
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            half = width / 2
            inner = rect.marginsRemoved(QMarginsF(half, half, half, half))
        painter.setBrush(QBrush(fill) if fill is not None else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(inner, radius, radius)


def shrunk(rect: QRectF, by: float) -> QRectF:
    return rect.marginsRemoved(QMarginsF(by, by, by, by))


def focus_ring(painter: QPainter, rect: QRectF, radius: float, colour: QColor) -> None:
    """Two pixels along the inside of `rect`."""
    rounded(painter, rect, radius, edge=colour, width=2.0)


def text(
    painter: QPainter,
    rect: QRectF,
    words: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = LEFT,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """One line, elided to `rect`."""
    with saved(painter):
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(rect, int(align), QFontMetricsF(font).elidedText(words, elide, rect.width() + 0.5))


def hairline(painter: QPainter, x1: float, y1: float, x2: float, y2: float, colour: QColor) -> None:
    """One device-independent pixel, crisp."""
    painter.fillRect(QRectF(min(x1, x2), min(y1, y2), max(abs(x2 - x1), 1.0), max(abs(y2 - y1), 1.0)), colour)


def square_in(rect: QRectF, side: float) -> QRectF:
    """The square of `side` in the middle of `rect`."""
    return QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
