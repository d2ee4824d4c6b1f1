"""Changes the passphrase of the open visit; what is wrong is said beside the box it is about."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from qsin_desktop.actions.keeping_keys import KeyChange, change_passphrase_here, ways_in
from qsin_desktop.actions.unlocking import KdfCost, PassphrasesDiffer, WrongPassphrase, checked_twice
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.dialogs.passphrase_box import PassphraseBox, strength_tone, strength_words
from qsin_desktop.ui.screens.parts import Field
from qsin_desktop.ui.widgets.button import primary
from qsin_desktop.ui.widgets.label import Label, Paragraph

_SENTENCE = (
    "From then on only the new one opens the visit and its backups. Give it to nobody but those who need it, "
    "and keep it where the team finds it."
)
_COPIES = (
    "Copies made before, on a stick or in a second place, still open with the old one. If somebody has "
    "learnt it, delete those copies too."
)


class ChangePassphrasePage(Page):
    def __init__(self, desk: Desk, parent: QWidget, *, cost: KdfCost | None = None) -> None:
        super().__init__("Change the passphrase", _SENTENCE, parent, width=520)
        self._desk, self._cost, self._busy = desk, cost, False
        self.old = PassphraseBox("Passphrase now", self)
        self.new = PassphraseBox("New passphrase", self)
        self.again = PassphraseBox("New passphrase again", self)
        self.strength = Label("", soft=True, parent=self)
        self.old_field = Field("Passphrase now", self.old, parent=self)
        self.new_field = Field("New passphrase", self.new, parent=self)
        self.again_field = Field("The same again", self.again, parent=self)
        self.forget = QCheckBox("Computers that remember it ask again", self)
        self.forget.setVisible(ways_in(desk.visit.folder.path).remembered)
        self.yes = primary("Change it", "key", self)
        for part in (self.old_field, self.new_field, self.strength, self.again_field, self.forget):
            self.body.addWidget(part)
        self.body.addWidget(Paragraph(_COPIES, soft=True, parent=self))
        self.add_buttons(self.yes)
        self.new.changed.connect(self._show_strength)
        self.old.changed.connect(lambda _text: self.old_field.accept())
        self.again.changed.connect(lambda _text: self.again_field.accept())
        self.yes.clicked.connect(self._change)
        self._show_strength("")
        self.old.setFocus()

    def _show_strength(self, passphrase: str) -> None:
        self.new_field.accept()
        self.strength.setText(strength_words(passphrase))
        self.strength.set_tone(strength_tone(passphrase))

    def _change(self) -> None:
        if self._busy:
            return
        try:
            new = checked_twice(self.new.text(), self.again.text())
        except PassphrasesDiffer as refusal:
            self.again_field.refuse(refusal.sentence)
            self.again.select_all()
            return
        except Refusal as refusal:
            self.new_field.refuse(refusal.sentence)
            self.new.select_all()
            return
        self._set_busy(True)
        visit, old, forget = self._desk.visit, self.old.text(), self.forget.isChecked()
        self._desk.jobs.run(
            "Changing the passphrase",
            lambda _report, _is_cancelled: change_passphrase_here(
                visit, old=old, new=new, forget=forget, cost=self._cost
            ),
            done=self._done,
            refused=self._refused,
        )

    def _done(self, change: KeyChange) -> None:
        more = f" Computers that ask again: {change.forgotten}." if change.forgotten else ""
        self._desk.messages.done(f"The passphrase is changed.{more}")
        if self.isVisible():
            self.accept()

    def _refused(self, refusal: Refusal) -> None:
        if not self.isVisible():
            self._desk.messages.refused(refusal)
            return
        self._set_busy(False)
        wrong = isinstance(refusal, WrongPassphrase)
        (self.old_field if wrong else self.new_field).refuse(refusal.sentence)
        (self.old if wrong else self.new).select_all()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.yes.setText("Changing, which takes a few seconds…" if busy else "Change it")
        for widget in (self.yes, self.old, self.new, self.again, self.forget):
            widget.setEnabled(not busy)
