"""Above the notes: which kinds there are and which are still to do, and the way to a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qsin_desktop.domain.evidence import Note, NoteKind
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.commands import cap, tip
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.panels.note_words import COMMANDS_OF, is_here
from qsin_desktop.ui.widgets.button import Button, ButtonKind, IconButton
from qsin_desktop.ui.widgets.chip import ChipButton
from qsin_desktop.ui.widgets.flow_layout import FlowLayout
from qsin_desktop.ui.widgets.label import field_label


class NotesHead(QWidget):
    kind_asked = Signal(str)
    menu_asked = Signal()
    only_here = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._chips: dict[NoteKind, ChipButton] = {}
        label = field_label("Notes", parent=self)
        self._flow = FlowLayout(gap=8, line_gap=6)
        self._flow.setContentsMargins(0, 5, 0, 5)  # beside a button of 36
        self._flow.addWidget(label)
        for kind in NoteKind:
            self._chips[kind] = chip = ChipButton(kind.label, Tone.MET, sign=Sign.TICK, parent=self)
            chip.clicked.connect(lambda _=False, kind=kind: self.kind_asked.emit(kind.value))
            self._flow.addWidget(chip)
        self._here = IconButton("filter", "Only notes of this stage and place", parent=self)
        self._here.setCheckable(True)
        self._here.toggled.connect(self.only_here)
        self.add_button = Button("Note", "plus", ButtonKind.QUIET, key=cap("walk.note"), parent=self)
        self.add_button.setToolTip(tip("walk.note"))
        self.add_button.clicked.connect(self.menu_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addLayout(self._flow, 1)
        row.addWidget(self._here, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def narrowed(self) -> bool:
        return not self._here.isHidden() and self._here.isChecked()

    def show_notes(self, spot: RatingKey, notes: Sequence[Note]) -> None:
        expected = self._desk.visit.criterion(spot.criterion).expected_notes
        there = {note.kind for note in notes}
        for kind, chip in self._chips.items():
            done = kind in there
            words = kind.label if done else f"{kind.label} to do"
            chip.set_chip(words, Tone.MET if done else Tone.PARTLY, Sign.TICK if done else Sign.RING)
            chip.setToolTip(tip(COMMANDS_OF[kind]))
            chip.setVisible(done or kind.value in expected)
        self._here.setVisible(any(not is_here(note, spot) for note in notes) and len(notes) > 1)

    def set_writable(self, writable: bool) -> None:
        for chip in self._chips.values():
            chip.setEnabled(writable)
        self.add_button.setVisible(writable)
