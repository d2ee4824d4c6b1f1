"""Whose certificates this person trusts when a report is checked: add one from a file, take one back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.actions.trusting import distrust, trust, trusted
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.signatures import CredentialFacts, grouped
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.asking import Asking
from qsin_desktop.ui.dialogs.page import confirm
from qsin_desktop.ui.screens.parts import IconMark, clear, column, row
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import Button, IconButton
from qsin_desktop.ui.widgets.card import Card, NoticeBox
from qsin_desktop.ui.widgets.label import ElidedLabel, Label, soft

_CERTIFICATES = "Certificates (*.cer *.crt *.pem *.der);;All files (*)"


class TrustCard(Card):
    changed = Signal()

    def __init__(self, asking: Asking, home: Path, parent: QWidget) -> None:
        super().__init__("Whose certificates you trust", padding=20, parent=parent)
        self._asking, self._home = asking, home
        self._refused = NoticeBox(Tone.NOT_MET, "", "", self)
        self._refused.hide()
        self._none = soft(
            "Nobody’s yet. Get the certificate of the body that issues credentials, or of a person whose "
            "fingerprint you compared, from them and not with the report.",
            self,
        )
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        self.add = Button("Trust a certificate…", "plus", parent=self)
        self.add.clicked.connect(self.ask)
        self.body.setSpacing(12)
        self.body.addWidget(self._refused)
        self.body.addWidget(self._none)
        self.body.addLayout(self._lines)
        self.body.addLayout(row(self.add, 1))
        self.refresh()

    def refresh(self) -> None:
        found = trusted(self._home)
        clear(self._lines)
        self._none.setVisible(not found)
        for facts in found:
            self._lines.addLayout(self._line(facts))

    def _line(self, facts: CredentialFacts) -> QVBoxLayout:
        name = Label(facts.name, TextSize.BODY, Weight.SEMIBOLD, parent=self)
        remove = IconButton("x", f"Trust {facts.name} no longer", parent=self)
        remove.clicked.connect(lambda: self._ask_to_remove(facts))
        about = f"{facts.words}, until {facts.valid_until[:10]}"
        fingerprint = ElidedLabel(grouped(facts.fingerprint), TextSize.SMALL, soft=True, parent=self)
        head = row(IconMark("shield", 18, parent=self), name, 1, remove, gap=8)
        said = Label(f"{about[:1].upper()}{about[1:]}", TextSize.SMALL, soft=True, parent=self)
        return column(head, said, fingerprint, gap=2)

    def ask(self) -> None:
        path = self._asking.file(self, "A certificate that you trust", "credential", _CERTIFICATES)
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        self._refused.hide()
        try:
            trust(self._home, path)
        except Refusal as refusal:
            self._refused.set_words("", refusal.sentence)
            self._refused.show()
            return
        self.refresh()
        self.changed.emit()

    def _ask_to_remove(self, facts: CredentialFacts) -> None:
        sentence = "Signatures that rest on it are told as not trusted from now on. It can be added again."
        confirm(self, f"Trust {facts.name} no longer?", sentence, "Take it back", lambda: self._remove(facts))

    def _remove(self, facts: CredentialFacts) -> None:
        try:
            distrust(self._home, facts.fingerprint)
        except Refusal as refusal:
            self._refused.set_words("", refusal.sentence)
            self._refused.show()
        self.refresh()
        self.changed.emit()
