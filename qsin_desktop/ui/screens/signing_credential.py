"""What one signs with: a credential file, a card or key fob, or one made here and now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from qsin_desktop.actions.credentials import (
    SHORTEST_PASSWORD,
    Credential,
    make_self_signed,
    open_credential,
    worth,
)
from qsin_desktop.background.jobs import IsCancelled
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.signatures import CredentialFacts
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.passphrase_box import PassphraseBox
from qsin_desktop.ui.screens.file_line import FileLine
from qsin_desktop.ui.screens.parts import Field, row
from qsin_desktop.ui.screens.signing_token import NotGiven, TokenPage
from qsin_desktop.ui.widgets.button import Button
from qsin_desktop.ui.widgets.card import Card, NoticeBox
from qsin_desktop.ui.widgets.label import soft
from qsin_desktop.ui.widgets.segmented_switch import SegmentedSwitch, SwitchItem

_FILE, _TOKEN, _MAKE = "file", "token", "make"
_FILES = "Credentials (*.p12 *.pfx);;All files (*)"


class CredentialCard(Card):
    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("What you sign with", padding=16, parent=parent)
        self._desk = desk
        self.switch = SegmentedSwitch("What you sign with", self)
        self.refused = NoticeBox(Tone.NOT_MET, "", "", self)
        self.made = NoticeBox(Tone.ACCENT, "", "", self)
        self.file = FileLine(desk, "Credential file", "credential", _FILES, self)
        self.password = PassphraseBox("Password of the file", self)
        self.token = TokenPage(desk, self)
        self.name, self.organisation = QLineEdit(self), QLineEdit(self)
        self.new_password = PassphraseBox("Password", self)
        self.again = PassphraseBox("The same again", self)
        self.make = Button("Make it and keep it…", "key", parent=self)
        self._pages: list[QWidget] = []
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.switch.set_items(
            [
                SwitchItem(_FILE, "A file", icon="file"),
                SwitchItem(_TOKEN, "Card or key fob", icon="key"),
                SwitchItem(_MAKE, "Make one now", icon="plus"),
            ]
        )
        self.body.setSpacing(12)
        for part in (self.switch, self.refused, self.made):
            self.body.addWidget(part)
        self.refused.hide()
        self.made.hide()
        self._page(
            soft("A credential file (PKCS#12) that your organisation gave you, or that you made.", self),
            self.file,
            Field("Password of the file", self.password, parent=self),
        )
        self._page(self.token)
        self._page(
            soft(
                "A self-signed credential: nobody vouches that it is yours. Whoever checks the signature has "
                "to compare its fingerprint with you. Keep the file and its password; you can sign with them "
                "again.",
                self,
            ),
            row(Field("Name", self.name, parent=self), Field("Organisation", self.organisation, parent=self)),
            row(
                Field("Password", self.new_password, f"At least {SHORTEST_PASSWORD} characters", self),
                Field("The same again", self.again, parent=self),
            ),
            row(self.make, 1),
        )
        self._show_page(_FILE)

    def _page(self, *parts: object) -> None:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in parts:
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part)  # type: ignore[arg-type]
        self._pages.append(page)
        self.body.addWidget(page)

    def _connect(self) -> None:
        self.switch.changed.connect(self._show_page)
        self.make.clicked.connect(self._ask_where)
        self.file.chosen.connect(lambda _path: self._file_chosen())

    def _show_page(self, name: str) -> None:
        self.switch.set_value(name)
        for kind, page in zip((_FILE, _TOKEN, _MAKE), self._pages, strict=True):
            page.setVisible(kind == name)
        self.refused.hide()
        if name == _TOKEN:
            self.token.arrive()
        self.changed.emit()

    def _file_chosen(self) -> None:
        self.made.hide()
        self.refused.hide()
        self.password.edit.clear()
        self.password.setFocus()

    # ---- for whoever signs --------------------------------------------------------------------------

    def for_person(self, name: str, organisation: str) -> None:
        """Another signer: what was given for the former one is taken out of the boxes."""
        if self.name.text() == name:
            return
        self.name.setText(name)
        self.organisation.setText(organisation)
        self.forget()

    def forget(self) -> None:
        """No secret stays in a box once it was used."""
        self.file.set_path(None)
        self.made.hide()
        self.token.forget()
        for box in (self.password, self.new_password, self.again):
            box.edit.clear()

    def focus_secret(self) -> None:
        """What most likely has to be typed again, ready to be typed over."""
        box = {_FILE: self.password, _TOKEN: self.token.pin}.get(self.switch.value)
        if box is not None and box.isVisible():
            box.select_all()

    def opener(self) -> Callable[[IsCancelled], Credential]:
        """Opens what was chosen, on any thread. Raises `NotGiven` for what is lacking."""
        kind, now = self.switch.value, self._desk.visit.clock()
        if kind == _MAKE:
            raise NotGiven("The credential is not made yet; give it a password and make it first.")
        if kind == _TOKEN:
            return self.token.opener()
        if self.file.path is None:
            raise NotGiven("Choose the file of the credential first.")
        path, password = self.file.path, self.password.text()
        return lambda _cancelled: open_credential(path, password, now=now)

    def refuse(self, sentence: str) -> None:
        self.refused.set_words("", sentence)
        self.refused.show()

    # ---- making one ---------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        self.refused.hide()
        if self.new_password.text() != self.again.text():
            self.refuse("The two passwords differ; write the same one twice.")
            self.again.select_all()
            return
        if len(self.new_password.text()) < SHORTEST_PASSWORD:
            self.refuse(f"The password of a credential has at least {SHORTEST_PASSWORD} characters.")
            self.new_password.select_all()
            return
        name = f"{self.name.text().strip() or 'Credential'}.p12"
        title = "Keep the credential"
        path = self._desk.asking.save_as(self, title, "credential", name, _FILES)
        if path is not None:
            self.make_at(path if path.suffix else path.with_suffix(".p12"))

    def make_at(self, path: Path) -> None:
        """Made beside the person's work: a key takes a moment."""
        name, organisation = self.name.text(), self.organisation.text()
        password, now = self.new_password.text(), self._desk.visit.clock()
        self.make.setEnabled(False)
        self._desk.jobs.run(
            "Making the credential",
            lambda _report, _is_cancelled: make_self_signed(
                path, name=name, organisation=organisation, password=password, now=now
            ),
            done=lambda facts: self._made(path, password, facts),
            refused=self._not_made,
        )

    def _made(self, path: Path, password: str, facts: CredentialFacts) -> None:
        self.make.setEnabled(True)
        self._show_page(_FILE)
        self.file.set_path(path)
        self.password.edit.setText(password)
        for box in (self.new_password, self.again):
            box.edit.clear()
        self.made.set_words(f"“{path.name}” is made", worth(facts))
        self.made.show()

    def _not_made(self, refusal: Refusal) -> None:
        self.make.setEnabled(True)
        self.refuse(refusal.sentence)
