"""A field to sign in with mouse, pen or finger.

SignaturePad(parent=None)
    .strokes                    tuple of strokes, each a tuple of (x, y); y counts downwards
    .undo_stroke()   .clear()   .is_empty
    changed = Signal()
Ctrl+Z or Backspace takes the last stroke back while it has the focus. Who cannot draw types a name instead.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.drawing import CENTRE, focus_ring, rounded, saved, text
from qsin_desktop.ui.widgets.focus import KeyFocus

_NEAR = 0.6  # pixels: points nearer to each other are one
_MOST = 20_000  # points in all


class SignaturePad(KeyFocus, QWidget):
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[QPointF]] = []
        self._drawing = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Draw the signature")
        self.setAccessibleDescription("Drawn with mouse, pen or finger. Without them, type a name instead.")

    @property
    def strokes(self) -> tuple[tuple[tuple[float, float], ...], ...]:
        return tuple(
            tuple((round(p.x(), 2), round(p.y(), 2)) for p in stroke) for stroke in self._strokes if stroke
        )

    @property
    def is_empty(self) -> bool:
        return not self._strokes

    def undo_stroke(self) -> None:
        if self._strokes:
            self._strokes.pop()
            self._tell()

    def clear(self) -> None:
        if self._strokes:
            self._strokes.clear()
            self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    # ---- the pen ------------------------------------------------------------------------------------

    def _begin(self, at: QPointF) -> None:
        self._drawing = True
        self._strokes.append([at])
        self._tell()

    def _go_on(self, at: QPointF) -> None:
        stroke = self._strokes[-1]
        room = sum(len(s) for s in self._strokes) < _MOST
        if room and (at - stroke[-1]).manhattanLength() >= _NEAR:
            stroke.append(self._inside(at))
            self.update()

    def _end(self) -> None:
        """A tap is a dot, as on an i."""
        self._drawing = False
        stroke = self._strokes[-1]
        if len(stroke) == 1:
            stroke.append(stroke[0] + QPointF(0.8, 0.8))
        self._tell()

    def _inside(self, at: QPointF) -> QPointF:
        return QPointF(min(max(at.x(), 0.0), self.width()), min(max(at.y(), 0.0), self.height()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fingers come as a mouse too, and so do pens that the system tells nothing more about."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawing:
            self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drawing and event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen gives finer points than the mouse that it would be taken for."""
        if event.pointerType() == event.pointerType().Eraser:
            if event.type() == QEvent.Type.TabletPress:
                self.undo_stroke()
        elif event.type() == QEvent.Type.TabletPress:
            self._begin(event.position())
        elif event.type() == QEvent.Type.TabletMove and self._drawing:
            self._go_on(event.position())
        elif event.type() == QEvent.Type.TabletRelease and self._drawing:
            self._end()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo) or event.key() == Qt.Key.Key_Backspace:
            self.undo_stroke()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        else:
            super().keyPressEvent(event)

    # ---- how it looks -------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        look = look_of()
        return QSize(look.px(420), look.px(130))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, rect = look_of(), QPainter(self), QRectF(self.rect())
        colours = look.palette
        rounded(painter, rect, look.px(8), fill=colours.surface, edge=colours.control_line)
        line = rect.height() * 0.74
        painter.fillRect(QRectF(look.px(24), line, rect.width() - look.px(48), 1), colours.line)
        if self.is_empty:
            words = QRectF(0, line - look.px(30), rect.width(), look.px(24))
            text(painter, words, "Sign here", look.font(TextSize.BODY), colours.soft_text, CENTRE)
        with saved(painter):
            pen = QPen(colours.text, look.px(2))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for stroke in self._strokes:
                painter.drawPath(_smooth(stroke))
        if self.shows_focus():
            focus_ring(painter, rect, look.px(8), colours.focus_ring)


def _smooth(points: list[QPointF]) -> QPainterPath:
    """Through the middles of neighbouring points, so that corners of a coarse mouse are rounded."""
    path = QPainterPath(points[0])
    for one, other in pairwise(points[1:]):
        path.quadTo(one, (one + other) / 2)
    path.lineTo(points[-1])
    return path
