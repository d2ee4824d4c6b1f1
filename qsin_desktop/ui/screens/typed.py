"""Boxes whose words are recorded as they are typed: at most half a second after a key, on leaving, on flush.

In short:

    IdleLine("Name of the site")           a QLineEdit with the manners of GrowingTextEdit
    Typed(desk, box, field, read, write)   keeps box and record together: read() -> str, write(str) -> Change
        .refresh()   .flush()   .set_writable(bool)
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.withdrawals import PURGED_WORDS
from qsin_desktop.ui.desk import Desk, of_the_disk
from qsin_desktop.ui.screens.parts import Field
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.widgets.typing_clock import TypingClock


class IdleLine(QLineEdit):
    idle_text = Signal(str)
    """The words, a moment after the last key, on leaving and on flush; never the same twice."""
    going_on = Signal(str)
    """The words, now and then while the typing goes on."""

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self._reported = ""
        self._told = False
        self._clock = TypingClock(self)
        self._clock.idle.connect(self.flush)
        self._clock.going_on.connect(self._tell_going_on)
        self.textEdited.connect(lambda _text: self._clock.typed())
        self.editingFinished.connect(self.flush)

    @property
    def unreported(self) -> bool:
        return self.text() != self._reported and self.isModified()

    def set_text(self, text: str, *, force: bool = False) -> bool:
        """Show a recorded text; left alone while there is unreported typing, unless forced."""
        if self.unreported and not force:
            return False
        self._clock.stop()
        self._reported, self._told = text, False
        if text != self.text():
            place = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(place, len(text)) if self.hasFocus() else 0)
        self.setModified(False)
        return True

    def flush(self) -> None:
        self._clock.stop()
        if self.unreported or self._told:
            self._reported, self._told = self.text(), False
            self.idle_text.emit(self._reported)

    def _tell_going_on(self) -> None:
        if self.unreported or self._told:
            self._told = True
            self.going_on.emit(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.flush()


class Typed(QObject):
    """`write` is called with the words; what refuses them is said beside the box and they stay in it.

    Words that could not be kept (a full disk) are held in `desk.unsaved_words` and tried again.
    """

    def __init__(
        self,
        desk: Desk,
        box: GrowingTextEdit | IdleLine,
        field: Field | None,
        read: Callable[[], str],
        write: Callable[[str], Change],
    ) -> None:
        super().__init__(box)
        self._desk, self.box, self.field = desk, box, field
        self._read, self._write = read, write
        self._unkept = False
        self._kept: set[FieldKey] = set()
        self._shown = ""
        box.idle_text.connect(self._typed)
        box.going_on.connect(self._keep)
        self.refresh()

    def refresh(self) -> None:
        """Show what stands, unless somebody is typing here or what was typed could not be kept yet.

        What is purged goes from the box all the same: it would be written anew.
        """
        before, self._shown = self._shown, self._read()
        if self._shown == PURGED_WORDS != before:
            self.show_other()
        elif not self._unkept and not self._same_but_for_blanks():
            self.box.set_text(self._read())

    def show_other(self) -> None:
        """Another subject: whatever stood in the box is replaced."""
        self._desk.unsaved_words.let_go(self)
        self._unkept = False
        self._shown = self._read()
        self.box.set_text(self._shown, force=True)

    def flush(self) -> None:
        if self._desk.unsaved_words.holds(self) and not self.box.unreported:
            self._typed(self.box.text())
        else:
            self.box.flush()

    # ---- a box of unsaved words ------------------------------------------------------------------------

    @property
    def name(self) -> str:
        return self.box.accessibleName()

    @property
    def words(self) -> str:
        return self.box.text()

    def try_again(self) -> bool:
        self._typed(self.box.text())
        return not self._unkept

    def set_writable(self, writable: bool) -> None:
        if self.box.isReadOnly() is writable:
            self.box.setReadOnly(not writable)
            self.box.style().unpolish(self.box)
            self.box.style().polish(self.box)

    def _same_but_for_blanks(self) -> bool:
        """The record leaves outer blanks off; while one is typed the box is not to lose it."""
        return self.box.hasFocus() and self.box.text().strip() == self._read().strip()

    def _typed(self, text: str) -> None:
        try:
            with self._desk.unsaved_words.quietly(self):
                done = self._desk.write_words(lambda: self._act(text), self._kept)
        except Refusal as refusal:
            self._refused(refusal)
        else:
            self._unkept = done is None
            if done is not None:
                self._desk.unsaved_words.let_go(self)
                if self.field is not None:
                    self.field.accept()
            else:
                self._desk.unsaved_words.hold(self)

    def _act(self, text: str) -> Change | None:
        return self._desk.act(lambda: self._write(text), origin=self, show=self.field is None)

    def _keep(self, text: str) -> None:
        """Half-typed words may be no name yet: what refuses them is said after the last key."""
        if self._desk.unsaved_words.holds(self):
            return
        try:
            self._desk.keep_words(lambda: self._act(text), self._kept)
        except Refusal as refusal:
            if of_the_disk(refusal):
                self._refused(refusal)

    def _refused(self, refusal: Refusal) -> None:
        self._unkept = True
        if of_the_disk(refusal):
            self._desk.unsaved_words.hold(self)
        if self.field is not None:
            self.field.refuse(refusal.sentence)
