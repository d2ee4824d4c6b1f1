"""A visit from an invitation: where it is kept and the passphrase that opens it, as when one is founded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qsin_desktop.actions.exchanging import Course, Summary, receive_new
from qsin_desktop.actions.founding import Protection
from qsin_desktop.actions.invitations import Invitation
from qsin_desktop.actions.library import is_visit
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.unlocking import KdfCost, OsKeyring, PassphraseUnfit
from qsin_desktop.background.jobs import IsCancelled, Job, Report
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.new_visit_place import PlaceCard
from qsin_desktop.ui.screens.parts import ScrollColumn, clear, column
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import Button, primary
from qsin_desktop.ui.widgets.card import Panel
from qsin_desktop.ui.widgets.label import Label, Paragraph
from qsin_desktop.ui.widgets.progress_panel import ProgressPanel
from qsin_desktop.ui.workplace import Workplace

_WORDS = (
    "“{file}” invites you to this visit. The passphrase is for your own copy and need not be the one of your "
    "colleagues. Once it is made, the Team screen shows six words to read to the lead assessor."
)


class ReceiveVisitScreen(QWidget):
    """`made(visit)`: an OpenVisit; `stopped(path)`: made, and not all of its evidence came."""

    made = Signal(object)
    stopped = Signal(object)
    left = Signal()

    def __init__(
        self,
        workplace: Workplace,
        bundle: Path,
        invitation: Invitation,
        parent: QWidget | None = None,
        *,
        cost: KdfCost | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(parent)
        self._workplace, self._cost, self._bundle = workplace, cost or KdfCost(), bundle
        self._job: Job | None = None
        self.place = PlaceCard(workplace, self)
        self.place.follow(invitation.network, invitation.year or today().year)
        self.cancel = Button("Cancel", parent=self)
        self.make = primary("Make the visit", "check", self)
        self._progress = QVBoxLayout()
        self._lay_out(invitation)
        self.cancel.clicked.connect(self.leave)
        self.make.clicked.connect(self.make_now)

    def _lay_out(self, invitation: Invitation) -> None:
        self._page = ScrollColumn(640, self, margin=32)
        title = Label(invitation.network or "A visit", TextSize.DISPLAY, Weight.SEMIBOLD, parent=self)
        words = Paragraph(_WORDS.format(file=self._bundle.name), soft=True, parent=self)
        self._page.column.addLayout(column(title, words, gap=4))
        self._page.column.addWidget(self.place)
        self._page.column.addLayout(self._progress)
        self._page.column.addStretch(1)
        foot = Panel("top", self)
        line = QHBoxLayout(foot)
        line.setContentsMargins(32, 14, 32, 14)
        line.setSpacing(12)
        line.addStretch(1)
        line.addWidget(self.cancel)
        line.addWidget(self.make)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._page, 1)
        outer.addWidget(foot)

    def take_focus(self) -> None:
        self.place.passphrase.setFocus()

    def make_now(self) -> None:
        identity = self._workplace.identity
        if self._job is not None or identity is None:
            return
        box = self.place.first_refused()
        if box is not None:
            self._show(box)
            return
        path, bundle = self.place.path, self._bundle
        protection = Protection(
            passphrase=self.place.passphrase.text(),
            keyring=OsKeyring() if self.place.remember.isChecked() else None,
            cost=self._cost,
        )

        def work(report: Report, is_cancelled: IsCancelled) -> tuple[OpenVisit, Summary]:
            course = Course(progress=report, cancelled=is_cancelled)
            return receive_new(bundle, path, identity=identity, protection=protection, course=course)

        panel = ProgressPanel(f"Receiving {bundle.name}", self)
        self._progress.addWidget(panel)
        self._set_busy(True)
        self._job = self._workplace.jobs.run(
            f"Receiving {bundle.name}",
            work,
            done=lambda made: self._made(*made),
            refused=self._refused,
            on_progress=panel.set_progress,
            stopped=lambda: self._stopped(path),
        )
        panel.cancelled.connect(self._job.cancel)

    def _made(self, visit: OpenVisit, _summary: Summary) -> None:
        self._end()
        self.made.emit(visit)

    def _stopped(self, path: Path) -> None:
        self._end()
        if is_visit(path):
            self.stopped.emit(path)

    def _refused(self, refusal: Refusal) -> None:
        self._end()
        if isinstance(refusal, PassphraseUnfit):
            self.place.passphrase_field.refuse(refusal.sentence)
            self._show(self.place.passphrase)
        else:
            self.place.place_field.refuse(refusal.sentence)
            self._show(self.place.change)

    def _end(self) -> None:
        self._job = None
        clear(self._progress)
        self._set_busy(False)

    def _show(self, box: QWidget) -> None:
        box.setFocus()
        self._page.ensureWidgetVisible(box, 0, look_of().px(80))

    def _set_busy(self, busy: bool) -> None:
        self.place.setEnabled(not busy)
        self.cancel.setEnabled(not busy)
        self.make.setEnabled(not busy)

    def leave(self) -> None:
        if self._job is None:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), look_of().palette.background)
