"""Signing with a card or key fob: its module, which token, which certificate, and the PIN."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from qsin_desktop.actions.credentials import (
    Credential,
    PinState,
    TokenCertificate,
    TokenPlace,
    TokenSeen,
    look_at_tokens,
    open_token,
)
from qsin_desktop.background.jobs import IsCancelled, Job
from qsin_desktop.domain.errors import Refusal, shown
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.passphrase_box import PassphraseBox
from qsin_desktop.ui.screens.file_line import FileLine
from qsin_desktop.ui.screens.parts import Field, row
from qsin_desktop.ui.widgets.announce import announce
from qsin_desktop.ui.widgets.button import quiet
from qsin_desktop.ui.widgets.card import NoticeBox
from qsin_desktop.ui.widgets.label import Paragraph

_PURPOSE = "token"
_MODULES = "PKCS#11 modules (*.so *.dll *.dylib);;All files (*)"
_FIRST = "Choose the module first: a library that came with the card or key fob, or with its reader."
_LOOKING = "Looking at the card or key fob…"
_STOPPED = "The card or key fob was not waited for any longer. Look again when it is ready."
_NONE = "No card or key fob is put in. Put it in and look again."
_BARE = "It shows no certificate before its PIN is given. If there is one to sign with, it is found then."
_PIN_HINT = "It goes to the card or key fob and is kept nowhere. A few wrong ones lock it."
_PIN_WORDS = {
    PinState.LOW: "A wrong PIN was given before. After a few more the token locks itself.",
    PinState.LAST: "One more wrong PIN locks this token, and only its issuer can unlock it then.",
    PinState.LOCKED: "This token has locked itself after wrong PINs. Its issuer can unlock it.",
}


class NotGiven(Refusal):
    """Something is still to be chosen or written."""


class TokenPage(QWidget):
    """Looks again whenever another module is chosen; never with a PIN before somebody signs."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._seen: tuple[TokenSeen, ...] = ()
        self.job: Job | None = None
        self.module = FileLine(desk, "Module that came with the card or key fob", _PURPOSE, _MODULES, self)
        self.again = quiet("Look again", "refresh", self)
        self.stop = quiet("Stop looking", "x", self)
        self.state = Paragraph(_FIRST, soft=True, parent=self)
        self.refused = NoticeBox(Tone.NOT_MET, "", "", self)
        self.token, self.certificate = QComboBox(self), QComboBox(self)
        for box in (self.token, self.certificate):  # or a long line would take the width of the other half
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(24)
        self.token_field = Field("Card or key fob", self.token, parent=self)
        self.certificate_field = Field("Certificate", self.certificate, parent=self)
        self.pin = PassphraseBox("PIN", self)
        self.pin_field = Field("PIN", self.pin, _PIN_HINT, self)
        self.warning = NoticeBox(Tone.PARTLY, "", "", self)
        self._lay_out()
        self.module.chosen.connect(self._chosen)
        self.stop.clicked.connect(self.stop_looking)
        self.again.clicked.connect(self.look)
        self.token.currentIndexChanged.connect(lambda _at: self._show_token())
        self._show(())
        self.state.setText(_FIRST)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        above: tuple[QWidget, ...] = (self.module, self.refused, self.state)
        below: tuple[QWidget, ...] = (self.token_field, self.certificate_field, self.warning, self.pin_field)
        for part in above:
            column.addWidget(part)
        column.addLayout(row(self.again, self.stop, 1))
        for part in below:
            column.addWidget(part)

    # ---- looking --------------------------------------------------------------------------------------

    def arrive(self) -> None:
        """The module used last is there again, and looked at with what is put in now."""
        kept = self._desk.asking.words_for(_PURPOSE)
        if self.module.path is None and kept and Path(kept).is_file():
            self.module.set_path(Path(kept))
        if self.module.path is not None and not self._seen:
            self.look()

    def _chosen(self, _path: Path) -> None:
        self.pin.edit.clear()
        self.look()

    def look(self) -> None:
        """A foreign library may take its time or never answer: it is waited for beside the person's work."""
        path, now = self.module.path, self._desk.visit.clock()
        if path is None or self.job is not None:
            return
        self._show(())
        self.state.setText(_LOOKING)
        self.state.show()
        self.job = self._desk.jobs.run(
            "Looking at the card or key fob",
            lambda _report, is_cancelled: look_at_tokens(path, now=now, cancelled=is_cancelled),
            done=lambda seen: self._looked(path, seen),
            refused=self._refused,
            stopped=self._stopped,
        )
        self._offer()

    def _looked(self, path: Path, seen: tuple[TokenSeen, ...]) -> None:
        self.job = None
        self._desk.asking.keep_words(_PURPOSE, str(path))
        self._show(seen)
        if seen and self.isVisible():
            self.pin.setFocus()

    def stop_looking(self) -> None:
        if self.job is not None:
            self.job.cancel()
            self.stop.setEnabled(False)

    def _stopped(self) -> None:
        self.job = None
        self._show(())
        self.state.setText(_STOPPED)
        self.again.setFocus()

    def _offer(self) -> None:
        """What can be done about looking: stop it, or begin it again."""
        looking = self.job is not None
        self.stop.setVisible(looking)
        self.stop.setEnabled(looking)
        self.again.setVisible(self.module.path is not None and not looking)

    def _refused(self, refusal: Refusal) -> None:
        self.job = None
        self._show(())
        self.state.hide()
        self.refused.set_words("", refusal.sentence)
        self.refused.show()
        announce(self, refusal.sentence, urgent=True)

    def _show(self, seen: tuple[TokenSeen, ...]) -> None:
        self._seen = seen
        self.refused.hide()
        self._offer()
        self.token.blockSignals(True)
        self.token.clear()
        self.token.addItems([_token_words(one) for one in seen])
        self.token.setCurrentIndex(_likeliest(seen))
        self.token.blockSignals(False)
        self.token_field.setVisible(bool(seen))
        self._show_token()

    def _show_token(self) -> None:
        one = self.chosen
        self.certificate.clear()
        shown = one.certificates if one else ()
        for certificate in shown:
            self.certificate.addItem(_certificate_words(certificate), certificate.key)
        ready = next((at for at, c in enumerate(shown) if not c.why_not), 0)
        self.certificate.setCurrentIndex(ready if shown else -1)
        self.certificate_field.setVisible(bool(shown))
        self.pin_field.setVisible(one is not None and one.pin is not PinState.LOCKED)
        words = _PIN_WORDS.get(one.pin, "") if one else ""
        self.warning.set_words("", words)
        self.warning.setVisible(bool(words))
        self.state.setText(_NONE if one is None else _BARE)
        self.state.setVisible(one is None or not shown)

    @property
    def chosen(self) -> TokenSeen | None:
        at = self.token.currentIndex()
        return self._seen[at] if 0 <= at < len(self._seen) else None

    # ---- signing --------------------------------------------------------------------------------------

    def opener(self) -> Callable[[IsCancelled], Credential]:
        """Opens what was chosen, on any thread. Raises `NotGiven` for what is lacking."""
        now, path, one = self._desk.visit.clock(), self.module.path, self.chosen
        if path is None:
            raise NotGiven(_FIRST)
        if self.job is not None:
            raise NotGiven("The card or key fob is still being looked at; wait a moment.")
        if one is None:
            raise NotGiven(_NONE)
        if one.pin is PinState.LOCKED:
            raise NotGiven(_PIN_WORDS[PinState.LOCKED])
        pin = self.pin.text()
        if not pin:
            raise NotGiven("Give the PIN of the card or key fob first. Nothing was signed.")
        place = TokenPlace(path, one.name, str(self.certificate.currentData() or ""))
        return lambda cancelled: open_token(place, pin, now=now, cancelled=cancelled)

    def forget(self) -> None:
        """The PIN is taken out of its box; what is put in is looked at anew the next time."""
        self.pin.edit.clear()
        self._seen = ()


def _token_words(one: TokenSeen) -> str:
    serial = one.name if one.name != one.label else ""
    return ", ".join(part for part in (one.label, one.maker, shown(serial)) if part)


def _likeliest(seen: Sequence[TokenSeen]) -> int:
    """The first that can sign now, else the first that may hold something unseen; -1 of none."""
    ready = [at for at, one in enumerate(seen) if any(not c.why_not for c in one.certificates)]
    open_ = [at for at, one in enumerate(seen) if one.pin is not PinState.LOCKED]
    return next((at for at in ready if at in open_), next(iter(open_), 0 if seen else -1))


def _certificate_words(one: TokenCertificate) -> str:
    words = f"{one.facts.name}, {one.facts.words}"
    return f"{words} ({one.why_not})" if one.why_not else words
