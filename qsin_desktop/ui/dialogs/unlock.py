"""Asks for a visit's passphrase and opens it; a wrong one is said in place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from qsin_desktop.actions.keeping_keys import ways_in
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking
from qsin_desktop.actions.unlocking import Identity, LockedByOther, keyring_works, open_and_remember
from qsin_desktop.background.jobs import Jobs
from qsin_desktop.domain.errors import Damage, Refusal
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.dialogs.passphrase_box import PassphraseBox
from qsin_desktop.ui.screens.parts import Field
from qsin_desktop.ui.widgets.button import primary


class UnlockPage(Page):
    """`opened` carries the OpenVisit; `held` the sentence and a way to open for reading all the same.

    `damaged` carries the sentence and the Unlocking that reached so far; the dialog is then closed.
    """

    opened = Signal(object)
    held = Signal(str, object)
    damaged = Signal(str, object)

    def __init__(
        self,
        path: Path,
        title: str,
        identity: Identity,
        jobs: Jobs,
        parent: QWidget,
        *,
        can_remember: Callable[[], bool] = keyring_works,
        reading: bool = False,
    ) -> None:
        super().__init__(f"Open “{title}”", _sentence(path), parent)
        self._path, self._identity, self._jobs = path, identity, jobs
        self._reading = reading
        self._busy = False
        self.passphrase = PassphraseBox("Passphrase", self)
        self.field = Field("Passphrase", self.passphrase, parent=self)
        self.remember = QCheckBox("Remember it on this computer, in its keyring", self)
        self.remember.setVisible(can_remember())
        self.yes = primary("Open", "unlock", self)
        self.yes.clicked.connect(lambda: self._open(reading=self._reading))
        self.body.addWidget(self.field)
        self.body.addWidget(self.remember)
        self.add_buttons(self.yes)
        self.passphrase.setFocus()

    def _open(self, *, reading: bool) -> None:
        if self._busy:
            return
        self._set_busy(True)
        passphrase, remember = self.passphrase.text(), self.remember.isChecked()
        self._jobs.run(
            f"Opening “{self._path.name}”",
            lambda _report, _is_cancelled: open_and_remember(
                self._path, identity=self._identity, passphrase=passphrase, remember=remember, reading=reading
            ),
            done=self._done,
            refused=self._refused,
        )

    def _done(self, visit: OpenVisit) -> None:
        if not self.isVisible():  # they thought better of it meanwhile
            visit.close()
            return
        self._set_busy(False)
        self.opened.emit(visit)
        self.accept()

    def _refused(self, refusal: Refusal) -> None:
        self._set_busy(False)
        if not self.isVisible():
            return
        if isinstance(refusal, LockedByOther):
            self.held.emit(refusal.sentence, lambda: self._open(reading=True))
            return
        if isinstance(refusal, Damage):
            self.accept()
            self.damaged.emit(refusal.sentence, Unlocking(passphrase=self.passphrase.text()))
            return
        self.field.refuse(refusal.sentence)
        self.passphrase.select_all()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        if busy:
            self.field.accept()
        self.yes.setText("Opening, a second or so…" if busy else "Open")
        self.yes.setEnabled(not busy)
        self.passphrase.setEnabled(not busy)


def _sentence(path: Path) -> str:
    """Which way leads in, and why it is asked for."""
    try:
        ways = ways_in(path)
    except Refusal:
        return "This visit is protected. Give its passphrase."
    said = "This visit is protected. Give its passphrase."
    if ways.remembered:
        said = (
            "A computer remembered this visit, but this one's keyring does not know it. Give its passphrase; "
            "it works as before."
        )
    if ways.recovery:
        said += " If it is lost, the accreditation body can recover the visit."
    return said
