"""The box for the reason, with what it still needs said beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.commands import tip
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.panels.quiet_link import QuietLink
from qsin_desktop.ui.panels.typed_box import SavedAsTyped, set_read_only
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.announce import announce
from qsin_desktop.ui.widgets.button import IconButton
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.widgets.label import Label, Paragraph, field_label
from qsin_desktop.ui.widgets.sign import SignLabel


class ReasonBox(QWidget):
    """`take_back` clears one's own rating, `purge` takes words away for good; the owner shows either."""

    def __init__(self, desk: Desk, save: Callable[[str], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = GrowingTextEdit("Reason", "Why this rating: what was seen, read or heard", parent=self)
        self.box.setToolTip(tip("walk.reason"))
        self.typed = SavedAsTyped(self.box, save, desk)
        self.who = Label("", TextSize.SMALL, soft=True, parent=self)
        self.take_back = QuietLink("Take back", tip("walk.clear"), size=TextSize.SMALL, parent=self)
        self.purge = IconButton("purge", "Purge the rating here, with its reasons, for good…", parent=self)
        self.purge.setFixedSize(look_of().px(28), look_of().px(22))  # no higher than the words beside it
        self._sign = SignLabel(Sign.CROSS, Tone.NOT_MET, side=16, parent=self)
        self._needs = Paragraph("", tone=Tone.NOT_MET, parent=self)
        self._lay_out()
        self.say("")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(field_label("&Reason", self.box, self))
        head.addStretch(1)
        head.addWidget(self.who)
        head.addWidget(self.take_back)
        head.addWidget(self.purge)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._needs, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.box)
        column.addLayout(below)

    @property
    def text(self) -> str:
        return self.box.text()

    @property
    def said(self) -> str:
        return self._needs.words

    def say(self, sentence: str, tone: Tone = Tone.NOT_MET) -> None:
        """What is still needed, or why it was not recorded; empty for nothing."""
        if sentence == self._needs.words and sentence:
            return
        self._sign.set_sign(Sign.CROSS if tone is Tone.NOT_MET else Sign.HALF, tone)
        self._needs.set_tone(tone)
        self._needs.setText(sentence)
        self._sign.setVisible(bool(sentence))
        self._needs.setVisible(bool(sentence))
        self.box.setAccessibleDescription(sentence)
        if sentence:
            announce(self.box, sentence, urgent=tone is Tone.NOT_MET)

    def set_writable(self, writable: bool) -> None:
        set_read_only(self.box, not writable)
        self.take_back.setEnabled(writable)
