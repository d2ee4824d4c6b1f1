"""Shows what the messages tell as bars over the foot of the window, in the middle."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.messages import Messages, Notice
from qsin_desktop.ui.widgets.message_bar import Message, MessageBar, MessageStack

_WIDE, _ABOVE_FOOT, _BETWEEN = 680, 56, 8


class Notices(QObject):
    def __init__(self, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._stack = MessageStack(window)
        self._stack.installEventFilter(self)
        window.installEventFilter(self)
        messages.show_through(self._show)
        messages.outdated.connect(self._drop)

    def bars(self) -> list[MessageBar]:
        return self._stack.bars()

    def _show(self, notice: Notice) -> None:
        self._stack.show_message(Message(notice.kind, notice.text, notice.action), notice.acted)
        self._place()

    def _drop(self, text: str) -> None:
        for bar in self._stack.bars():
            if bar.message.text == text:
                bar.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._stack and event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self._place)
        elif watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """No wider than a sentence reads well, and as high as the sentences need at that width."""
        look = look_of()
        wide = min(look.px(_WIDE), self._window.width() - 2 * look.px(24))
        high = self._fit_bars(wide)
        top = self._window.height() - high - look.px(_ABOVE_FOOT)
        self._stack.setGeometry((self._window.width() - wide) // 2, top, wide, high)
        self._stack.raise_()

    def _fit_bars(self, wide: int) -> int:
        """Sentences wrap, and a layout takes their first guess for their least height: tell each its own."""
        high = 0
        for bar in self._stack.bars():
            layout = bar.layout()
            own = layout.totalHeightForWidth(wide) if layout is not None else bar.sizeHint().height()
            if bar.minimumHeight() != own or bar.maximumHeight() != own:
                bar.setFixedHeight(own)
            high += own + _BETWEEN
        return max(0, high - _BETWEEN)
