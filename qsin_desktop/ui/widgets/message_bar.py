"""Notices inside the window, instead of dialogs.

    MessageStack(parent=None)                  lays them one above another, newest at the foot, three at most
        .show_message(Message(kind, text, action="", lasts=None), acted=None) -> MessageBar
        .dismiss_all()     .bars() -> list[MessageBar]
    Message(kind, text, action="", lasts=None) kind: Kind.INFO DONE WARNING REFUSAL; lasts: milliseconds,
                                               None: 6 s for info and done, else for ever; 0: for ever
    MessageBar: acted = Signal(), dismissed = Signal(); .message; .dismiss(); Esc dismisses when it has focus
The same words of the same kind are shown once and stay longer. The clock stands while the mouse or the focus
is on a bar. The eldest that would pass by itself makes room; warnings and refusals are never pushed out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui import icons
from qsin_desktop.ui.look import FollowsLook, Look, look_of
from qsin_desktop.ui.widgets.announce import announce
from qsin_desktop.ui.widgets.button import IconButton, quiet
from qsin_desktop.ui.widgets.drawing import rounded
from qsin_desktop.ui.widgets.label import Paragraph

_LASTS = 6000
_AT_MOST = 3


class Kind(Enum):
    """Its tone, its icon, and the word a screen reader says first."""

    INFO = (Tone.ACCENT, "info", "")
    DONE = (Tone.MET, "done", "")
    WARNING = (Tone.PARTLY, "warning", "Warning: ")
    REFUSAL = (Tone.NOT_MET, "refusal", "Not done: ")

    @property
    def tone(self) -> Tone:
        return self.value[0]

    @property
    def icon(self) -> str:
        return self.value[1]

    @property
    def said(self) -> str:
        return self.value[2]


@dataclass(frozen=True)
class Message:
    kind: Kind
    text: str
    action: str = ""
    lasts: int | None = None

    @property
    def milliseconds(self) -> int:
        if self.lasts is not None:
            return self.lasts
        return _LASTS if self.kind in (Kind.INFO, Kind.DONE) else 0


class MessageBar(FollowsLook, QWidget):
    acted = Signal()
    dismissed = Signal()

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.dismiss)
        self.setAccessibleName(message.kind.said + message.text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._lay_out()
        for button in self.findChildren(QPushButton):
            button.installEventFilter(self)
        self.restart()
        self.follow_now()

    def follow(self, look: Look) -> None:
        self.setContentsMargins(look.px(42), 0, 0, 0)  # room for the icon

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 8, 8)
        row.setSpacing(8)
        words = Paragraph(self.message.text, tone=self.message.kind.tone, parent=self)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(words, 1)
        if self.message.action:
            action = quiet(self.message.action, parent=self)
            action.clicked.connect(self._act)
            row.addWidget(action, 0, Qt.AlignmentFlag.AlignTop)
        close = IconButton("x", "Dismiss this notice", parent=self)
        close.clicked.connect(self.dismiss)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)

    def restart(self) -> None:
        """Begin its time anew."""
        if self.message.milliseconds:
            self._clock.start(self.message.milliseconds)

    def passes(self) -> bool:
        return bool(self.message.milliseconds)

    def dismiss(self) -> None:
        self._clock.stop()
        self.hide()
        self.dismissed.emit()

    def _act(self) -> None:
        self.acted.emit()
        self.dismiss()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._clock.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.restart()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._clock.stop()
        elif event.type() == QEvent.Type.FocusOut:
            self.restart()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, rect = look_of(), QPainter(self), QRectF(self.rect())
        tone = look.palette.tone(self.message.kind.tone)
        rounded(painter, rect, look.px(10), fill=tone.wash, edge=tone.solid)
        side = look.px(20)
        icons.draw(painter, QRectF(look.px(13), look.px(14), side, side), self.message.kind.icon, tone.fg)


class MessageStack(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._bars: list[MessageBar] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.hide()

    def bars(self) -> list[MessageBar]:
        return list(self._bars)

    def show_message(self, message: Message, acted: Callable[[], object] | None = None) -> MessageBar:
        """`acted` is called if the person presses the action."""
        for bar in self._bars:
            if (bar.message.kind, bar.message.text) == (message.kind, message.text) and not message.action:
                bar.restart()
                return bar
        bar = MessageBar(message, self)
        if acted is not None:
            bar.acted.connect(acted)
        bar.dismissed.connect(lambda: self._remove(bar))
        self._bars.append(bar)
        self._column.addWidget(bar)
        self._make_room()
        self.show()
        announce(self, message.kind.said + message.text, urgent=message.kind is Kind.REFUSAL)
        return bar

    def dismiss_all(self) -> None:
        for bar in self.bars():
            bar.dismiss()

    def _make_room(self) -> None:
        passing = [bar for bar in self._bars[:-1] if bar.passes()]
        while len(self._bars) > _AT_MOST and passing:
            passing.pop(0).dismiss()

    def _remove(self, bar: MessageBar) -> None:
        if bar in self._bars:
            self._bars.remove(bar)
            self._column.removeWidget(bar)
            bar.deleteLater()
        self.setVisible(bool(self._bars))
