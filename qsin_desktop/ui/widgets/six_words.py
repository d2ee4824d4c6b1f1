"""Six words in large type, for two people to read to each other: two rows of three, each in its own box.

SixWords(words, parent=None)     .words  .set_words(words); a screen reader reads them as one sentence
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.drawing import CENTRE, rounded, text

_IN_ROW = 3
_GAP = 8
_HIGH = 40


class SixWords(QWidget):
    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_words(words)

    def set_words(self, words: str) -> None:
        self.words = words
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    @property
    def _parts(self) -> list[str]:
        return self.words.split()

    def sizeHint(self) -> QSize:
        look = look_of()
        metrics = look.metrics(TextSize.HEADING, Weight.SEMIBOLD)
        widest = max((metrics.horizontalAdvance(word) for word in self._parts), default=0)
        rows = -(-len(self._parts) // _IN_ROW)
        wide = _IN_ROW * (int(widest) + look.px(28)) + (_IN_ROW - 1) * look.px(_GAP)
        return QSize(wide, rows * look.px(_HIGH) + (rows - 1) * look.px(_GAP))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = look_of(), QPainter(self)
        gap, high = look.px(_GAP), look.px(_HIGH)
        wide = min((self.width() - (_IN_ROW - 1) * gap) / _IN_ROW, look.px(180))
        font = look.font(TextSize.HEADING, Weight.SEMIBOLD)
        for number, word in enumerate(self._parts):
            row, column = divmod(number, _IN_ROW)
            box = QRectF(column * (wide + gap), row * (high + gap), wide, high)
            rounded(painter, box, look.px(8), fill=look.palette.accent_wash)
            text(painter, box, word, font, look.palette.accent, CENTRE)
