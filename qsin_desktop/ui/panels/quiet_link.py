"""A few words to press, as small as the text around them.

QuietLink("Take back", tip="", *, tone=None, parent=None)     clicked(); Space, Enter
    .set_words(text, tip="")
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.look import Look, look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.drawing import focus_ring, hairline, text
from qsin_desktop.ui.widgets.focus import KeyFocus


class QuietLink(KeyFocus, QPushButton):
    def __init__(
        self,
        words: str = "",
        tip: str = "",
        *,
        tone: Tone | None = None,
        size: TextSize = TextSize.LABEL,
        stretches: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone, self._size = tone or Tone.ACCENT, size
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        across = QSizePolicy.Policy.Expanding if stretches else QSizePolicy.Policy.Maximum
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.set_words(words, tip)

    def set_words(self, words: str, tip: str = "") -> None:
        self.setText(words.replace("&", "&&"))
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip(tip)
        self.updateGeometry()
        self.update()

    def _wide(self, look: Look) -> float:
        return look.metrics(self._size, Weight.MEDIUM).horizontalAdvance(self._words)

    def sizeHint(self) -> QSize:
        look = look_of()
        return QSize(int(self._wide(look)) + 2 + 2 * look.px(3), look.px(22))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint().boundedTo(QSize(look_of().px(60), look_of().px(22)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, rect = look_of(), QPainter(self), QRectF(self.rect())
        ink = look.palette.tone(self._tone).fg if self.isEnabled() else look.palette.disabled_text
        inner = rect.adjusted(look.px(3), 0, -look.px(3), 0)
        text(painter, inner, self._words, look.font(self._size, Weight.MEDIUM), ink)
        if self.underMouse() and self.isEnabled():
            below = inner.center().y() + look.metrics(self._size).ascent() / 2 + 2
            hairline(painter, inner.x(), below, min(inner.right(), inner.x() + self._wide(look)), below, ink)
        if self.shows_focus():
            focus_ring(painter, rect, look.px(4), look.palette.focus_ring)
