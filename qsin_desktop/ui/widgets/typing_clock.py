"""When words being typed are put on the disk: a moment after the last key, and now and then meanwhile.

clock = TypingClock(parent)
clock.typed()           a key was pressed
clock.stop()            what was typed is reported, or is no longer wanted
clock.idle              0.7 s after the last key
clock.going_on          half a second after the first key that came since the last of these two signals
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

IDLE, GOING_ON = 700, 500  # milliseconds


class TypingClock(QObject):
    idle = Signal()
    going_on = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.pause = self._timer(IDLE)
        self.meanwhile = self._timer(GOING_ON)
        self.pause.timeout.connect(self.idle)
        self.meanwhile.timeout.connect(self.going_on)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        return timer

    def typed(self) -> None:
        self.pause.start()
        if not self.meanwhile.isActive():
            self.meanwhile.start()

    def stop(self) -> None:
        self.pause.stop()
        self.meanwhile.stop()
