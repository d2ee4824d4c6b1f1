"""Invites a colleague: reads the card of their laptop and says for whom the invitation is to be written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from qsin_desktop.actions.enrolling import Card, read_card
from qsin_desktop.actions.welcoming import places_for
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.people import Role
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.hand_over import BUNDLES, with_suffix
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.screens.new_visit_team import role_box
from qsin_desktop.ui.screens.parts import Field, row
from qsin_desktop.ui.widgets.button import primary, secondary
from qsin_desktop.ui.widgets.label import field_label
from qsin_desktop.ui.widgets.six_words import SixWords

_SENTENCE = (
    "The invitation is one file with the visit, for this laptop and the team only. Your colleague makes the "
    "card of their laptop on the start screen, under “Receive from a colleague”, and sends it to you."
)


class InvitePage(Page):
    """`done(card, role, planned, path)` once the place of the file was chosen; `planned` may be empty."""

    def __init__(self, desk: Desk, done: Callable[[Card, Role, str, Path], object], parent: QWidget) -> None:
        super().__init__("Invite a colleague", _SENTENCE, parent, width=560)
        self._desk, self._done = desk, done
        self.card: Card | None = None
        self.text = QLineEdit(self)
        self.text.setPlaceholderText("Paste the card here: qsin-card-1.…")
        self.browse = secondary("Card file…", "folder-open", self)
        given = QWidget(self)
        given.setLayout(row(self.text, self.browse, gap=8))
        self.field = Field("Card of their laptop", given, parent=self)
        self.words_label = field_label("", parent=self)
        self.words = SixWords("", self)
        self.who = QComboBox(self)
        self.who_field = Field("They are", self.who, parent=self)
        self.role = role_box("Part in the visit", Role.PEER, self)
        self.role_field = Field("Part in the visit", self.role, parent=self)
        self.yes = primary("Write the invitation…", "package", self)
        for widget in (self.field, self.words_label, self.words, self.who_field, self.role_field):
            self.body.addWidget(widget)
        self.add_buttons(self.yes)
        self.text.textChanged.connect(self._read)
        self.browse.clicked.connect(self._browse)
        self.who.currentIndexChanged.connect(lambda _index: self._show_role())
        self.yes.clicked.connect(self._write)
        self._show()
        self.text.setFocus()

    def _browse(self) -> None:
        path = self._desk.asking.file(
            self, "Card of their laptop", "card", "Cards of laptops (*.txt);;All files (*)"
        )
        if path is not None:
            self._take(str(path))

    def _read(self, text: str) -> None:
        if text.strip():
            self._take(text.strip())
        else:
            self.card = None
            self.field.accept()
            self._show()

    def _take(self, given: str) -> None:
        try:
            self.card = read_card(given)
        except Refusal as refusal:
            self.card = None
            self.field.refuse(refusal.sentence)
        else:
            self.field.accept()
            self._offer_places(self.card)
        self._show()

    def _offer_places(self, card: Card) -> None:
        """A colleague of the plan by the same name is most likely meant."""
        self.who.clear()
        if card.person in {person.id for person in self._desk.record.people}:
            self.who.addItem(f"{card.name}, in the team already", card.person)
            return
        for person in places_for(self._desk.visit, card):
            self.who.addItem(f"{person.name}, in the plan as “{person.role.label}”", person.id)
        self.who.addItem(f"New in the team: {card.name}", "")
        same = self.who.count() > 1 and self.who.itemText(0).startswith(f"{card.name},")
        self.who.setCurrentIndex(0 if same else self.who.count() - 1)

    def _show(self) -> None:
        card = self.card
        for widget in (self.words_label, self.words, self.who_field):
            widget.setVisible(card is not None)
        if card is not None:
            self.words_label.setText(f"{card.name} sees these six words beside the card")
            self.words.set_words(card.words)
        self.yes.setEnabled(card is not None)
        self._show_role()

    def _show_role(self) -> None:
        self.role_field.setVisible(self.card is not None and not self.who.currentData())

    def _write(self) -> None:
        card = self.card
        if card is None:
            return
        name = f"{self._desk.visit.folder.title} invitation for {card.name}"
        path = self._desk.asking.save_as(
            self, "Write the invitation", "hand-over", with_suffix(name), BUNDLES
        )
        if path is not None:
            role, planned = Role(self.role.currentData()), str(self.who.currentData() or "")
            self.accept()
            self._done(card, role, planned, path.with_name(with_suffix(path.name)))
