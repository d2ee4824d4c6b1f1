"""Lets work on another thread have short pieces done on the thread that owns the visit, and wait for them.

    own = OwnThread(parent)                          on the visit's thread
    own.ask(act, given_up)                           from the job: the result of act(), or what it raised

`given_up` is asked while the piece waits: once it says yes nobody waits any more and the piece is not done.
So a window that stops its jobs and waits for them never waits for itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject, Qt, QThread, Signal

from qsin_desktop.domain.errors import Refusal

T = TypeVar("T")

_LOOK_UP = 0.05  # seconds between two looks whether it was given up


class GivenUp(Refusal):
    def __init__(self) -> None:
        super().__init__("The work was stopped. What was done before that stays.")


class _Piece:
    def __init__(self, act: Callable[[], Any]) -> None:
        self._act = act
        self._lock = threading.Lock()
        self._taken = False
        self.done = threading.Event()
        self.result: Any = None
        self.fault: BaseException | None = None

    def take(self) -> bool:
        """Whoever comes first has it: the owner to do it, or the asker to call it off."""
        with self._lock:
            taken, self._taken = self._taken, True
        return not taken

    def do(self) -> None:
        if not self.take():
            return
        try:
            self.result = self._act()
        except BaseException as fault:  # noqa: BLE001  (told to who asked)
            self.fault = fault
        self.done.set()


class OwnThread(QObject):
    _asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked.connect(self._do, Qt.ConnectionType.QueuedConnection)

    def ask(self, act: Callable[[], T], given_up: Callable[[], bool] = lambda: False) -> T:
        """Raises what `act` raises, or `GivenUp`."""
        if QThread.currentThread() is self.thread():
            return act()
        piece = _Piece(act)
        self._asked.emit(piece)
        while not piece.done.wait(_LOOK_UP):
            if given_up() and piece.take():
                raise GivenUp
        if piece.fault is not None:
            raise piece.fault
        return cast("T", piece.result)

    def _do(self, piece: _Piece) -> None:
        """A method of this object, so that it runs where this object lives."""
        piece.do()
