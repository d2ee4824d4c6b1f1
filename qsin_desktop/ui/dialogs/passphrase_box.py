"""A box for a passphrase whose words can be shown and hidden again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from qsin_desktop.actions.unlocking import Strength, strength_of
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.widgets.button import IconButton


class PassphraseBox(QWidget):
    changed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit(self)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setAccessibleName(name)
        self.edit.textChanged.connect(self.changed)
        self.eye = IconButton("eye", "Show the passphrase", parent=self)
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show_words)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self.eye)
        self.setFocusProxy(self.edit)

    def text(self) -> str:
        return self.edit.text()

    def select_all(self) -> None:
        self.edit.setFocus()
        self.edit.selectAll()

    def _show_words(self, shown: bool) -> None:
        echo = QLineEdit.EchoMode
        self.edit.setEchoMode(echo.Normal if shown else echo.Password)
        self.eye.set_words("Hide the passphrase" if shown else "Show the passphrase")


_TONES = {
    Strength.TOO_SHORT: None,
    Strength.WEAK: Tone.NOT_MET,
    Strength.FAIR: Tone.PARTLY,
    Strength.STRONG: Tone.MET,
}


def strength_words(passphrase: str) -> str:
    """The line beneath a new passphrase."""
    if not passphrase:
        return "At least 10 characters; four words are easy to remember."
    return strength_of(passphrase).words


def strength_tone(passphrase: str) -> Tone | None:
    return _TONES[strength_of(passphrase).strength] if passphrase else None
