"""Long work that goes on beside the person's own: its name, a bar, what is being done, a way to stop it.

ProgressPanel(name, parent=None, *, can_cancel=True)
    .set_progress(done, total, detail="")     total 0: unknown, the bar moves by itself
    .stopping()                               after Cancel, until the work has really stopped
    cancelled = Signal()
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.announce import announce
from qsin_desktop.ui.widgets.button import Button
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.drawing import rounded
from qsin_desktop.ui.widgets.label import ElidedLabel, Label
from qsin_desktop.ui.widgets.progress_ring import ThinBar


class ProgressPanel(Card):
    cancelled = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, can_cancel: bool = True) -> None:
        super().__init__(padding=14, parent=parent)
        self.setAccessibleName(name)
        self._name = name
        self._bar = _WorkBar(self)
        self._detail = ElidedLabel("", TextSize.SMALL, soft=True, parent=self)
        self._percent = Label("", TextSize.SMALL, soft=True, parent=self)
        self.cancel_button = Button("Cancel", parent=self)
        self.cancel_button.setVisible(can_cancel)
        self.cancel_button.clicked.connect(self._cancel)
        self._lay_out()
        self.set_progress(0, 0)

    def _lay_out(self) -> None:
        words, foot, row = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        words.setSpacing(7)
        words.addWidget(Label(self._name, TextSize.BODY, Weight.SEMIBOLD, parent=self))
        words.addWidget(self._bar)
        foot.addWidget(self._detail, 1)
        foot.addWidget(self._percent)
        words.addLayout(foot)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addWidget(self.cancel_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)

    def set_progress(self, done: int, total: int, detail: str = "") -> None:
        self._bar.set_work(done, total, self._name)
        self._detail.setText(detail)
        self._percent.setText(f"{self._bar.value()} %" if total else "")

    def stopping(self) -> None:
        self.cancel_button.setEnabled(False)
        self._detail.setText("Stopping…")
        announce(self, f"Stopping: {self._name}")

    def _cancel(self) -> None:
        self.stopping()
        self.cancelled.emit()


class _WorkBar(ThinBar):
    """With no total a short piece runs along the bar."""

    def __init__(self, parent: QWidget) -> None:
        self._place, self._timer = 0.0, 0
        super().__init__(parent)
        self._known = True

    def set_work(self, done: int, total: int, what: str) -> None:
        self._known = total > 0
        self.set_share(done, total, what)
        if not self._known:
            self.setAccessibleName(what)
        self._run()

    def _run(self) -> None:
        moving = not self._known and self.isVisible()
        if moving and not self._timer:
            self._timer = self.startTimer(40)
        elif not moving and self._timer:
            self.killTimer(self._timer)
            self._timer = 0

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._run()

    def timerEvent(self, event: object) -> None:
        self._place = (self._place + 0.015) % 1.0
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look_of().px(160), look_of().px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._known:
            super().paintEvent(event)
            return
        look, painter, rect = look_of(), QPainter(self), QRectF(self.rect())
        rounded(painter, rect, rect.height() / 2, fill=look.palette.line)
        piece = rect.width() * 0.3
        left = (rect.width() + piece) * self._place - piece
        shown = QRectF(left, 0, piece, rect.height()).intersected(rect)
        if shown.width() > 1:
            rounded(painter, shown, rect.height() / 2, fill=look.palette.accent)
