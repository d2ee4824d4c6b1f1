"""A box in a form: its label above, a hint or the refusal's sentence below; and rows of such boxes.

Field(label, widget, *, hint="", needed=False, parent=None)
    .set_refusal(sentence | "")     shown in place of the hint, with a sign, and read aloud
    .set_hint(text)   .widget
LinkRow(text, *, sign=None, tone=..., icon="", detail="", parent=None)     a line that leads somewhere
    .set_row(text, sign, tone, icon, detail)     clicked(); Enter, Space: “Ratings missing   9  >”
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui import icons
from qsin_desktop.ui.look import Look, look_of
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.announce import announce
from qsin_desktop.ui.widgets.drawing import RIGHT, focus_ring, rounded, square_in, text
from qsin_desktop.ui.widgets.focus import KeyFocus
from qsin_desktop.ui.widgets.label import Paragraph, field_label
from qsin_desktop.ui.widgets.sign import SignLabel, paint_sign


class Field(QWidget):
    def __init__(
        self,
        label: str,
        widget: QWidget,
        *,
        hint: str = "",
        needed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.widget = widget
        self._hint = hint
        self._sign = SignLabel(Sign.CROSS, Tone.NOT_MET, side=16, parent=self)
        self._below = Paragraph("", TextSize.SMALL, soft=True, parent=self)
        if not widget.accessibleName():
            widget.setAccessibleName(label.replace("&", "") + (", needed" if needed else ""))
        self._lay_out(field_label(label + (" *" if needed else ""), widget, self))
        self.set_refusal("")

    def _lay_out(self, label: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label)
        column.addWidget(self.widget)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._below, 1)
        column.addLayout(row)

    def set_hint(self, text: str) -> None:
        self._hint = text
        self.set_refusal("")

    def set_refusal(self, sentence: str) -> None:
        self._sign.setVisible(bool(sentence))
        self._below.set_tone(Tone.NOT_MET if sentence else None)
        self._below.setText(sentence or self._hint)
        self._below.setVisible(bool(sentence or self._hint))
        self.widget.setAccessibleDescription(sentence or self._hint)
        if sentence:
            announce(self.widget, sentence, urgent=True)


class LinkRow(KeyFocus, QPushButton):
    def __init__(
        self,
        text: str = "",
        *,
        sign: Sign | None = None,
        tone: Tone = Tone.NOT_APPLICABLE,
        icon: str = "",
        detail: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_row(text, sign, tone, icon, detail)

    def set_row(
        self,
        text: str,
        sign: Sign | None = None,
        tone: Tone = Tone.NOT_APPLICABLE,
        icon: str = "",
        detail: str = "",
    ) -> None:
        self.setText(text)
        self._sign, self._tone, self._icon_name, self._detail = sign, tone, icon, detail
        self.setAccessibleName(f"{text}, {detail}" if detail else text)
        self.update()

    def sizeHint(self) -> QSize:
        look = look_of()
        words = look.metrics().horizontalAdvance(self.text())
        words += look.metrics(TextSize.SMALL).horizontalAdvance(self._detail)
        return QSize(int(words) + look.px(28 + 16 + 28), look.px(38))

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of().px(120), look_of().px(38))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, rect = look_of(), QPainter(self), QRectF(self.rect())
        colours = look.palette
        if self.underMouse():
            rounded(painter, rect, look.px(6), fill=colours.pressed if self.isDown() else colours.hover)
        left = self._paint_mark(painter, rect, look)
        side = look.px(16)
        arrow = QRectF(rect.right() - side - 2, rect.center().y() - side / 2, side, side)
        icons.draw(painter, arrow, "chevron-right", colours.text)
        right = arrow.x() - look.px(8)
        font = look.font(TextSize.SMALL)
        wide = min(rect.width() / 2, look.metrics(TextSize.SMALL).horizontalAdvance(self._detail) + 1)
        text(
            painter,
            QRectF(right - wide, rect.y(), wide, rect.height()),
            self._detail,
            font,
            colours.soft_text,
            RIGHT,
        )
        area = QRectF(left, rect.y(), right - wide - look.px(8) - left, rect.height())
        text(painter, area, self.text(), look.font(), colours.text)
        if self.shows_focus():
            focus_ring(painter, rect, look.px(6), colours.focus_ring)

    def _paint_mark(self, painter: QPainter, rect: QRectF, look: Look) -> float:
        """Answers where the words begin."""
        if not (self._sign or self._icon_name):
            return rect.x() + look.px(6)
        side = look.px(20)
        disc = QRectF(rect.x(), rect.center().y() - side / 2, side, side)
        if self._sign:
            paint_sign(painter, disc, self._sign, self._tone, look)
        else:
            tone = look.palette.tone(self._tone)
            rounded(painter, disc, side / 2, fill=tone.wash)
            icons.draw(painter, square_in(disc, side * 0.68), self._icon_name, tone.fg)
        return disc.right() + look.px(9)
