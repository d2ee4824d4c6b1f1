"""The rating scale as a row of large labelled buttons with signs and number keys.

    RatingRow(parent=None)
        .set_scale(points)            points: Sequence[domain.standards.ScalePoint], 2 to 7
        .set_value(ident | None)      the rating that is recorded; None: not rated
        .set_pending(ident | None)    chosen but not recorded yet, e.g. a reason is still needed (dashed)
        .value / .pending             what was last set
        .setEnabled(bool)             Qt's own
        chosen = Signal(str)          the id a person asked for by mouse, Space or Enter; nothing is marked by
                                      that: call set_value or set_pending with what became of it
Number keys are shown, not handled: they are QActions of the screen. Arrow keys move without choosing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qsin_desktop.domain.standards import ScalePoint, Tone
from qsin_desktop.ui.look import Look, look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.choice import ChoiceButton, one_tab_stop
from qsin_desktop.ui.widgets.drawing import focus_ring, rounded, shrunk, text
from qsin_desktop.ui.widgets.flow_layout import FlowLayout
from qsin_desktop.ui.widgets.key_cap import key_cap_size, paint_key_cap
from qsin_desktop.ui.widgets.sign import paint_sign


class RatingButton(ChoiceButton):
    """One point of the scale; pending is chosen but not recorded."""

    def __init__(self, point: ScalePoint, parent: QWidget | None = None) -> None:
        super().__init__(point.id, point.label, parent)
        self.point = point
        self._pending = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name()

    def set_pending(self, pending: bool) -> None:
        self._pending = pending
        self._name()
        self.update()

    def _name(self) -> None:
        state = ", chosen, not recorded yet" if self._pending else ""
        key = f", key {self.point.key}" if self.point.key else ""
        self.setAccessibleName(f"{self.point.label}{key}{state}")

    def sizeHint(self) -> QSize:
        look = look_of()
        words = look.metrics(TextSize.BODY, Weight.SEMIBOLD).horizontalAdvance(self.point.label)
        cap = key_cap_size(self.point.key, look).width() + look.px(10) if self.point.key else 0
        return QSize(int(words + 2 + cap + look.px(20 + 10 + 12 + 12)), look.px(54))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, rect = look_of(), QPainter(self), QRectF(self.rect())
        self._paint_box(painter, rect, look)
        inner = rect.adjusted(look.px(11), 0, -look.px(11), 0)
        side = look.px(20)
        mark = QRectF(inner.x(), inner.center().y() - side / 2, side, side)
        paint_sign(painter, mark, self.point.sign, self.point.tone, look)
        right = self._paint_key(painter, inner, look)
        words = QRectF(
            mark.right() + look.px(9), inner.y(), right - mark.right() - look.px(9), inner.height()
        )
        weight = Weight.SEMIBOLD if self._marked else Weight.MEDIUM
        text(painter, words, self.point.label, look.font(TextSize.BODY, weight), self._ink(look))

    @property
    def _marked(self) -> bool:
        return self.isChecked() or self._pending

    def _ink(self, look: Look) -> QColor:
        if not self.isEnabled() and not self._marked:
            return look.palette.disabled_text
        return look.palette.tone(self.point.tone).fg if self._marked else look.palette.text

    def _paint_box(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        colours, tone, radius = look.palette, look.palette.tone(self.point.tone), look.px(10)
        if self._pending:
            rounded(painter, rect, radius, fill=colours.surface, edge=tone.fg, width=2.0, dashed=True)
        elif self.isChecked():
            rounded(painter, rect, radius, fill=tone.wash, edge=tone.fg, width=2.0)
        else:
            rounded(painter, rect, radius, fill=self._rest(look), edge=colours.line)
        if self.shows_focus():
            inset = shrunk(rect, 3.0) if self._marked else rect
            focus_ring(painter, inset, radius - (3 if self._marked else 0), colours.focus_ring)

    def _rest(self, look: Look) -> QColor:
        if not self.isEnabled():
            return look.palette.disabled_surface
        if self.isDown():
            return look.palette.pressed
        return look.palette.hover if self.underMouse() else look.palette.surface

    def _paint_key(self, painter: QPainter, inner: QRectF, look: Look) -> float:
        """Answers where the words must end."""
        if not self.point.key:
            return inner.right()
        size = key_cap_size(self.point.key, look)
        left = inner.right() - size.width()
        cap = QRectF(left, inner.center().y() - size.height() / 2, size.width(), size.height())
        paint_key_cap(painter, cap, self.point.key, look, self.isEnabled())
        return left - look.px(6)


class RatingRow(QWidget):
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=8, line_gap=8, justify=True)
        self._buttons: list[RatingButton] = []
        self.value: str | None = None
        self.pending: str | None = None
        self.setAccessibleName("Rating")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_scale(self, points: Sequence[ScalePoint]) -> None:
        """Nothing is done when the scale is the one already shown."""
        if [b.point for b in self._buttons] == list(points):
            return
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
            button.setParent(None)
        self._buttons = [RatingButton(point, self) for point in points]
        for button in self._buttons:
            button.asked.connect(self.chosen)
            self._flow.addWidget(button)
        self._show_marks()

    def set_value(self, ident: str | None) -> None:
        """Also ends what was pending."""
        self.value, self.pending = ident, None
        self._show_marks()

    def set_pending(self, ident: str | None) -> None:
        self.pending = ident
        self._show_marks()

    def take_focus(self) -> None:
        """By keys, so that it is seen where the arrow keys act."""
        wanted = next((b for b in self._buttons if b.ident == (self.pending or self.value)), None)
        for button in (wanted, *self._buttons[:1]):
            if button is not None:
                button.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def button(self, ident: str) -> RatingButton:
        return next(b for b in self._buttons if b.ident == ident)

    def tone_of(self, ident: str) -> Tone:
        return self.button(ident).point.tone

    def _show_marks(self) -> None:
        for button in self._buttons:
            button.mark(button.ident == self.value)
            button.set_pending(button.ident == self.pending)
        one_tab_stop(list(self._buttons))
