"""A timestamp on the signed report, asked for when on-line: the one act that uses a network."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from qsin_desktop.actions.signing import moment_words
from qsin_desktop.actions.stamping import StampedFile, StampTold, carry_out, prepare, record, stamps_of
from qsin_desktop.background.jobs import Job
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.opening_files import show_in_folder
from qsin_desktop.ui.screens.parts import Field, clear, row
from qsin_desktop.ui.widgets.announce import announce
from qsin_desktop.ui.widgets.button import Button
from qsin_desktop.ui.widgets.card import Card, NoticeBox
from qsin_desktop.ui.widgets.label import soft
from qsin_desktop.ui.widgets.progress_panel import ProgressPanel
from qsin_desktop.ui.words import count

_PURPOSE = "timestamp"
_NAME = "Adding a timestamp"
_WHAT = (
    "A timestamp authority confirms that the signatures were there by now, so that they still count when a "
    "credential has run out. It is asked over the network and gets a checksum of the report, never the "
    "report itself. Off-line, leave it for later."
)


class TimestampCard(Card):
    stamped = Signal(object)  # StampedFile
    busy = Signal(bool)
    told = Signal()  # something is said in the card

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Timestamp", padding=16, parent=parent)
        self._desk = desk
        self._path: Path | None = None
        self.job: Job | None = None
        self.has = NoticeBox(Tone.MET, "", "", self)
        self.refused = NoticeBox(Tone.PARTLY, "", "", self)
        self.address = QLineEdit(desk.asking.words_for(_PURPOSE), self)
        self.address.setPlaceholderText("https://")
        self.add = Button("Add a timestamp", "clock", parent=self)
        self._progress = QVBoxLayout()
        self.body.setSpacing(12)
        for part in (soft(_WHAT, self), self.has, self.refused):
            self.body.addWidget(part)
        self.body.addWidget(Field("Web address of the authority", self.address, parent=self))
        self.body.addLayout(self._progress)
        self.body.addLayout(row(self.add, 1))
        self.refused.hide()
        self.add.clicked.connect(self.go)
        self.address.returnPressed.connect(self.go)

    def show_report(self, path: Path | None, signatures: int) -> None:
        """Hidden until there is a signature that a timestamp could be for."""
        self._path = path
        self.refused.hide()
        self.setVisible(path is not None and signatures > 0)
        if path is None or not signatures:
            return
        told = stamps_of(self._desk.visit, path)
        self.has.setVisible(bool(told))
        if told:
            self.has.set_words(count(len(told), "timestamp"), "\n".join(map(_words, told)))
        later = bool(told) and told[-1].signatures < signatures
        self.add.setText("Add another timestamp" if told and not later else "Add a timestamp")
        self.add.setEnabled(not self._desk.visit.read_only)

    # ---- asking for one -----------------------------------------------------------------------------

    def go(self) -> None:
        """Kept before it is asked: off-line the address is there the next time."""
        if self._path is None or self.job is not None or not self.add.isEnabled():
            return
        self.refused.hide()
        address = self.address.text().strip()
        if address:
            self._desk.asking.keep_words(_PURPOSE, address)
        try:
            order = prepare(self._desk.visit, self._path, authority=address)
        except Refusal as refusal:
            self._tell(refusal)
            return
        panel = ProgressPanel(_NAME, self)
        self._progress.addWidget(panel)
        panel.cancel_button.setFocus()  # or another part would get it, and come into view
        self._set_busy(busy=True)
        self.job = self._desk.jobs.run(
            _NAME,
            lambda report, is_cancelled: carry_out(order, progress=report, cancelled=is_cancelled),
            done=self._done,
            refused=self._refused,
            on_progress=panel.set_progress,
            stopped=self._end,
        )
        panel.cancelled.connect(self.job.cancel)

    def cancel(self) -> None:
        if self.job is not None:
            self.job.cancel()

    def _done(self, stamped: StampedFile) -> None:
        """The file bears it by now: what the trail says of it comes at once, also after a late cancel."""
        self._desk.act(lambda: record(self._desk.visit, stamped), origin=self)
        self._end()
        self._desk.messages.done(
            f"“{stamped.path.name}” has a timestamp of {moment_words(datetime.fromisoformat(stamped.at))} by "
            f"{stamped.authority}. The signatures stay valid.",
            action="Show it in its folder",
            acted=lambda: show_in_folder(stamped.path),
        )
        self.stamped.emit(stamped)

    def _refused(self, refusal: Refusal) -> None:
        self._end()
        self._tell(refusal)
        self.address.selectAll()

    def _end(self) -> None:
        self.job = None
        self._set_busy(busy=False)
        self.address.setFocus()  # before the focus goes with the panel
        clear(self._progress)

    def _set_busy(self, *, busy: bool) -> None:
        for part in (self.add, self.address):
            part.setEnabled(not busy)
        self.busy.emit(busy)

    def _tell(self, refusal: Refusal) -> None:
        self.refused.set_words("", refusal.sentence)
        self.refused.show()
        self.told.emit()
        announce(self, refusal.sentence, urgent=True)


def _words(told: StampTold) -> str:
    after = count(told.signatures, "signature")
    return f"{moment_words(datetime.fromisoformat(told.at))} by {told.authority}, after {after}."
