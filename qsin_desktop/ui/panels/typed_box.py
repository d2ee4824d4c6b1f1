"""Joins a text box to the record: what is typed is recorded as typed, what is recorded is shown.

TypedLine(name, placeholder)        a one-line box that reports typing as `GrowingTextEdit` does
SavedAsTyped(box, save, desk)       calls save(text) 0.7 s after the last key, on leaving, on flush, and while
                                    the typing goes on, then only to be kept (see `Desk.keep_words`);
                                    save answers whether the words are on the disk (or need not be)
    .show(text, from_colleague=False) -> bool    False: the box has the focus or unreported words, kept
    .show_other(text)               another subject: whatever stood there is replaced
    .flush()
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.withdrawals import PURGED_WORDS
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.screens.typed import IdleLine
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit


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
        self._kept: set[FieldKey] = set()
        self._shown = ""
        box.idle_text.connect(self._try)
        box.going_on.connect(self._keep)
        box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.box.flush()
            self._desk.visit.end_typing()  # what is typed next is another act to undo
        return super().eventFilter(watched, event)

    @property
    def unrecorded(self) -> bool:
        return self.held or self.box.unreported

    @property
    def held(self) -> bool:
        """Whether these words could not be put on the disk."""
        return self._desk.unsaved_words.holds(self)

    # ---- a box of unsaved words ------------------------------------------------------------------------

    @property
    def name(self) -> str:
        return self.box.accessibleName()

    @property
    def words(self) -> str:
        return self.box.text()

    def try_again(self) -> bool:
        return self._desk.write_words(lambda: self._save(self.box.text()), self._kept)

    def _try(self) -> None:
        with self._desk.unsaved_words.quietly(self):
            saved = self.try_again()
        self._took(saved)

    def _keep(self, text: str) -> None:
        if not self.held:
            self._took(self._desk.keep_words(lambda: self._save(text), self._kept))

    def _took(self, saved: bool) -> None:
        if saved:
            self._desk.unsaved_words.let_go(self)
        else:
            self._desk.unsaved_words.hold(self)

    # ---- what is shown ---------------------------------------------------------------------------------

    def show(self, text: str, *, from_colleague: bool = False) -> bool:
        """Outer blanks that the record leaves off are no difference: they are still being typed.

        What is purged goes from the box too, whoever types in it: it would be written anew.
        """
        before, self._shown = self._shown, text
        if text == PURGED_WORDS != before:
            self.show_other(text)
            return True
        if text.strip() == self.box.text().strip() and self.box.hasFocus():
            return True
        if self.unrecorded or (from_colleague and self.box.hasFocus()):
            return False
        return self.box.set_text(text)

    def show_other(self, text: str) -> None:
        self._shown = text
        self._desk.unsaved_words.let_go(self)
        self.box.set_text(text, force=True)

    def flush(self) -> None:
        self.box.flush()
        if self.held:
            self._try()
