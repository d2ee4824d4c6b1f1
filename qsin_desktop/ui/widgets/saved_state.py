"""Whether what was typed is on the disk: “Saved 10:42:07”, “Saving…”, “Read only”, “Not saved: …”.

SavedState(parent=None)
    .saved(at: datetime.time | datetime.datetime)   .saving()   .read_only(why)
    .not_saved(reason, sentence="")
"""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QWidget

from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.widgets.announce import announce
from qsin_desktop.ui.widgets.chip import Chip


class SavedState(Chip):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Nothing to save yet", Tone.NOT_APPLICABLE, sign=Sign.DASH, parent=parent)

    def saved(self, at: dt.time | dt.datetime) -> None:
        self.set_chip(f"Saved {at:%H:%M:%S}", Tone.MET, sign=Sign.TICK)
        self.setToolTip("Everything written is on the disk of this laptop.")

    def saving(self) -> None:
        self.set_chip("Saving…", Tone.ACCENT, icon="clock")
        self.setToolTip("")

    def read_only(self, why: str) -> None:
        self.set_chip("Read only", Tone.NOT_APPLICABLE, icon="lock")
        self.setToolTip(why)

    def not_saved(self, reason: str, sentence: str = "") -> None:
        """`reason` in two words, `sentence` for the tip. Said aloud too, since work may be lost."""
        words = f"Not saved: {reason}" if reason else "Not saved"
        if words != self.text():  # it is tried again and again
            self.set_chip(words, Tone.NOT_MET, icon="warning")
            announce(self, words, urgent=True)
        self.setToolTip(sentence or reason)
