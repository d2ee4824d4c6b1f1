"""The notes of a criterion as a timeline, the newest first, with the kinds that are still to do.

.begin(kind)      a new note of this kind, ready to be typed
.ask_kind(at)     offer the kinds in a menu: 1 to 4 or the arrows
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from qsin_desktop.actions.notes import take_back_note
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.evidence import Note, NoteKind
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.ui import icons
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.panels.note_card import NoteCard
from qsin_desktop.ui.panels.note_words import ICONS, is_here
from qsin_desktop.ui.panels.notes_head import NotesHead
from qsin_desktop.ui.panels.spot_panel import SpotPanel
from qsin_desktop.ui.panels.tab_order import tab_after
from qsin_desktop.ui.panels.withdrawn_notes import WithdrawnNotes
from qsin_desktop.ui.widgets.card import Line
from qsin_desktop.ui.widgets.label import Paragraph

_EMPTY = "No note yet. Press N and say whether you read it, heard it, saw it or sampled it."
_EMPTY_TO_READ = "No note was written here."


class NotesPanel(SpotPanel):
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._cards: list[NoteCard] = []
        self._lines: dict[NoteCard, Line] = {}
        self._draft: NoteCard | None = None
        self.head = NotesHead(desk, self)
        self.head.kind_asked.connect(lambda kind: self.begin(NoteKind(kind)))
        self.head.menu_asked.connect(self.ask_kind)
        self.head.only_here.connect(lambda _on: self.refresh())
        self._empty = Paragraph(_EMPTY, soft=True, parent=self)
        self._empty.setContentsMargins(0, 10, 0, 10)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addSpacing(8)
        whole.addWidget(Line(self))
        whole.addLayout(self._column)
        self.withdrawn = WithdrawnNotes(desk, self)
        whole.addWidget(self._empty)
        whole.addWidget(self.withdrawn)

    # ---- showing ------------------------------------------------------------------------------------

    def show_spot(self, spot: RatingKey) -> None:
        if self._draft is not None:
            self._put_away(self._draft)
        if spot.criterion != self.spot.criterion:
            self.withdrawn.open(on=False)
        self.spot = spot
        self._draft = next((c for c in self._cards if c.held and not c.note and c.spot == spot), None)
        self.refresh()

    def refresh(self) -> None:
        notes = self.record.notes(self.spot.criterion)
        self.head.show_notes(self.spot, notes)
        shown = [n for n in reversed(notes) if not self.head.narrowed or is_here(n, self.spot)]
        self._settle_draft(shown)
        by_note = {card.note: card for card in self._cards if card.note}
        spare = [card for card in self._cards if self._is_spare(card, {n.id for n in shown})]
        cards = [by_note.get(n.id) or (spare.pop() if spare else self._new_card()) for n in shown]
        for card, note in zip(cards, shown, strict=True):
            card.show_note(note, self.spot)
        self._arrange(([self._draft] if self._draft else []) + cards)
        self._empty.setText(_EMPTY if self.writable else _EMPTY_TO_READ)
        self._empty.setVisible(not shown and self._draft is None)
        gone = [n for n in self.record.notes(self.spot.criterion, withdrawn=True) if n.withdrawal is not None]
        self.withdrawn.show_notes(gone, writable=self.writable)

    def _is_spare(self, card: NoteCard, shown: set[str]) -> bool:
        return card.note not in shown and card is not self._draft and not card.held

    def _settle_draft(self, shown: list[Note]) -> None:
        """A draft that was recorded is a note like the others from now on."""
        if self._draft is not None and self._draft.note:
            self._draft = None

    def _new_card(self) -> NoteCard:
        card = NoteCard(self.desk, self)
        card.taken_back.connect(self._take_back)
        card.left.connect(self.left)
        card.set_writable(self.writable)
        self._cards.append(card)
        self._lines[card] = Line(self)
        return card

    def _arrange(self, cards: list[NoteCard]) -> None:
        """Only what moved is moved: the one being typed in keeps the focus and its place."""
        for at, card in enumerate(cards):
            if self._column.indexOf(card) != 2 * at:
                self._column.insertWidget(2 * at, card)
                self._column.insertWidget(2 * at + 1, self._lines[card])
            if card.isHidden():
                card.show()
                self._lines[card].show()
        for card in self._cards:
            if card not in cards:
                self._put_away(card)
        tab_after(self.head.add_button, (stop for card in cards for stop in card.stops))

    def _put_away(self, card: NoteCard) -> None:
        card.hide()
        self._lines[card].hide()
        self._column.removeWidget(card)
        self._column.removeWidget(self._lines[card])
        if card is self._draft:
            self._draft = None

    def take(self, change: Change, origin: QObject | None) -> None:
        if any(key.type in ("site", "person") for key in change.keys):
            self.refresh()
            return
        touched = {key.entity for key in change.keys if key.type == "note"}
        here = {note.id for note in self.record.notes(self.spot.criterion, withdrawn=True)}
        if touched & here or touched & {card.note for card in self._cards if not card.isHidden()}:
            self.refresh()

    def flush(self) -> None:
        for card in self._cards:
            if not card.isHidden():
                card.flush()

    def set_writable(self, writable: bool) -> None:
        super().set_writable(writable)
        self.head.set_writable(writable)
        for card in self._cards:
            card.set_writable(writable)
        self.refresh()

    # ---- writing ------------------------------------------------------------------------------------

    def begin(self, kind: NoteKind) -> None:
        if not self.writable:
            return
        if self._draft is not None and not self._draft.blank:
            self._draft.flush()
            self._settle_draft([])
        if self._draft is None:
            free = [card for card in self._cards if card.isHidden() and not card.held]
            self._draft = free[0] if free else self._new_card()
        self._draft.show_draft(kind, self.spot)
        self.refresh()
        self._draft.write()

    def ask_kind(self) -> None:
        if not self.writable:
            return
        menu = QMenu(self)
        menu.setAccessibleName("Kind of note")
        for number, kind in enumerate(NoteKind, 1):
            action = menu.addAction(f"&{number}  {kind.label}")
            action.setIcon(icons.icon(ICONS[kind], look_of().palette.accent))
            action.setData(kind.value)
        menu.triggered.connect(lambda action: self.begin(NoteKind(action.data())))
        menu.aboutToHide.connect(menu.deleteLater)
        at = self.head.add_button
        menu.popup(at.mapToGlobal(at.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def _take_back(self, card: NoteCard) -> None:
        if not card.note:
            self._put_away(card)
            self.refresh()
            return
        card.flush()
        note = card.note
        if self.desk.act(lambda: take_back_note(self.desk.visit, note=note)) is not None:
            self.desk.messages.done("The note is taken back. It stays to be read below.", undo=True)
