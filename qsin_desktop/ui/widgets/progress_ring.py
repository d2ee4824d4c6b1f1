"""How much is done: a ring with the per cent in it, and a thin bar.

    ProgressRing(side=48, parent=None)      .set_share(done, total, what="criteria rated")
    ThinBar(parent=None)                    .set_share(done, total, what="")      6 px high
Both are QProgressBars to a screen reader.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.drawing import CENTRE, rounded, saved, square_in, text


class ShareBar(QProgressBar):
    """Keeps done and total; never shows 100 % before all is done, nor 0 % once something is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, 100)
        self.setTextVisible(False)
        self.set_share(0, 0)

    def set_share(self, done: int, total: int, what: str = "") -> None:
        self._share = done / total if total else 0.0
        percent = round(100 * self._share)
        if 0 < done < total:
            percent = min(99, max(1, percent))
        self.setValue(percent)
        self.setAccessibleName(f"{done} of {total} {what}".strip())
        self.update()

    @property
    def share(self) -> float:
        return min(1.0, max(0.0, self._share))


class ProgressRing(ShareBar):
    def __init__(self, side: int = 48, parent: QWidget | None = None) -> None:
        self._side = side
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = look_of().px(self._side)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = look_of(), QPainter(self)
        side = min(self.width(), self.height())
        thick = max(3.0, side * 0.115)
        ring = square_in(QRectF(self.rect()), side - thick - 1)
        with saved(painter):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.palette.line, thick))
            painter.drawEllipse(ring)
            if self.share > 0:
                pen = QPen(look.palette.accent, thick)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.drawArc(ring, 90 * 16, -round(360 * 16 * self.share))
        size = TextSize.TINY if self.value() == 100 or side < look.px(44) else TextSize.LABEL
        words = f"{self.value()}%"
        text(painter, QRectF(self.rect()), words, look.font(size, Weight.SEMIBOLD), look.palette.text, CENTRE)


class ThinBar(ShareBar):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look_of().px(120), look_of().px(6))

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of().px(40), look_of().px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, rect = look_of(), QPainter(self), QRectF(self.rect())
        radius = rect.height() / 2
        rounded(painter, rect, radius, fill=look.palette.line)
        if self.share > 0:
            done = QRectF(rect.x(), rect.y(), max(rect.height(), rect.width() * self.share), rect.height())
            rounded(painter, done, radius, fill=look.palette.accent)
