"""White boxes with a fine line on the grey ground, and the panels at the sides of a screen.

Card(title="", subtitle="", *, sunken=False, dashed=False, padding=16, parent=None)
    .body                          QVBoxLayout to fill
    .set_title(text)   .set_subtitle(text)   .set_header_widget(widget)      at the right of the title
PressCard(name, parent=None)       a whole card that is a button: clicked(); Enter, Space; set_name(name)
    .body                          widgets in it do not take the mouse unless they take focus
Panel(edge="right", parent=None)   white ground with a line at one edge: left right top bottom or ""
Line(parent=None)                  a hairline across
NoticeBox(tone, title="", text="") a wash with a few words; .set_words(title, text)
"""

from __future__ import annotations

from PySide6.QtCore import QChildEvent, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui import icons
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.drawing import focus_ring, rounded
from qsin_desktop.ui.widgets.focus import KeyFocus
from qsin_desktop.ui.widgets.label import Label, Paragraph, heading

RADIUS = 10


class Card(QWidget):
    def __init__(
        self,
        title: str = "",
        subtitle: str = "",
        *,
        sunken: bool = False,
        dashed: bool = False,
        padding: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sunken, self._dashed = sunken, dashed
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(padding, padding, padding, padding)
        self._column.setSpacing(12)
        self._title, self._subtitle = heading("", self), Label("", soft=True, parent=self)
        self._header = self._make_header()
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self._column.addWidget(self._header)
        self._column.addLayout(self.body, 1)
        self.set_title(title)
        self.set_subtitle(subtitle)

    def _make_header(self) -> QWidget:
        header = QWidget(self)
        self._header_row = QHBoxLayout(header)
        self._header_row.setContentsMargins(0, 0, 0, 0)
        self._header_row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        self._header_row.addLayout(words, 1)
        return header

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._show_header()
        self.setAccessibleName(title)

    def set_subtitle(self, subtitle: str) -> None:
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self._show_header()

    def set_header_widget(self, widget: QWidget) -> None:
        self._header_row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._header.setVisible(True)

    def _show_header(self) -> None:
        filled = bool(self._title.text() or self._subtitle.text()) or self._header_row.count() > 1
        self._header.setVisible(filled)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = look_of().palette
        fill = colours.background if self._sunken else colours.surface
        edge = colours.dashed_line if self._dashed else colours.line
        rounded(QPainter(self), QRectF(self.rect()), RADIUS, fill=fill, edge=edge, dashed=self._dashed)


class _Press(KeyFocus, QPushButton):
    """The button beneath a `PressCard`: as large as the card, named as it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, rect = look_of(), QPainter(self), QRectF(self.rect())
        colours = look.palette
        fill = colours.pressed if self.isDown() else colours.hover if self.underMouse() else colours.surface
        rounded(painter, rect, RADIUS, fill=fill, edge=colours.line)
        if self.shows_focus():
            focus_ring(painter, rect, RADIUS, colours.focus_ring)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(0, 0)


class PressCard(QWidget):
    clicked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, padding: int = 16) -> None:
        super().__init__(parent)
        self._press = _Press(self)
        self._press.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._press.setCursor(Qt.CursorShape.PointingHandCursor)
        self._press.clicked.connect(self.clicked)
        self.setFocusProxy(self._press)
        self.body = QHBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(16)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self._press.setAccessibleName(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._press.setGeometry(self.rect())
        self._press.lower()

    def childEvent(self, event: QChildEvent) -> None:
        super().childEvent(event)
        child = event.child()
        if (
            event.type() == QEvent.Type.ChildPolished
            and isinstance(child, QWidget)
            and child is not self._press
        ):
            passive = child.focusPolicy() == Qt.FocusPolicy.NoFocus and not child.findChildren(QPushButton)
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, passive)


class Panel(QWidget):
    def __init__(self, edge: str = "right", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edge = edge

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), look_of().palette
        painter.fillRect(self.rect(), colours.surface)
        wide, high = self.width(), self.height()
        edges = {
            "left": (0, 0, 1, high),
            "right": (wide - 1, 0, 1, high),
            "top": (0, 0, wide, 1),
            "bottom": (0, high - 1, wide, 1),
        }
        if self._edge:
            painter.fillRect(*edges[self._edge], colours.line)


class Line(QFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look_of().palette.line)


class NoticeBox(QWidget):
    def __init__(
        self,
        tone: Tone,
        title: str = "",
        text: str = "",
        parent: QWidget | None = None,
        *,
        icon: str = "",
    ) -> None:
        super().__init__(parent)
        self._tone, self._icon = tone, icon
        self._title = Label("", TextSize.BODY, Weight.SEMIBOLD, tone=tone, parent=self)
        self._text = Paragraph("", tone=tone, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(13 + (look_of().px(26) if icon else 0), 12, 13, 12)
        column.setSpacing(3)
        column.addWidget(self._title)
        column.addWidget(self._text)
        self.set_words(title, text)

    def set_words(self, title: str, text: str) -> None:
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = look_of(), QPainter(self)
        tone = look.palette.tone(self._tone)
        rounded(painter, QRectF(self.rect()), RADIUS, fill=tone.wash)
        if self._icon:
            side = look.px(18)
            icons.draw(painter, QRectF(13, 12, side, side), self._icon, tone.fg)
