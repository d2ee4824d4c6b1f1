"""Who was heard for a note, in what role and when: three quiet boxes in a row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qsin_desktop.domain.evidence import Note, NoteKind
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.panels.note_words import HEARD
from qsin_desktop.ui.panels.quiet_boxes import QuietLine
from qsin_desktop.ui.panels.typed_box import SavedAsTyped, set_read_only

_NAMES = {"heard": "Who said it", "role": "In what role", "when": "When"}


class NoteAbout(QWidget):
    """`tell(heard, role, when)` records all three and answers whether that went well."""

    left = Signal()

    def __init__(
        self, desk: Desk, tell: Callable[[str, str, str], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tell = tell
        self.lines = {name: QuietLine(words, words, self) for name, words in _NAMES.items()}
        self._typed = {name: SavedAsTyped(line, self._save, desk) for name, line in self.lines.items()}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 1)
        row.setSpacing(6)
        for name, line in self.lines.items():
            line.left.connect(self.left)
            row.addWidget(line, 2 if name != "when" else 1)
        self.hide()

    @property
    def told(self) -> dict[str, str]:
        return {name: line.text() for name, line in self.lines.items()}

    @property
    def filled(self) -> bool:
        return any(text.strip() for text in self.told.values())

    @property
    def held(self) -> bool:
        return any(typed.held for typed in self._typed.values())

    def set_kind(self, kind: NoteKind) -> None:
        self.lines["heard"].setPlaceholderText(HEARD[kind])
        self.lines["heard"].setAccessibleName(HEARD[kind])

    def set_writable(self, writable: bool) -> None:
        for line in self.lines.values():
            set_read_only(line, not writable)

    def begin(self) -> None:
        self.lines["heard"].setFocus()

    def show_other(self, note: Note | None) -> None:
        for name, typed in self._typed.items():
            typed.show_other(getattr(note, name) if note else "")
        self.hide()

    def show_note(self, note: Note) -> None:
        for name, typed in self._typed.items():
            typed.show(getattr(note, name))

    def flush(self) -> None:
        for typed in self._typed.values():
            typed.flush()

    def _save(self, _text: str) -> bool:
        told = self.told
        return self._tell(told["heard"], told["role"], told["when"])
