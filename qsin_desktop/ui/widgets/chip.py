"""A pill with a sign or icon and a few words in a tone: “Saved 10:42:07”, “9 missing”, “Mandatory”.

Chip(text, tone=Tone.NOT_APPLICABLE, *, sign=None, icon="", bold=False, parent=None)
    .set_chip(text, tone=None, sign=None, icon="")      # what is not given is cleared, tone is kept
ChipButton(...same...)                                  # to press: clicked(), toggled(bool) if checkable
CountBadge(count=0, tone=Tone.NOT_MET, what="")         # small solid disc; hidden at 0; .set_count(n)
paint_badge(painter, top_right, count, tone, look) -> QRectF
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui import icons
from qsin_desktop.ui.look import Look, look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.drawing import CENTRE, focus_ring, rounded, text
from qsin_desktop.ui.widgets.focus import KeyFocus
from qsin_desktop.ui.widgets.sign import paint_sign


@dataclass(frozen=True)
class ChipFace:
    """What a chip shows; delegates paint it without a widget."""

    text: str
    tone: Tone = Tone.NOT_APPLICABLE
    sign: Sign | None = None
    icon: str = ""
    bold: bool = False

    def size(self, look: Look) -> QSizeF:
        """Its natural size; 26 px high at the usual text size."""
        words = look.metrics(TextSize.LABEL, self._weight).horizontalAdvance(self.text)
        return QSizeF(words + 1 + self._mark_room(look) + 2 * look.px(10), look.px(26))

    def paint(self, painter: QPainter, rect: QRectF, look: Look, wash: QColor | None = None) -> None:
        colours = look.palette.tone(self.tone)
        rounded(painter, rect, rect.height() / 2, fill=wash or colours.wash)
        inner = rect.adjusted(look.px(10), 0, -look.px(10) + 1, 0)
        if self.sign or self.icon:
            self._paint_mark(painter, inner, look, colours.fg)
        words = inner.adjusted(self._mark_room(look), 0, 0, 0)
        text(painter, words, self.text, look.font(TextSize.LABEL, self._weight), colours.fg)

    def _paint_mark(self, painter: QPainter, inner: QRectF, look: Look, ink: QColor) -> None:
        side = look.px(14)
        mark = QRectF(inner.x(), inner.center().y() - side / 2, side, side)
        if self.icon:
            icons.draw(painter, mark, self.icon, ink)
        elif self.sign:
            grown = mark.adjusted(-2, -2, 2, 2) if self.sign is not Sign.RING else mark
            paint_sign(painter, grown, self.sign, self.tone, look, disc=False)

    def _mark_room(self, look: Look) -> int:
        return look.px(20) if self.sign or self.icon else 0

    @property
    def _weight(self) -> Weight:
        return Weight.SEMIBOLD if self.bold else Weight.REGULAR


class Chip(QLabel):
    def __init__(
        self,
        text: str = "",
        tone: Tone = Tone.NOT_APPLICABLE,
        *,
        sign: Sign | None = None,
        icon: str = "",
        bold: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.face = ChipFace(text, tone, sign, icon, bold)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_chip(self, text: str, tone: Tone | None = None, sign: Sign | None = None, icon: str = "") -> None:
        self.face = ChipFace(text, tone or self.face.tone, sign, icon, self.face.bold)
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return _whole(self.face.size(look_of()))

    def minimumSizeHint(self) -> QSize:
        """Short words are never cut; a long sentence gives way."""
        look = look_of()
        return QSize(look.px(170), look.px(26)).boundedTo(self.sizeHint())

    def paintEvent(self, event: QPaintEvent) -> None:
        self.face.paint(QPainter(self), QRectF(self.rect()), look_of())


class ChipButton(KeyFocus, QAbstractButton):
    """A chip to press; call `setCheckable(True)` for a filter that stays down."""

    def __init__(
        self,
        text: str = "",
        tone: Tone = Tone.ACCENT,
        *,
        sign: Sign | None = None,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self.face = ChipFace(text, tone, sign, icon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_chip(self, text: str, tone: Tone | None = None, sign: Sign | None = None, icon: str = "") -> None:
        self.face = ChipFace(text, tone or self.face.tone, sign, icon)
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return _whole(self.face.size(look_of()))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, rect = look_of(), QPainter(self), QRectF(self.rect())
        quiet = self.isCheckable() and not self.isChecked()
        face = (
            ChipFace(self.face.text, Tone.NOT_APPLICABLE, self.face.sign, self.face.icon)
            if quiet
            else self.face
        )
        face.paint(painter, rect, look, self._wash(look, face))
        if not quiet and self.isCheckable():
            rounded(painter, rect, rect.height() / 2, edge=look.palette.tone(face.tone).fg)
        if self.shows_focus():
            focus_ring(painter, rect, rect.height() / 2, look.palette.focus_ring)

    def _wash(self, look: Look, face: ChipFace) -> QColor | None:
        if self.isDown():
            return look.palette.pressed
        return look.palette.hover if self.underMouse() and face.tone is Tone.NOT_APPLICABLE else None


def paint_badge(painter: QPainter, right_top: QPointF, count: int, tone: Tone, look: Look) -> QRectF:
    """A solid disc with a number, its top right corner at `right_top`; answers where it was painted."""
    words = _shown(count)
    metrics = look.metrics(TextSize.TINY, Weight.SEMIBOLD)
    high = look.px(17)
    wide = max(high, metrics.horizontalAdvance(words) + look.px(9))
    rect = QRectF(right_top.x() - wide, right_top.y(), wide, high)
    rounded(painter, rect, high / 2, fill=look.palette.tone(tone).fg)
    ink = look.palette.background if look.palette.dark else look.palette.surface
    text(painter, rect, words, look.font(TextSize.TINY, Weight.SEMIBOLD), ink, CENTRE)
    return rect


class CountBadge(QLabel):
    """`what` names the things counted for a screen reader: “3 conflicts”."""

    def __init__(
        self, count: int = 0, tone: Tone = Tone.NOT_MET, what: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tone, self._what = tone, what
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(count)

    def set_count(self, count: int) -> None:
        self._count = count
        self.setText(_shown(count))
        self.setAccessibleName(f"{count} {self._what}".strip())
        if count == 0:
            self.hide()
        elif self.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            self.show()  # never before it has a parent: it would open as a window
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        look = look_of()
        words = look.metrics(TextSize.TINY, Weight.SEMIBOLD).horizontalAdvance(self.text())
        return QSize(max(look.px(17), round(words) + look.px(9)), look.px(17))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_badge(QPainter(self), QPointF(self.width(), 0), self._count, self._tone, look_of())


def _shown(count: int) -> str:
    return str(count) if count < 100 else "99+"


def _whole(size: QSizeF) -> QSize:
    return QSize(int(size.width() + 0.999), int(size.height() + 0.999))
