"""A photo to draw on, by mouse or by keys; it shows the picture as it is printed and changes nothing.

    MarkCanvas(parent)
        .show_picture(pixmap, marks)          as drawn by the report
        .set_tool(MarkKind | None)            None chooses, moves and resizes
        .choose(mark_id)   .chosen_mark
        drawn = Signal(object)                a Mark without id: somebody drew it
        changed = Signal(object)              a Mark moved or resized
        removed = Signal(str)   chosen = Signal(str)   left = Signal()
Keys: Tab goes through the marks, arrows move, Shift and arrows resize, Delete takes off, Enter draws one in
the middle with the tool in hand, Esc lets go and then leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from qsin_desktop.domain.marks import Mark, MarkKind
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.widgets.announce import announce
from qsin_desktop.ui.widgets.drawing import rounded, saved
from qsin_desktop.ui.widgets.mark_places import Frame, Grip, drawn_between, large_enough, moved, pulled

_STEP, _FINE = 0.01, 0.002  # of the picture's side, for a key
_IDLE = 500  # milliseconds after the last key until a move is kept
_DEFAULT = {MarkKind.ARROW: (0.62, 0.62, -0.24, -0.24), MarkKind.TEXT: (0.3, 0.44, 0.4, 0.09)}
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class MarkCanvas(QWidget):
    drawn = Signal(object)
    changed = Signal(object)
    removed = Signal(str)
    chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap()
        self._marks: tuple[Mark, ...] = ()
        self._tool: MarkKind | None = None
        self._chosen = ""
        self._moving: Mark | None = None  # the chosen one while it is pulled or nudged
        self._drawing: Mark | None = None
        self._grip = Grip.BODY
        self._pressed: tuple[float, float] | None = None
        self._kept_still = QTimer(self, singleShot=True, interval=_IDLE)
        self._kept_still.timeout.connect(self.settle)
        self.writable = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(320, 240))

    # ---- what is shown ------------------------------------------------------------------------------

    def show_picture(self, pixmap: QPixmap, marks: Sequence[Mark]) -> None:
        self._pixmap, self._marks = pixmap, tuple(marks)
        self._moving = None
        if self.chosen_mark is None:
            self._chosen = ""
        self.update()

    def set_tool(self, tool: MarkKind | None) -> None:
        self.settle()
        self._tool = tool
        if tool is not None:
            self.choose("")
        self.setCursor(Qt.CursorShape.ArrowCursor if tool is None else Qt.CursorShape.CrossCursor)

    @property
    def chosen_mark(self) -> Mark | None:
        return next((mark for mark in self._marks if mark.id == self._chosen), None)

    def choose(self, mark_id: str) -> None:
        if mark_id != self._chosen:
            self.settle()
            self._chosen = mark_id
            self._say()
            self.chosen.emit(mark_id)
            self.update()

    def settle(self) -> None:
        """Keep what the keys moved so far."""
        self._kept_still.stop()
        moving, self._moving = self._moving, None
        if moving is not None and self._pressed is None:
            self.changed.emit(moving)

    def _say(self) -> None:
        mark = self.chosen_mark
        if mark is not None:
            number = [m.id for m in self._marks].index(mark.id) + 1
            words = "a redaction" if mark.kind is MarkKind.REDACT else mark.words
            announce(self, f"Mark {number} of {len(self._marks)}: {words}")

    @property
    def frame(self) -> Frame:
        room = QRectF(self.rect()).adjusted(8, 8, -8, -8)
        size = QSize(self._pixmap.size()) if not self._pixmap.isNull() else QSize(4, 3)
        fitted = size.scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        left = room.x() + (room.width() - fitted.width()) / 2
        top = room.y() + (room.height() - fitted.height()) / 2
        return Frame(QRectF(left, top, fitted.width(), fitted.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, frame = look_of(), QPainter(self), self.frame
        rounded(painter, QRectF(self.rect()), look.px(8), fill=look.palette.background)
        if not self._pixmap.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(frame.area, self._pixmap, QRectF(self._pixmap.rect()))
        if self._drawing is not None:
            self._paint_ghost(painter, frame, self._drawing)
        shown = self._moving or self.chosen_mark
        if shown is not None:
            if self._moving is not None:
                self._paint_ghost(painter, frame, shown)
            self._paint_grips(painter, frame, shown)

    def _paint_ghost(self, painter: QPainter, frame: Frame, mark: Mark) -> None:
        """What is being drawn or moved, until it is drawn for good."""
        with saved(painter):
            for colour, width in ((QColor("white"), 4.0), (look_of().palette.accent, 2.0)):
                painter.setPen(QPen(colour, width))
                if mark.kind is MarkKind.ARROW:
                    painter.drawLine(
                        frame.point(mark.x, mark.y), frame.point(mark.x + mark.w, mark.y + mark.h)
                    )
                elif mark.kind is MarkKind.ELLIPSE:
                    painter.drawEllipse(frame.box(mark))
                else:
                    painter.drawRect(frame.box(mark))
            if mark.kind is MarkKind.REDACT:
                painter.fillRect(frame.box(mark), QColor(24, 33, 43, 170))

    def _paint_grips(self, painter: QPainter, frame: Frame, mark: Mark) -> None:
        accent = look_of().palette.accent
        with saved(painter):
            if mark.kind is not MarkKind.ARROW:
                outline = frame.box(mark).adjusted(-5, -5, 5, 5)
                painter.setPen(QPen(QColor("white"), 3.0))
                painter.drawRect(outline)
                painter.setPen(QPen(accent, 1.5, Qt.PenStyle.DashLine))
                painter.drawRect(outline)
            painter.setPen(QPen(accent, 2.0))
            painter.setBrush(QColor("white"))
            for place in frame.grips(mark).values():
                painter.drawEllipse(place, 5.5, 5.5)

    # ---- the mouse ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._pixmap.isNull():
            return
        self.settle()
        at = event.position()
        if self._tool is None:
            self._grasp(at)
        if self.writable:
            self._pressed = self.frame.parts(at)

    def _grasp(self, at: QPointF) -> None:
        """The chosen one first, else the topmost under the pointer."""
        chosen = self.chosen_mark
        grip = self.frame.grip_at(chosen, at) if chosen else None
        if grip is None:
            found = next((m for m in reversed(self._marks) if self.frame.grip_at(m, at)), None)
            self.choose(found.id if found else "")
            grip = self.frame.grip_at(found, at) if found else None
        self._grip = grip or Grip.BODY

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self.frame.parts(event.position())
        if self._pressed is None:
            self._show_what_can_be_held(event.position())
        elif self._tool is not None:
            self._drawing = drawn_between(self._tool, self._pressed, at)
            self.update()
        elif (mark := self.chosen_mark) is not None:
            self._moving = pulled(mark, self._grip, at[0] - self._pressed[0], at[1] - self._pressed[1])
            self.update()

    def _show_what_can_be_held(self, at: QPointF) -> None:
        if self._tool is None:
            held = any(self.frame.grip_at(mark, at) for mark in self._marks)
            self.setCursor(Qt.CursorShape.SizeAllCursor if held else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        drawing, self._drawing = self._drawing, None
        self.update()
        if self._tool is not None and pressed is not None:
            if drawing is not None and large_enough(drawing):
                self.drawn.emit(drawing)
            elif self._tool is MarkKind.TEXT:  # a click is enough to say where words go
                wide, high = 0.4, 0.09
                self.drawn.emit(
                    Mark("", MarkKind.TEXT, min(pressed[0], 1 - wide), min(pressed[1], 1 - high), wide, high)
                )
        else:
            self.settle()

    # ---- keys ---------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Tab goes on among the marks, and past the last one out of the picture."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()))
            if step and self._go(step):
                return True
        return super().event(event)

    def _go(self, step: int) -> bool:
        ids = [mark.id for mark in self._marks]
        at = ids.index(self._chosen) + step if self._chosen in ids else (0 if step > 0 else len(ids) - 1)
        if not 0 <= at < len(ids):
            self.choose("")
            return False
        self.choose(ids[at])
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS and self.chosen_mark is not None and self.writable:
            self._nudge(*_ARROWS[key], event.modifiers())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._chosen and self.writable:
            self.removed.emit(self._chosen)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._tool is not None and self.writable:
            x, y, w, h = _DEFAULT.get(self._tool, (0.35, 0.35, 0.3, 0.3))
            self.drawn.emit(Mark("", self._tool, x, y, w, h))
        elif key == Qt.Key.Key_Escape and self._chosen:
            self.choose("")
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _nudge(self, across: int, down: int, held: Qt.KeyboardModifier) -> None:
        mark = self._moving or self.chosen_mark
        if mark is None:
            return
        step = _FINE if held & Qt.KeyboardModifier.ControlModifier else _STEP
        dx, dy = across * step, down * step
        larger = held & Qt.KeyboardModifier.ShiftModifier
        self._moving = pulled(mark, Grip.SE, dx, dy) if larger else moved(mark, dx, dy)
        self._moving = replace(self._moving, id=mark.id)
        self._kept_still.start()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.settle()
        super().focusOutEvent(event)
