"""Check a report: choose or drop the file, and read in plain words what it is worth."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.actions import help_page
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.trusting import trusted_files
from qsin_desktop.actions.verifying import prepare
from qsin_desktop.background.jobs import Job, Jobs
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.signatures import Verdict
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.asking import Asking
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.messages import Messages
from qsin_desktop.ui.opening_files import show_in_folder
from qsin_desktop.ui.screens.check_trust import TrustCard
from qsin_desktop.ui.screens.check_verdict import VerdictView
from qsin_desktop.ui.screens.page_head import PageHead
from qsin_desktop.ui.screens.parts import ScrollColumn, clear
from qsin_desktop.ui.widgets.announce import announce
from qsin_desktop.ui.widgets.button import Button
from qsin_desktop.ui.widgets.card import Card, NoticeBox
from qsin_desktop.ui.widgets.drop_area import DropArea
from qsin_desktop.ui.widgets.label import soft
from qsin_desktop.ui.widgets.progress_panel import ProgressPanel

_PDF = "PDF documents (*.pdf);;All files (*)"
_CHECKING = "Checking the report"


class CheckView(QWidget):
    """`visit` is the one that is open, or None; with it the file is compared with what its trail says."""

    left = Signal()

    def __init__(
        self,
        jobs: Jobs,
        asking: Asking,
        messages: Messages,
        home: Path | None,
        visit: OpenVisit | None,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._asking, self._messages = jobs, asking, messages
        self._home, self._visit = home, visit
        self._job: Job | None = None
        self.path: Path | None = None
        self.found: Verdict | None = None
        self.page_for_others = Button("Page for those who receive it", "question", parent=self)
        self.page_for_others.setToolTip("Save a page that tells whoever gets a report how to check it")
        self._head = PageHead("Check a report", self, self.page_for_others)
        self.trust = TrustCard(asking, home, self) if home is not None else None
        self.drop = DropArea("Drop the report here, or press to look for it", self)
        self.refused = NoticeBox(Tone.NOT_MET, "Not checked", "", self)
        self.verdict = VerdictView(self)
        self._progress = QVBoxLayout()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.refused.hide()
        page = ScrollColumn(760, self)
        card = Card(padding=20, parent=self)
        words = (
            "Who signed it, when, whether they are trusted, and what was done to it since. Nothing leaves "
            "this computer. A full check may take half a minute."
        )
        card.body.setSpacing(12)
        card.body.addWidget(soft(words, self))
        card.body.addWidget(self.drop)
        card.body.addLayout(self._progress)
        card.body.addWidget(self.refused)
        page.column.addWidget(card)
        page.column.addWidget(self.verdict)
        if self.trust is not None:
            page.column.addWidget(self.trust)
        page.column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(page, 1)

    def _connect(self) -> None:
        self._head.left.connect(self.leave)
        self.drop.browse_asked.connect(self.ask_file)
        self.drop.files_dropped.connect(lambda paths: self.check(paths[0]))
        self.drop.refused.connect(self._tell)
        self.page_for_others.clicked.connect(self.save_page)
        if self.trust is not None:
            self.trust.changed.connect(self._check_again)
        self.verdict.full_asked.connect(lambda: self.path and self.check(self.path, full=True))

    # ---- checking -----------------------------------------------------------------------------------

    def begin(self) -> None:
        self.drop.setFocus()

    def ask_file(self) -> None:
        path = self._asking.file(self, "The report to check", "check", _PDF)
        if path is not None:
            self.check(path)

    def check(self, path: Path, *, full: bool = False) -> Job | None:
        """At once where the visit's trail names the file, else every signature; `full` always the latter."""
        if self._job is not None:
            return None
        self.refused.hide()
        self.verdict.clear()
        self.path, self.found = path, None
        trust = trusted_files(self._home) if self._home else ()
        try:
            question = prepare(path, visit=self._visit, trust=trust, full=full)
        except Refusal as refusal:
            self._tell(refusal.sentence)
            return None
        panel = ProgressPanel(f"{_CHECKING} “{path.name}”", self)
        self._progress.addWidget(panel)
        self.drop.setEnabled(False)
        self._job = self._jobs.run(
            _CHECKING,
            lambda _report, is_cancelled: question.answer(cancelled=is_cancelled),
            done=self._show,
            refused=self._refused,
            stopped=self._end,
        )
        panel.cancelled.connect(self._job.cancel)
        return self._job

    def _check_again(self) -> None:
        """Whom one trusts changes the verdict."""
        if self.path is not None and self.found is not None:
            self.check(self.path, full=True)

    def save_page(self) -> None:
        """Beside the report, for whoever gets it."""
        title, kinds = "Save the page for those who receive the report", "Web pages (*.html)"
        path = self._asking.save_as(self, title, "export", help_page.NAME, kinds)
        if path is None:
            return
        try:
            help_page.save(path)
        except Refusal as refusal:
            self._tell(refusal.sentence, "Not saved")
            return
        self.refused.hide()
        self._messages.done(
            f"“{path.name}” is saved; send it along with the report.",
            action="Show it in its folder",
            acted=lambda: show_in_folder(path),
        )

    def _show(self, verdict: Verdict) -> None:
        self._end()
        self.found = verdict
        if self.path is not None:
            self.verdict.show_verdict(verdict, self.path.name)

    def _refused(self, refusal: Refusal) -> None:
        self._end()
        self._tell(refusal.sentence)

    def _end(self) -> None:
        self._job = None
        clear(self._progress)
        self.drop.setEnabled(True)
        self.drop.setFocus()

    def _tell(self, sentence: str, title: str = "Not checked") -> None:
        self.refused.set_words(title, sentence)
        self.refused.show()
        announce(self, sentence, urgent=True)

    def leave(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), look_of().palette.background)
