"""What a place shows when it holds nothing: an icon, a sentence, and what to do next.

EmptyState(icon, title, sentence="", action="", action_icon="", parent=None)
    .set_words(title, sentence)   .button (hidden without an action)
    acted = Signal()
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qsin_desktop.ui import icons
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import Button
from qsin_desktop.ui.widgets.drawing import rounded, square_in
from qsin_desktop.ui.widgets.label import Paragraph


class IconDisc(QWidget):
    """An icon on a round wash."""

    def __init__(self, icon: str, side: int = 56, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._side = icon, side

    def sizeHint(self) -> QSize:
        side = look_of().px(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = look_of(), QPainter(self)
        disc = square_in(QRectF(self.rect()), look.px(self._side))
        rounded(painter, disc, disc.width() / 2, fill=look.palette.not_applicable.wash)
        icons.draw(painter, square_in(disc, disc.width() * 0.46), self._icon, look.palette.soft_text)


class EmptyState(QWidget):
    acted = Signal()

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str = "",
        action: str = "",
        action_icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = Paragraph("", TextSize.HEADING, Weight.SEMIBOLD, parent=self)
        self._sentence = Paragraph("", soft=True, parent=self)
        self.button = Button(action, action_icon, parent=self)
        self.button.setVisible(bool(action))
        self.button.clicked.connect(self.acted)
        self._lay_out(IconDisc(icon, parent=self))
        self.set_words(title, sentence)

    def _lay_out(self, disc: IconDisc) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter
        words = QWidget(self)
        words.setMaximumWidth(look_of().px(440))
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(disc, 0, centre)
        column.addSpacing(8)
        for label in (self._title, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(10)
        column.addWidget(self.button, 0, centre)
        self._centre(words)

    def _centre(self, words: QWidget) -> None:
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(words, 100)
        across.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 24, 24, 24)
        whole.addStretch(1)
        whole.addLayout(across)
        whole.addStretch(1)

    def set_words(self, title: str, sentence: str) -> None:
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
