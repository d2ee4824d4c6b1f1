"""Joins a text box to the record: what is typed is recorded as typed, what is recorded is shown.

TypedLine(name, placeholder)        a one-line box that reports typing as `GrowingTextEdit` does
SavedAsTyped(box, save, desk)       calls save(text) at most 0.7 s after the last key, on leaving, on flush;
                                    save answers whether the words are on the disk (or need not be)
    .show(text, from_colleague=False) -> bool    False: the box has the focus or unreported words, kept
    .show_other(text)               another subject: whatever stood there is replaced
    .flush()
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.screens.typed import IdleLine
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit

_TRY_AGAIN = 5000


class TypedLine(IdleLine):
    """Enter and Esc leave it, as Esc leaves a larger box."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.flush()
            self.left.emit()
        else:
            super().keyPressEvent(event)


def set_read_only(box: GrowingTextEdit | TypedLine, read_only: bool) -> None:
    """With the look that goes with it: a style sheet does not see the property change."""
    if box.isReadOnly() != read_only:
        box.setReadOnly(read_only)
        box.style().unpolish(box)
        box.style().polish(box)


class SavedAsTyped(QObject):
    """Words that could not be recorded (a full disk) stay in the box and are tried again."""

    def __init__(self, box: GrowingTextEdit | TypedLine, save: Callable[[str], bool], desk: Desk) -> None:
        super().__init__(box)
        self.box = box
        self._desk, self._save = desk, save
        self._again = QTimer(self)
        self._again.setInterval(_TRY_AGAIN)
        self._again.timeout.connect(self._try)
        box.idle_text.connect(self._try)
        box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.box.flush()
            self._desk.visit.end_typing()  # what is typed next is another act to undo
        return super().eventFilter(watched, event)

    @property
    def unrecorded(self) -> bool:
        return self._again.isActive() or self.box.unreported

    def _try(self) -> None:
        if self._save(self.box.text()):
            self._again.stop()
        else:
            self._again.start()

    def show(self, text: str, *, from_colleague: bool = False) -> bool:
        """Outer blanks that the record leaves off are no difference: they are still being typed."""
        if text.strip() == self.box.text().strip() and self.box.hasFocus():
            return True
        if self.unrecorded or (from_colleague and self.box.hasFocus()):
            return False
        return self.box.set_text(text)

    def show_other(self, text: str) -> None:
        self._again.stop()
        self.box.set_text(text, force=True)

    def flush(self) -> None:
        self.box.flush()
        if self._again.isActive():
            self._try()
