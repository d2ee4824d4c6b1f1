"""One note of the timeline: its kind, its words in place, and beneath who was heard, where and by whom.

NoteCard(desk)
    .show_note(note, spot)          a recorded note; a colleague's is for reading only
    .show_draft(kind, spot)         one to be written: recorded with its first words
    .note                           its id, empty while it is a draft
    .write()                        put the focus into the text
    taken_back = Signal(object)     the card: a draft that is given up, or a note to take back
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from qsin_desktop.actions.notes import add_note, show_note, tell_about_note, write_note
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.evidence import Note, NoteKind
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.purge import ask_purge
from qsin_desktop.ui.look import FollowsLook, Look
from qsin_desktop.ui.panels.note_about import NoteAbout
from qsin_desktop.ui.panels.note_words import ICONS, PROMPTS, beneath
from qsin_desktop.ui.panels.quiet_boxes import NoteText
from qsin_desktop.ui.panels.spot_panel import NOWHERE
from qsin_desktop.ui.panels.typed_box import SavedAsTyped, set_read_only
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.button import IconButton
from qsin_desktop.ui.widgets.chip import Chip
from qsin_desktop.ui.widgets.label import Paragraph


class NoteCard(FollowsLook, QWidget):
    taken_back = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.note = ""
        self.spot, self.kind = NOWHERE, NoteKind.DOCUMENT
        self._mine, self._writable, self._shown = True, True, True
        self.chip = Chip("", Tone.ACCENT, parent=self)
        self.text = NoteText("Note", self)
        self.typed = SavedAsTyped(self.text, self._write, desk)
        self.text.left.connect(self.left)
        self._read = Paragraph("", parent=self)
        self._read.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._beneath = Paragraph("", TextSize.SMALL, soft=True, parent=self)
        self.about = NoteAbout(desk, self._tell, self)
        self.about.left.connect(self.left)
        self._make_buttons()
        self._lay_out()
        self.follow_now()
        QApplication.instance().focusChanged.connect(self._show_buttons)  # type: ignore[union-attr]

    def _make_buttons(self) -> None:
        self.who_button = IconButton("user", "Who was heard, in what role, and when", parent=self)
        self.who_button.clicked.connect(self._toggle_about)
        self.eye_button = IconButton("eye", "Leave it out of the report", parent=self)
        self.eye_button.clicked.connect(self._toggle_shown)
        self.back_button = IconButton("trash", "Take this note back", parent=self)
        self.back_button.clicked.connect(lambda: self.taken_back.emit(self))
        self.purge_button = IconButton("purge", "Purge this note for good…", parent=self)
        self.purge_button.clicked.connect(lambda: ask_purge(self.desk, self.note, self))
        self._buttons = (self.who_button, self.eye_button, self.back_button, self.purge_button)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.text)
        for widget in (self._read, self.about, self._beneath):
            inset = QHBoxLayout()
            inset.setContentsMargins(4 if widget is self.about else 9, 3 if widget is self._read else 0, 0, 0)
            inset.addWidget(widget)
            words.addLayout(inset)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(6)
        row.addLayout(self._lay_out_kind())
        row.addLayout(words, 1)

    def _lay_out_kind(self) -> QVBoxLayout:
        """The chip, and beneath it room for the buttons, so that nothing moves when they come."""
        acts = QHBoxLayout()
        acts.setSpacing(2)
        for button in self._buttons:
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
            acts.addWidget(button)
        acts.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.chip)
        column.addLayout(acts)
        column.addStretch(1)
        return column

    def follow(self, look: Look) -> None:
        self.chip.setFixedWidth(look.px(118))
        for button in self._buttons:
            button.setFixedSize(look.px(28), look.px(24))

    # ---- showing ------------------------------------------------------------------------------------

    def show_note(self, note: Note, spot: RatingKey) -> None:
        me = self.desk.visit.me
        another = note.id != self.note
        self.note, self.spot, self.kind = note.id, spot, note.kind
        self._mine, self._shown = note.by == me, note.shown
        if another:
            self.typed.show_other(note.text)
            self.about.show_other(note)
        else:
            self.typed.show(note.text)
            self.about.show_note(note)
        self._read.setText(note.text)
        self._beneath.setText(beneath(self.desk.record, note, spot, me))
        self._show_kind()

    def show_draft(self, kind: NoteKind, spot: RatingKey) -> None:
        if self.note or spot != self.spot:
            self.typed.show_other("")
            self.about.show_other(None)
        self.note, self.spot, self.kind, self._mine, self._shown = "", spot, kind, True, True
        self._beneath.setText("Recorded as soon as you write")
        self.about.setVisible(kind is NoteKind.INTERVIEW)
        self._show_kind()

    def _show_kind(self) -> None:
        self.chip.set_chip(self.kind.label, Tone.ACCENT, icon=ICONS[self.kind])
        self.text.setPlaceholderText(PROMPTS[self.kind])
        self.text.setAccessibleName(f"{self.kind.label} note")
        self.about.set_kind(self.kind)
        self.text.setVisible(self._mine)
        self._read.setVisible(not self._mine)
        set_read_only(self.text, not self._writable)
        self.about.set_writable(self._writable)
        if not self._mine:
            self.about.hide()
        self.eye_button.set_icon_name("eye" if self._shown else "withdraw")
        self.eye_button.set_words("Leave it out of the report" if self._shown else "Show it in the report")
        self._show_buttons()

    def set_writable(self, writable: bool) -> None:
        self._writable = writable
        self._show_kind()

    @property
    def blank(self) -> bool:
        return not self.text.text().strip() and not self.about.filled

    @property
    def held(self) -> bool:
        """Whether it has words that could not be put on the disk: then it is no card for another note."""
        return self.typed.held or self.about.held

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """In the order of Tab."""
        return (self.text, *self.about.lines.values(), *self._buttons)

    def write(self) -> None:
        self.text.setFocus()

    def flush(self) -> None:
        self.typed.flush()
        self.about.flush()

    # ---- recording ----------------------------------------------------------------------------------

    def _write(self, text: str) -> bool:
        if not self.note:
            return self._begin()
        visit, note = self.desk.visit, self.note
        return self.desk.act(lambda: write_note(visit, note=note, text=text, typing=True), self) is not None

    def _tell(self, heard: str, role: str, when: str) -> bool:
        if not self.note:
            return self._begin()
        visit, note = self.desk.visit, self.note
        told = {"heard": heard, "role": role, "when": when}
        return self.desk.act(lambda: tell_about_note(visit, note=note, typing=True, **told), self) is not None

    def _begin(self) -> bool:
        """The draft's first words make it a note."""
        if self.blank:
            return True
        return self.desk.act(self._add, self) is not None

    def _add(self) -> Change:
        """The card is the note's before anybody hears of it, or it would be shown twice."""
        spot = self.spot
        change = add_note(
            self.desk.visit,
            criterion=spot.criterion,
            kind=self.kind,
            text=self.text.text().strip(),
            stage=spot.stage,
            site=spot.site,
            **self.about.told,
        )
        self.note = change.entity
        return change

    def _toggle_shown(self) -> None:
        note, shown = self.note, not self._shown
        if note:
            self.desk.act(lambda: show_note(self.desk.visit, note=note, shown=shown))

    def _toggle_about(self) -> None:
        self.about.setVisible(self.about.isHidden())
        if self.about.isVisible():
            self.about.begin()

    # ---- the buttons show while the card is used ------------------------------------------------------

    def _show_buttons(self, *_: object) -> None:
        focused = QApplication.focusWidget()
        within = focused is not None and (focused is self or self.isAncestorOf(focused))
        looked_at = within or self.underMouse()
        used = self._mine and self._writable and looked_at
        may_purge = self._mine or self.desk.visit.i_lead
        self.who_button.setVisible(used)
        self.eye_button.setVisible(used and bool(self.note))
        self.back_button.setVisible(used)
        self.purge_button.setVisible(
            looked_at and bool(self.note) and may_purge and not self.desk.visit.read_only
        )

    def event(self, event: QEvent) -> bool:
        answer = super().event(event)
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self._show_buttons()
        return answer
