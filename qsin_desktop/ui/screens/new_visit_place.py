"""Where a new visit is kept, and the passphrase that opens it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from qsin_desktop.actions.library import place_for
from qsin_desktop.actions.unlocking import Strength, checked_twice, keyring_works, strength_of
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.dialogs.passphrase_box import PassphraseBox
from qsin_desktop.ui.screens.parts import Field, row
from qsin_desktop.ui.widgets.button import secondary
from qsin_desktop.ui.widgets.card import Card, NoticeBox
from qsin_desktop.ui.widgets.label import ElidedLabel, Label
from qsin_desktop.ui.words import path_in_words
from qsin_desktop.ui.workplace import Workplace

_TONES = {
    Strength.TOO_SHORT: None,
    Strength.WEAK: Tone.NOT_MET,
    Strength.FAIR: Tone.PARTLY,
    Strength.STRONG: Tone.MET,
}
_WARNING = (
    "Without it nobody can open the visit: not you, not a colleague, not the makers of this program. "
    "Keep it where the team finds it."
)


class PlaceCard(Card):
    """`keyring` tells whether this computer keeps passwords safely."""

    def __init__(
        self,
        workplace: Workplace,
        parent: QWidget | None = None,
        *,
        keyring: Callable[[], bool] = keyring_works,
    ) -> None:
        super().__init__("Where it is kept", padding=20, parent=parent)
        self._workplace = workplace
        self._folder = workplace.settings.library_folder
        self._network, self._year = "", 0
        self._shown = ElidedLabel("", parent=self)
        self.change = secondary("Other folder…", "folder", self)
        self.change.clicked.connect(self._change)
        self.passphrase = PassphraseBox("Passphrase", self)
        self.again = PassphraseBox("Passphrase again", self)
        self.strength = Label("", parent=self)
        self.remember = QCheckBox("Remember it on this computer, in its keyring", self)
        self.remember.setVisible(keyring())
        self.place_field = Field("Folder of the visit", self._shown, parent=self)
        self.passphrase_field = Field("Passphrase", self.passphrase, parent=self)
        self.again_field = Field("The same again", self.again, parent=self)
        self._lay_out()
        self.passphrase.changed.connect(self._show_strength)
        self.again.changed.connect(lambda _text: self.again_field.accept())
        self._show_strength("")

    def _lay_out(self) -> None:
        self.body.setSpacing(14)
        self.body.addWidget(self.place_field)
        self.body.addLayout(row(self.change, 1))
        self.body.addWidget(NoticeBox(Tone.PARTLY, "Do not lose the passphrase", _WARNING, self))
        self.body.addWidget(self.passphrase_field)
        self.body.addWidget(self.strength)
        self.body.addWidget(self.again_field)
        self.body.addWidget(self.remember)

    # ---- the folder ---------------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        return place_for(self._folder, self._network or "New visit", self._year)

    def follow(self, network: str, year: int) -> None:
        """The folder is named after network and year."""
        self._network, self._year = network, year
        self.place_field.accept()
        self._shown.setText(path_in_words(self.path))

    def _change(self) -> None:
        start = self._folder if self._folder.is_dir() else self._folder.parent
        chosen = self._workplace.asking.folder(self, "Where the visit is kept", "new", start)
        if chosen is not None:
            self._folder = chosen
            self.follow(self._network, self._year)

    # ---- the passphrase -----------------------------------------------------------------------------

    def _show_strength(self, passphrase: str) -> None:
        self.passphrase_field.accept()
        hint = strength_of(passphrase)
        words = hint.words if passphrase else "At least 10 characters; four words are easy to remember."
        self.strength.setText(words)
        self.strength.set_tone(_TONES[hint.strength] if passphrase else None)

    def first_refused(self) -> QWidget | None:
        from qsin_desktop.actions.unlocking import PassphrasesDiffer

        try:
            checked_twice(self.passphrase.text(), self.again.text())
        except PassphrasesDiffer as refusal:
            self.again_field.refuse(refusal.sentence)
            return self.again
        except Refusal as refusal:
            self.passphrase_field.refuse(refusal.sentence)
            return self.passphrase
        return None
