"""Where a new visit is kept, and the passphrase that opens it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from qsin_desktop.actions.keeping_keys import fingerprint, keep_recovery_public, kept_recovery_public
from qsin_desktop.actions.library import place_for
from qsin_desktop.actions.unlocking import checked_twice, keyring_works
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.dialogs.passphrase_box import PassphraseBox, strength_tone, strength_words
from qsin_desktop.ui.screens.parts import Field, row
from qsin_desktop.ui.widgets.button import quiet, secondary
from qsin_desktop.ui.widgets.card import Card, NoticeBox
from qsin_desktop.ui.widgets.label import ElidedLabel, Label
from qsin_desktop.ui.words import path_in_words
from qsin_desktop.ui.workplace import Workplace

_WARNING = (
    "Without it nobody can open the visit: not you, not a colleague, not the makers of this program. "
    "Keep it where the team finds it. A wrong one takes a second on purpose, and never locks you out."
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
        self.recovery = Label("", soft=True, parent=self)
        self.recovery.setWordWrap(True)
        self.choose_recovery = quiet("Use the accreditation body's recovery key…", "key", self)
        self.choose_recovery.clicked.connect(self._choose_recovery)
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
        self.body.addWidget(self.recovery)
        self.body.addLayout(row(self.choose_recovery, 1))
        self._show_recovery()

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
        self.strength.setText(strength_words(passphrase))
        self.strength.set_tone(strength_tone(passphrase))

    # ---- the body's recovery key ----------------------------------------------------------------------

    @property
    def recovery_public(self) -> bytes | None:
        """Of the accreditation body, where this computer keeps one."""
        try:
            return kept_recovery_public(self._workplace.home)
        except Refusal as refusal:
            self._workplace.messages.refused(refusal)
            return None

    def _show_recovery(self) -> None:
        public = self.recovery_public
        self.recovery.setText(
            "If the passphrase is lost, the accreditation body can open the visit with its recovery key "
            f"{fingerprint(public)}."
            if public
            else "No recovery key of the accreditation body is set up on this computer."
        )
        self.choose_recovery.setVisible(public is None)

    def _choose_recovery(self) -> None:
        kinds = "Public keys (*.pub *.pem);;All files (*)"
        chosen = self._workplace.asking.file(self, "The body's public recovery key", "recovery", kinds)
        if chosen is None:
            return
        try:
            keep_recovery_public(self._workplace.home, chosen)
        except Refusal as refusal:
            self._workplace.messages.refused(refusal)
        self._show_recovery()

    # ---- all ----------------------------------------------------------------------------------------

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
