"""Notes of a criterion that their authors took back: put away under a line to press, still to be read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.actions.notes import reinstate_note
from qsin_desktop.domain.evidence import Note
from qsin_desktop.domain.withdrawals import Withdrawal
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.moments import moment
from qsin_desktop.ui.panels.quiet_link import QuietLink
from qsin_desktop.ui.screens.parts import clear, row
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.label import Paragraph, StruckParagraph
from qsin_desktop.ui.words import count


class WithdrawnNotes(QWidget):
    """Hidden where there are none. Opened, it stays open until another criterion is shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._notes: Sequence[Note] = ()
        self._writable = True
        self.link = QuietLink(parent=self)
        self.lines = QWidget(self)
        self.link.clicked.connect(lambda: self.open(on=self.lines.isHidden()))
        self._column = QVBoxLayout(self.lines)
        self._column.setContentsMargins(0, 4, 0, 4)
        self._column.setSpacing(10)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(row(self.link, 1))
        whole.addWidget(self.lines)
        self.lines.hide()

    def show_notes(self, notes: Sequence[Note], *, writable: bool) -> None:
        same = (list(self._notes), self._writable) == (list(notes), writable)
        self._notes, self._writable = notes, writable
        self.setVisible(bool(notes))
        self._show_link()
        if not same:
            self._fill()

    def open(self, *, on: bool) -> None:
        self.lines.setVisible(on)
        self._show_link()

    def _show_link(self) -> None:
        taken = count(len(self._notes), "note that was taken back", "notes that were taken back")
        self.link.set_words(f"Hide {taken}" if not self.lines.isHidden() else f"Show {taken}")

    def _fill(self) -> None:
        clear(self._column)
        for note in self._notes:
            line = self._line(note)
            self._column.addWidget(line)
            line.show()

    def _line(self, note: Note) -> QWidget:
        line = QWidget(self.lines)
        column = QVBoxLayout(line)
        column.setContentsMargins(9, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(StruckParagraph(note.text or note.kind.label, soft=True, parent=line))
        said = Paragraph(self._said(note, note.withdrawal), TextSize.SMALL, soft=True, parent=line)
        back = QuietLink("Bring it back", parent=line)
        back.clicked.connect(lambda: self._bring_back(note.id))
        back.setVisible(self._writable and note.by == self._desk.visit.me)
        column.addWidget(said)
        column.addLayout(row(back, 1))
        return line

    def _said(self, note: Note, gone: Withdrawal | None) -> str:
        """“Observation, Ada Assessor. Taken back by Ada Assessor, 24 Nov 10:31”."""
        name = self._desk.record.person_name
        if gone is None:
            return ""
        why = "" if gone.why == "Taken back" else f": {gone.why}"
        kind = f"{note.kind.label}, {name(note.by)}, {moment(note.at)}"
        return f"{kind}. Taken back by {name(gone.by)}, {moment(gone.at)}{why}"

    def _bring_back(self, note: str) -> None:
        if self._desk.act(lambda: reinstate_note(self._desk.visit, note=note)) is not None:
            self._desk.messages.done("The note stands again.", undo=True)
