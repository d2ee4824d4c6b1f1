"""Buttons in the program's look: white with a line, filled, or bare; with icon, badge or key cap.

    Button("Open", icon="folder-open", kind=ButtonKind.SECONDARY, *, key="", align_left=False, parent=None)
        .set_kind(kind)  .set_icon_name(name)  .set_key(text)  .set_badge_text("DRAFT 3")
    primary("New visit", "plus")   secondary("Open", "folder-open")   quiet("Cancel")   danger("Withdraw")
    IconButton("trash", "Remove this exhibit")      # square, icon only; the words are name and tooltip
All are `QPushButton`s: clicked(), setDefault, mnemonics with &, Space and Enter.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from qsin_desktop.ui import icons
from qsin_desktop.ui.look import Look, look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.chip import ChipFace
from qsin_desktop.ui.widgets.drawing import LEFT, focus_ring, rounded, saved, shrunk
from qsin_desktop.ui.widgets.focus import KeyFocus
from qsin_desktop.ui.widgets.key_cap import key_cap_size, paint_key_cap


class ButtonKind(Enum):
    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"


class Button(KeyFocus, QPushButton):
    def __init__(
        self,
        text: str = "",
        icon: str = "",
        kind: ButtonKind = ButtonKind.SECONDARY,
        *,
        key: str = "",
        align_left: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon_name, self._kind, self._key, self._badge = icon, kind, key, ""
        self._align_left = align_left
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred if align_left else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed
        )

    @property
    def kind(self) -> ButtonKind:
        return self._kind

    def set_kind(self, kind: ButtonKind) -> None:
        self._kind = kind
        self.update()

    def set_icon_name(self, name: str) -> None:
        self._icon_name = name
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        self._key = key
        self.updateGeometry()
        self.update()

    def set_badge_text(self, text: str) -> None:
        """A small pill at the right end, only of use with `align_left`."""
        self._badge = text
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = look_of()
        words = self._metrics(look).horizontalAdvance(self._shown())
        wide = words + 2 + self._icon_room(look) + self._end_room(look) + 2 * look.px(self._padding)
        return QSize(int(wide + 0.999), look.px(36))

    def minimumSizeHint(self) -> QSize:
        if not self._align_left:
            return self.sizeHint()
        return QSize(look_of().px(72), look_of().px(36))

    @property
    def _padding(self) -> int:
        return 10 if self._kind is ButtonKind.QUIET else 14

    def _shown(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _metrics(self, look: Look) -> QFontMetricsF:
        return look.metrics(TextSize.BODY, Weight.MEDIUM)

    def _icon_room(self, look: Look) -> int:
        if not self._icon_name:
            return 0
        return look.px(26) if self._shown() else look.px(18)

    def _end_room(self, look: Look) -> float:
        room = 0.0
        if self._key:
            room += key_cap_size(self._key, look).width() + look.px(10)
        if self._badge:
            room += ChipFace(self._badge).size(look).width() + look.px(10)
        return room

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = look_of(), QPainter(self)
        box, radius = QRectF(self.rect()), float(look.px(8))
        fill, edge, ink = self._colours(look)
        if self.shows_focus():
            focus_ring(painter, box, radius, look.palette.focus_ring)
            gap = 3.5 if self._kind is ButtonKind.PRIMARY else 2.0  # else the ring were lost on the fill
            box, radius, edge = shrunk(box, gap), radius - gap, None
        rounded(painter, box, radius, fill=fill, edge=edge)
        self._paint_content(painter, QRectF(self.rect()), look, ink)

    def _paint_content(self, painter: QPainter, rect: QRectF, look: Look, ink: QColor) -> None:
        inner = rect.adjusted(look.px(self._padding), 0, -look.px(self._padding), 0)
        inner = self._paint_end(painter, inner, look)
        words = self._metrics(look).horizontalAdvance(self._shown()) + 1
        whole = min(inner.width(), words + self._icon_room(look))
        left = inner.x() if self._align_left else inner.x() + (inner.width() - whole) / 2
        if self._icon_name:
            side = look.px(18)
            icons.draw(painter, QRectF(left, rect.center().y() - side / 2, side, side), self._icon_name, ink)
        area = QRectF(left + self._icon_room(look), rect.y(), whole - self._icon_room(look), rect.height())
        self._paint_words(painter, area, look, ink)

    def _paint_words(self, painter: QPainter, area: QRectF, look: Look, ink: QColor) -> None:
        with saved(painter):
            painter.setFont(look.font(TextSize.BODY, Weight.MEDIUM))
            painter.setPen(ink)
            words = self.text()
            if self._metrics(look).horizontalAdvance(self._shown()) > area.width() + 1:
                words = self._metrics(look).elidedText(
                    self._shown(), Qt.TextElideMode.ElideRight, area.width()
                )
                words = words.replace("&", "&&")
            flag = Qt.TextFlag.TextShowMnemonic if _mnemonics_shown() else Qt.TextFlag.TextHideMnemonic
            painter.drawText(area, int(LEFT) | int(flag), words)

    def _paint_end(self, painter: QPainter, inner: QRectF, look: Look) -> QRectF:
        """The key cap and badge at the right; answers the room left of them."""
        right = inner.right()
        if self._key:
            size = key_cap_size(self._key, look)
            right -= size.width()
            cap = QRectF(right, inner.center().y() - size.height() / 2, size.width(), size.height())
            paint_key_cap(painter, cap, self._key, look, self.isEnabled())
            right -= look.px(10)
        if self._badge:
            face = ChipFace(self._badge)
            size = face.size(look)
            right -= size.width()
            high = look.px(22)
            face.paint(painter, QRectF(right, inner.center().y() - high / 2, size.width(), high), look)
            right -= look.px(10)
        return QRectF(inner.x(), inner.y(), right - inner.x(), inner.height())

    def _colours(self, look: Look) -> tuple[QColor | None, QColor | None, QColor]:
        """Fill, edge and ink for the state it is in."""
        c = look.palette
        if not self.isEnabled():
            bare = self._kind is ButtonKind.QUIET
            return (None, None, c.disabled_text) if bare else (c.disabled_surface, c.line, c.disabled_text)
        if self._kind is ButtonKind.PRIMARY:
            return self._by_press(c.accent, c.accent_hover, c.accent_pressed), None, c.on_accent
        if self._kind is ButtonKind.DANGER:
            return self._by_press(c.surface, c.not_met.wash, c.not_met.wash), c.not_met.solid, c.not_met.fg
        if self._kind is ButtonKind.QUIET:
            return self._by_press(None, c.hover, c.pressed), None, c.accent
        return self._by_press(c.surface, c.hover, c.pressed), c.line, c.text

    def _by_press(self, rest: QColor | None, hover: QColor, pressed: QColor) -> QColor | None:
        if self.isDown() or self.isChecked():
            return pressed
        return hover if self.underMouse() else rest

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()  # Qt leaves Enter to dialogs; our windows have buttons outside dialogs too
            return
        super().keyPressEvent(event)


class IconButton(Button):
    """Icon only; `words` say what it does, to the eye as a tooltip and to a screen reader as its name."""

    def __init__(
        self, icon: str, words: str, kind: ButtonKind = ButtonKind.QUIET, *, parent: QWidget | None = None
    ) -> None:
        super().__init__("", icon, kind, parent=parent)
        self.set_words(words)

    def set_words(self, words: str) -> None:
        self.setToolTip(words)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        side = look_of().px(32)
        return QSize(side, side)

    def _colours(self, look: Look) -> tuple[QColor | None, QColor | None, QColor]:
        fill, edge, ink = super()._colours(look)
        quiet = self._kind is ButtonKind.QUIET and self.isEnabled() and not self.isChecked()
        return fill, edge, look.palette.soft_text if quiet else ink

    def _paint_content(self, painter: QPainter, rect: QRectF, look: Look, ink: QColor) -> None:
        side = look.px(18)
        area = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
        icons.draw(painter, area, self._icon_name, ink)


def primary(text: str, icon: str = "", parent: QWidget | None = None) -> Button:
    return Button(text, icon, ButtonKind.PRIMARY, parent=parent)


def secondary(text: str, icon: str = "", parent: QWidget | None = None) -> Button:
    return Button(text, icon, ButtonKind.SECONDARY, parent=parent)


def quiet(text: str, icon: str = "", parent: QWidget | None = None) -> Button:
    return Button(text, icon, ButtonKind.QUIET, parent=parent)


def danger(text: str, icon: str = "", parent: QWidget | None = None) -> Button:
    return Button(text, icon, ButtonKind.DANGER, parent=parent)


def _mnemonics_shown() -> bool:
    """Underlined letters are shown where the platform shows them; not on macOS, where Alt types letters."""
    import sys

    return sys.platform != "darwin"
