"""Where a mark lies on a picture that is shown at some size: hit, moved, resized, nudged."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QPointF, QRectF

from qsin_desktop.domain.marks import Mark, MarkKind

_REACH = 9.0  # pixels around a line or a handle that still count as it
_LEAST = 0.012  # of the picture's side: nothing is made smaller than this by hand


class Grip(Enum):
    """What of a mark is held: all of it, or one of its corners; of an arrow, its two ends."""

    BODY = "body"
    NW = "nw"
    NE = "ne"
    SW = "sw"
    SE = "se"


CORNERS = (Grip.NW, Grip.NE, Grip.SW, Grip.SE)
_ENDS = (Grip.NW, Grip.SE)


@dataclass(frozen=True)
class Frame:
    """The picture's place in the widget."""

    area: QRectF

    def point(self, x: float, y: float) -> QPointF:
        return QPointF(self.area.x() + x * self.area.width(), self.area.y() + y * self.area.height())

    def parts(self, at: QPointF) -> tuple[float, float]:
        """In parts of the picture, kept inside it."""
        x = (at.x() - self.area.x()) / max(self.area.width(), 1.0)
        y = (at.y() - self.area.y()) / max(self.area.height(), 1.0)
        return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)

    def box(self, mark: Mark) -> QRectF:
        return QRectF(self.point(mark.x, mark.y), self.point(mark.x + mark.w, mark.y + mark.h)).normalized()

    def grips(self, mark: Mark) -> dict[Grip, QPointF]:
        left, top, right, bottom = mark.x, mark.y, mark.x + mark.w, mark.y + mark.h
        places = {
            Grip.NW: self.point(left, top),
            Grip.NE: self.point(right, top),
            Grip.SW: self.point(left, bottom),
            Grip.SE: self.point(right, bottom),
        }
        return {grip: places[grip] for grip in (_ENDS if mark.kind is MarkKind.ARROW else CORNERS)}

    def grip_at(self, mark: Mark, at: QPointF) -> Grip | None:
        """What of this mark lies under the pointer."""
        for grip, place in self.grips(mark).items():
            if _distance(place, at) <= _REACH:
                return grip
        return Grip.BODY if self.covers(mark, at) else None

    def covers(self, mark: Mark, at: QPointF) -> bool:
        if mark.kind is MarkKind.ARROW:
            start, end = self.grips(mark)[Grip.NW], self.grips(mark)[Grip.SE]
            return _distance_to_line(start, end, at) <= _REACH
        return self.box(mark).adjusted(-4, -4, 4, 4).contains(at)


def drawn_between(kind: MarkKind, start: tuple[float, float], end: tuple[float, float]) -> Mark:
    """A new mark from where the button was pressed to where it is now."""
    (x1, y1), (x2, y2) = start, end
    if kind is MarkKind.ARROW:
        return Mark("", kind, x1, y1, x2 - x1, y2 - y1)
    return Mark("", kind, min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))


def large_enough(mark: Mark) -> bool:
    """Less is a click, not a drawing."""
    if mark.kind is MarkKind.ARROW:
        return math.hypot(mark.w, mark.h) >= _LEAST
    return mark.w >= _LEAST and mark.h >= _LEAST


def pulled(mark: Mark, grip: Grip, dx: float, dy: float) -> Mark:
    """The mark with this part of it moved, still inside the picture."""
    if grip is Grip.BODY:
        return moved(mark, dx, dy)
    left, top, right, bottom = mark.x, mark.y, mark.x + mark.w, mark.y + mark.h
    if "w" in grip.value:
        left = _within(left + dx)
    else:
        right = _within(right + dx)
    if "n" in grip.value:
        top = _within(top + dy)
    else:
        bottom = _within(bottom + dy)
    if mark.kind is MarkKind.ARROW:
        return replace(mark, x=left, y=top, w=right - left, h=bottom - top)
    left, right = sorted((left, right))
    top, bottom = sorted((top, bottom))
    wide, high = max(right - left, _LEAST), max(bottom - top, _LEAST)
    return replace(mark, x=min(left, 1 - wide), y=min(top, 1 - high), w=wide, h=high)


def moved(mark: Mark, dx: float, dy: float) -> Mark:
    """As far as the picture's edge lets it."""
    left, right = sorted((mark.x, mark.x + mark.w))
    top, bottom = sorted((mark.y, mark.y + mark.h))
    dx, dy = min(max(dx, -left), 1 - right), min(max(dy, -top), 1 - bottom)
    return replace(mark, x=mark.x + dx, y=mark.y + dy)


def _within(part: float) -> float:
    return min(max(part, 0.0), 1.0)


def _distance(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())


def _distance_to_line(start: QPointF, end: QPointF, at: QPointF) -> float:
    dx, dy = end.x() - start.x(), end.y() - start.y()
    square = dx * dx + dy * dy
    if square == 0:
        return _distance(start, at)
    along = min(max(((at.x() - start.x()) * dx + (at.y() - start.y()) * dy) / square, 0.0), 1.0)
    return _distance(QPointF(start.x() + along * dx, start.y() + along * dy), at)
