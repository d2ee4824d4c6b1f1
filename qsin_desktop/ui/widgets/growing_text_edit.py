"""A text box that grows with what is written in it and reports the words as they are typed.

    GrowingTextEdit(name, placeholder="", min_lines=2, max_lines=12, parent=None)   name: for screen readers
        .set_text(text, *, force=False) -> bool
                                      show a recorded text; reports nothing, keeps the cursor's place. While
                                      there is unreported typing it is left alone (False), unless forced:
                                      flush() before showing another criterion
        .text()   .setReadOnly(bool)
        .flush()                      report now what is not yet reported
        .unreported                   typed since the last report
        idle_text = Signal(str)       0.7 s after the last key, on leaving, on flush; never the same twice
        going_on = Signal(str)        half a second after a key while the typing goes on: what stands there
        left = Signal()               Esc: the words were reported; put the focus where keys act
        pasted_other = Signal()       a paste without words, e.g. a screenshot: let the DropArea paste it
Plain text only, whatever is pasted; Tab leads on; files dropped on it go to what lies behind it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from qsin_desktop.ui.look import FollowsLook, Look, look_of
from qsin_desktop.ui.widgets.typing_clock import TypingClock

_LINE_SPACING = 127.0  # per cent


class GrowingTextEdit(FollowsLook, QTextEdit):
    idle_text = Signal(str)
    going_on = Signal(str)
    left = Signal()
    pasted_other = Signal()

    def __init__(
        self,
        name: str,
        placeholder: str = "",
        min_lines: int = 2,
        max_lines: int = 12,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lines = (min_lines, max(min_lines, max_lines))
        self._reported = ""
        self._changed = False
        self._told = False  # of unreported words, while the typing goes on
        self._clock = TypingClock(self)
        self._clock.idle.connect(self.flush)
        self._clock.going_on.connect(self._tell_going_on)
        self.setAcceptRichText(False)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fill("")
        self.textChanged.connect(self._typed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def text(self) -> str:
        return self.toPlainText()

    @property
    def unreported(self) -> bool:
        return self._changed and self.text() != self._reported

    def set_text(self, text: str, *, force: bool = False) -> bool:
        if self.unreported and not force:
            return False
        self._clock.stop()
        self._changed, self._reported, self._told = False, text, False
        if text != self.text():
            self._fill(text)
        return True

    def flush(self) -> None:
        self._clock.stop()
        if not self._changed:
            return
        self._changed = False
        text = self.text()
        if text != self._reported or self._told:
            self._reported, self._told = text, False
            self.idle_text.emit(text)

    def _fill(self, text: str) -> None:
        """With open line spacing, which must not become a step of undo."""
        place = self.textCursor().position()
        blocked = self.blockSignals(True)
        self.document().setUndoRedoEnabled(False)
        self.setPlainText(text)
        spacing = QTextBlockFormat()
        spacing.setLineHeight(_LINE_SPACING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)
        self.document().setUndoRedoEnabled(True)
        cursor.clearSelection()
        cursor.setPosition(min(place, len(text)))
        self.setTextCursor(cursor)
        self.blockSignals(blocked)
        self._grow()

    def _typed(self) -> None:
        self._changed = True
        self._clock.typed()

    def _tell_going_on(self) -> None:
        if self.unreported or self._told:
            self._told = True
            self.going_on.emit(self.text())

    def _grow(self) -> None:
        policy = Qt.ScrollBarPolicy
        over = self._needed() > self._bounds()[1]
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if over else policy.ScrollBarAlwaysOff)
        self.updateGeometry()

    def _needed(self) -> int:
        """The height all of the text would take, frame included."""
        return int(self.document().size().height() + 0.999) + self.height() - self.viewport().height()

    def _bounds(self) -> tuple[int, int]:
        line = self.fontMetrics().lineSpacing() * _LINE_SPACING / 100
        frame = 2 * self.document().documentMargin() + self.height() - self.viewport().height()
        return round(self._lines[0] * line + frame), round(self._lines[1] * line + frame)

    def sizeHint(self) -> QSize:
        low, high = self._bounds()
        return QSize(look_of().px(260), min(high, max(low, self._needed())))

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of().px(120), self.sizeHint().height())

    def follow(self, look: Look) -> None:
        self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.flush()
            self.left.emit()
        elif event.matches(QKeySequence.StandardKey.Paste) and not self.canPaste():
            self.pasted_other.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()

    def hideEvent(self, event: QEvent) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        self.flush()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() and not any(url.isLocalFile() for url in source.urls())

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.canInsertFromMimeData(source):
            self.insertPlainText(source.text())
