"""A dialog in which something long is done: what is found, a bar with Cancel, a passphrase if asked for.

page.work("Repairing the visit", work, done)      beside the window; a refusal is shown in the dialog
page.ask_key(again)                               the passphrase, then again(Unlocking)
page.offer("Repair", act)                         what the button at the foot does now
page.tell(Tone.MET, "What is safe", lines)        one more box of lines;  page.clear() takes all away
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from qsin_desktop.actions.opening import Unlocking
from qsin_desktop.actions.unlocking import NoKeyGiven, WrongPassphrase
from qsin_desktop.background.jobs import IsCancelled, Job, Jobs, Report
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.dialogs.passphrase_box import PassphraseBox
from qsin_desktop.ui.screens.parts import Field, clear
from qsin_desktop.ui.widgets.button import Button, ButtonKind
from qsin_desktop.ui.widgets.card import NoticeBox
from qsin_desktop.ui.widgets.progress_panel import ProgressPanel

T = TypeVar("T")


class LongPage(Page):
    """Closing it while it works asks the work to stop, and closes when that has stopped."""

    def __init__(self, title: str, sentence: str, jobs: Jobs, parent: QWidget, *, width: int = 620) -> None:
        super().__init__(title, sentence, parent, width=width)
        self._jobs = jobs
        self._job: Job | None = None
        self._leaving = False
        self._act: Callable[[], object] = self.accept
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget(self._scroll)
        self._scroll.setWidget(inside)
        self._scroll.hide()
        self.told = QVBoxLayout(inside)
        self.told.setContentsMargins(0, 0, 0, 0)
        self.told.setSpacing(10)
        self.passphrase = PassphraseBox("Passphrase", self)
        self.key_field = Field("Passphrase", self.passphrase, parent=self)
        self.key_field.hide()
        self._under_way = QVBoxLayout()
        self.yes = Button("", kind=ButtonKind.PRIMARY, parent=self)
        self.yes.clicked.connect(self._do)
        self.yes.hide()
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self.key_field)
        self.body.addLayout(self._under_way)
        self.other = self.add_buttons(self.yes, "Close")

    @property
    def working(self) -> bool:
        return self._job is not None

    # ---- what is told and offered -------------------------------------------------------------------

    def tell(self, tone: Tone, title: str, lines: Iterable[str]) -> None:
        said = [line for line in lines if line]
        if said:
            self.told.addWidget(NoticeBox(tone, title, "\n".join(said), self))
            self._scroll.show()
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """As high as what is told, up to a part of the screen; beyond that it scrolls."""
        margins = self._column.contentsMargins()
        across = self.width() - margins.left() - margins.right()
        most = self.screen().availableGeometry().height() // 2
        self._scroll.setFixedHeight(min(most, self.told.totalHeightForWidth(across) + 2))
        self._column.activate()
        self.resize(self.width(), self._column.totalHeightForWidth(self.width()))

    def clear(self) -> None:
        clear(self.told)
        self._scroll.hide()
        self.key_field.hide()
        self.yes.hide()

    def offer(self, words: str, act: Callable[[], object]) -> None:
        self._act = act
        self.yes.setText(words)
        self.yes.show()
        self.yes.setFocus()
        QTimer.singleShot(0, self, self._fit)

    def _do(self) -> None:
        self._act()

    def ask_key(self, again: Callable[[Unlocking], object], refused: str = "") -> None:
        """`refused` says why the last one did not do."""
        self.key_field.show()
        if refused:
            self.key_field.refuse(refused)
        self.offer("Go on", lambda: again(Unlocking(passphrase=self.passphrase.text())))
        self.passphrase.select_all()
        self.passphrase.setFocus()

    # ---- long work ----------------------------------------------------------------------------------

    def work(
        self,
        name: str,
        work: Callable[[Report, IsCancelled], T],
        done: Callable[[T], object],
        *,
        refused: Callable[[Refusal], object] | None = None,
        key: Callable[[Unlocking], object] | None = None,
    ) -> None:
        """`key` is called with what was typed where the work asks for a passphrase."""
        self.key_field.accept()
        self.key_field.hide()
        self.yes.hide()
        panel = ProgressPanel(name, self)
        self._under_way.addWidget(panel)

        def refuse(refusal: Refusal) -> None:
            asks = isinstance(refusal, NoKeyGiven | WrongPassphrase)
            if self._ended():
                return
            if asks and key is not None:
                self.ask_key(key, refusal.sentence if isinstance(refusal, WrongPassphrase) else "")
            else:
                (refused or self.refuse)(refusal)

        self._job = self._jobs.run(
            name,
            work,
            done=lambda result: self._ended() or done(result),
            refused=refuse,
            on_progress=panel.set_progress,
        )
        panel.cancelled.connect(self._job.cancel)

    def refuse(self, refusal: Refusal) -> None:
        self.clear()
        self.tell(Tone.NOT_MET, "", [refusal.sentence])
        self.other.setFocus()

    def _ended(self) -> bool:
        """Whether the dialog was to close, and now does."""
        self._job = None
        clear(self._under_way)
        if self._leaving:
            QDialog.reject(self)
        return self._leaving

    def reject(self) -> None:
        if self._job is None:
            super().reject()
            return
        self._leaving = True
        self._job.cancel()
