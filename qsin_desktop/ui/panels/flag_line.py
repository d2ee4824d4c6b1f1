"""The flag on a criterion: a button, and while it is flagged a line for why."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qsin_desktop.actions.planning import set_flag
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.commands import tip
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.panels.quiet_boxes import QuietLine
from qsin_desktop.ui.panels.spot_panel import SpotPanel, received
from qsin_desktop.ui.panels.typed_box import SavedAsTyped, set_read_only
from qsin_desktop.ui.screens.parts import IconMark
from qsin_desktop.ui.widgets.button import IconButton


class FlagLine(SpotPanel):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.button = IconButton("flag", tip("walk.flag"), parent=parent)
        self.button.setCheckable(True)
        self.button.clicked.connect(lambda _on: self.toggle())
        self.words = QuietLine("Why it is flagged", "Why it is flagged, for you and the team", self)
        self.typed = SavedAsTyped(self.words, self._write, desk)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(IconMark("flag-filled", 16, Tone.NOT_MET, self))
        row.addWidget(self.words, 1)

    @property
    def flagged(self) -> bool:
        return self.record.flag(self.spot.criterion) is not None

    def refresh(self) -> None:
        self.typed.show_other(self.record.flag(self.spot.criterion) or "")
        self._show_flag()

    def _show_flag(self) -> None:
        self.setVisible(self.flagged)
        self.button.setChecked(self.flagged)
        self.button.set_icon_name("flag-filled" if self.flagged else "flag")
        word = "Remove the flag" if self.flagged else "Flag this criterion"
        self.button.set_words(tip("walk.flag", word))

    def take(self, change: Change, origin: QObject | None) -> None:
        if not any(k.type == "criterion" and k.entity == self.spot.criterion for k in change.keys):
            return
        if origin is not self:
            words = self.record.flag(self.spot.criterion) or ""
            self.typed.show(words, from_colleague=received(change))
        self._show_flag()

    def toggle(self) -> None:
        """A new flag leads into the line for why."""
        if not self.writable:
            self._show_flag()
            return
        code, flagging = self.spot.criterion, not self.flagged
        self.flush()
        self.desk.act(lambda: set_flag(self.desk.visit, criterion=code, flagged=flagging))
        self._show_flag()
        if flagging and self.flagged:
            self.words.setFocus()

    def _write(self, text: str) -> bool:
        if not self.flagged:
            return True
        code = self.spot.criterion
        visit = self.desk.visit
        act = lambda: set_flag(visit, criterion=code, flagged=True, words=text, typing=True)  # noqa: E731
        return self.desk.act(act, self) is not None

    def flush(self) -> None:
        self.typed.flush()

    def set_writable(self, writable: bool) -> None:
        super().set_writable(writable)
        self.button.setEnabled(writable)
        set_read_only(self.words, not writable)
