"""Words in the program's type that follow the theme; always plain text, whatever they hold.

Label(text="", size=TextSize.BODY, weight=Weight.REGULAR, *, soft=False, tone=None, selectable=False,
      parent=None)                      one line; setText(text), set_tone(Tone | None)
Paragraph(...same...)                   wraps, with open line spacing; setText(text), .words
ElidedLabel(...same...)                 one line, “…” when narrow, the whole text as tooltip
title(text)  heading(text)  small(text)  soft(text)  field_label(text, buddy=None)     ready-made
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.look import FollowsLook, Look, look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.drawing import LEFT
from qsin_desktop.ui.widgets.drawing import text as draw_text

_SPACING = {TextSize.TITLE: 110, TextSize.DISPLAY: 108, TextSize.HEADING: 118}  # per cent of Inter's own
_BODY_SPACING = 127  # 20 px for 13 px type


class Label(FollowsLook, QLabel):
    def __init__(
        self,
        text: str = "",
        size: TextSize = TextSize.BODY,
        weight: Weight = Weight.REGULAR,
        *,
        soft: bool = False,
        tone: Tone | None = None,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size, self._weight, self._soft, self._tone = size, weight, soft, tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.follow_now()
        self.setText(text)

    def set_tone(self, tone: Tone | None) -> None:
        self._tone = tone
        self.follow(look_of())

    def showEvent(self, event: QShowEvent) -> None:
        """A colour given before it was ever shown is undone by Qt when its screen goes into the window."""
        super().showEvent(event)
        if self.palette().color(QPalette.ColorRole.WindowText) != self.ink(look_of()):
            self.follow(look_of())

    def follow(self, look: Look) -> None:
        self.setFont(look.font(self._size, self._weight))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, self.ink(look))
        self.setPalette(palette)

    def ink(self, look: Look) -> QColor:
        if self._tone is not None:
            return look.palette.tone(self._tone).fg
        return look.palette.soft_text if self._soft else look.palette.text


class Paragraph(Label):
    """Rich text inside, for the line spacing alone; what it is given is escaped."""

    words: str = ""
    decoration: str = ""  # of the text inside, besides its line height

    def follow(self, look: Look) -> None:
        super().follow(look)
        spare = self.fontMetrics().lineSpacing() * (self._spacing - 100) / 100
        half = round(spare / 2)
        self.setContentsMargins(0, half, 0, -half)  # Qt adds the spacing below a line only

    @property
    def _spacing(self) -> int:
        return _SPACING.get(self._size, _BODY_SPACING)

    def setText(self, text: str) -> None:
        self.words = text
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        lines = "<br>".join(escape(line) for line in text.splitlines())
        super().setText(
            f'<p style="line-height:{self._spacing}%; margin:0{self.decoration}">{lines}</p>' if lines else ""
        )
        self.setAccessibleName(text)


class StruckParagraph(Paragraph):
    """Words that were withdrawn."""

    decoration = "; text-decoration:line-through"


class ElidedLabel(Label):
    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of().px(32), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.contentsRect())
        draw_text(painter, area, self.text(), self.font(), self.palette().windowText().color(), LEFT)

    def _tell_whole(self) -> None:
        cut = QFontMetricsF(self.font()).horizontalAdvance(self.text()) > self.contentsRect().width() + 0.5
        self.setToolTip(self.text() if cut else "")


def title(text: str, parent: QWidget | None = None) -> Paragraph:
    return Paragraph(text, TextSize.TITLE, Weight.SEMIBOLD, parent=parent)


def heading(text: str, parent: QWidget | None = None) -> Label:
    return Label(text, TextSize.HEADING, Weight.SEMIBOLD, parent=parent)


def soft(text: str, parent: QWidget | None = None) -> Paragraph:
    return Paragraph(text, soft=True, parent=parent)


def small(text: str, parent: QWidget | None = None) -> Label:
    return Label(text, TextSize.SMALL, soft=True, parent=parent)


def field_label(text: str, buddy: QWidget | None = None, parent: QWidget | None = None) -> Label:
    """Above a box; `&` before a letter makes it the Alt key that leads into `buddy`."""
    label = Label(text, TextSize.LABEL, Weight.SEMIBOLD, soft=True, parent=parent)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    if buddy is not None:
        label.setBuddy(buddy)
    return label
