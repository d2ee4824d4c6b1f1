"""Ratings of a series as one stacked bar, with a legend of signs, so that colour is not the only key.

BarByRating(parent=None)      .set_parts(parts, total, name="")   parts: Sequence[Part], in order
Part(label, count, tone, sign)                                    the rest of total is drawn as not rated
RatingLegend(parent=None)     .set_parts(parts, unrated=0)        sign, label, count in a flowing line
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.drawing import rounded, saved
from qsin_desktop.ui.widgets.flow_layout import FlowLayout
from qsin_desktop.ui.widgets.label import Label
from qsin_desktop.ui.widgets.sign import SignLabel


@dataclass(frozen=True)
class Part:
    label: str
    count: int
    tone: Tone
    sign: Sign


class BarByRating(QLabel):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[Part] = []
        self._total = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_parts(self, parts: Sequence[Part], total: int, name: str = "") -> None:
        self._parts = [part for part in parts if part.count > 0]
        self._total = max(total, sum(part.count for part in self._parts))
        said = self._words()
        self.setAccessibleName(f"{name}: {said}" if name else said)
        self.setToolTip(said)
        self.update()

    def _words(self) -> str:
        counted = [f"{part.count} {part.label.lower()}" for part in self._parts]
        rest = self._total - sum(part.count for part in self._parts)
        return ", ".join([*counted, f"{rest} not rated"] if rest else counted) or "nothing to rate"

    def sizeHint(self) -> QSize:
        return QSize(look_of().px(160), look_of().px(12))

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of().px(60), look_of().px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, rect = look_of(), QPainter(self), QRectF(self.rect())
        radius = look.px(3)
        rounded(painter, rect, radius, fill=look.palette.background, edge=look.palette.control_line)
        whole = QPainterPath()
        whole.addRoundedRect(rect, radius, radius)
        with saved(painter):
            painter.setClipPath(whole)
            for left, right, colour in self._spans(rect):
                painter.fillRect(QRectF(left, rect.y(), max(1.0, right - left), rect.height()), colour)

    def _spans(self, rect: QRectF) -> list[tuple[float, float, QColor]]:
        """A pixel of ground stays between two parts."""
        spans, seen = [], 0
        for part in self._parts:
            left = rect.x() + rect.width() * seen / self._total
            seen += part.count
            right = rect.x() + rect.width() * seen / self._total
            gap = 1.0 if seen < self._total else 0.0
            spans.append((left, right - gap, look_of().palette.tone(part.tone).solid))
        return spans


class RatingLegend(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=16, line_gap=6)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_parts(self, parts: Sequence[Part], unrated: int = 0) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        for part in parts:
            self._flow.addWidget(_entry(part, self))
        if unrated:
            self._flow.addWidget(_entry(Part("Not rated", unrated, Tone.NOT_APPLICABLE, Sign.RING), self))


def _entry(part: Part, parent: QWidget) -> QWidget:
    entry = QWidget(parent)
    row = QHBoxLayout(entry)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(SignLabel(part.sign, part.tone, side=18, parent=entry))
    row.addWidget(Label(f"{part.label} {part.count}", TextSize.LABEL, soft=True, parent=entry))
    row.setAlignment(Qt.AlignmentFlag.AlignLeft)
    return entry
