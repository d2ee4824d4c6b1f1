"""The lead's form to settle a disagreement: a rating and the reason for it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.panels.pending_ratings import Pending, PendingRatings
from qsin_desktop.ui.widgets.button import primary, quiet
from qsin_desktop.ui.widgets.field import Field
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.widgets.rating_row import RatingRow


class SettleForm(QWidget):
    """What was begun is kept, spot by spot, also over a restart; only “Settle” records it."""

    settled = Signal(str, str)  # rating, reason
    given_up = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spot: RatingKey | None = None
        self._kept = PendingRatings(desk.visit, "settling")
        self.row = RatingRow(self)
        self.row.setAccessibleName("Rating that settles it")
        self.row.set_scale([replace(point, key="") for point in desk.record.rules.scale])
        self.row.chosen.connect(self.row.set_value)
        self.box = GrowingTextEdit("Reason for settling it", "Why this is the team's rating", parent=self)
        for typed in (self.box.going_on, self.box.idle_text):
            typed.connect(lambda _text: self._keep_here())
        self.field = Field("Reason for settling it", self.box, parent=self)
        self.button = primary("Settle", "settle", self)
        self.button.clicked.connect(self._settle)
        cancel = quiet("Not now", parent=self)
        cancel.clicked.connect(self.given_up)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.button)
        foot.addWidget(cancel)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.row)
        column.addWidget(self.field)
        column.addLayout(foot)
        self.hide()

    @property
    def begun(self) -> bool:
        return bool(self.row.value or self.box.text().strip())

    def keep(self, spot: RatingKey) -> None:
        with suppress(Refusal):  # a full disk: it is kept for the session all the same
            self._kept.put(spot, Pending(self.row.value or "", self.box.text()))

    def _keep_here(self) -> None:
        if self._spot is not None:
            self.keep(self._spot)

    def forget(self, spot: RatingKey) -> None:
        self._kept.drop(spot)
        self.show_for(spot)

    def show_for(self, spot: RatingKey) -> None:
        self._spot = spot
        kept = self._kept.get(spot) or Pending()
        self.row.set_value(kept.rating or None)
        self.box.set_text(kept.reason, force=True)
        self.field.set_refusal("")

    def refuse(self, sentence: str) -> None:
        self.field.set_refusal(sentence)

    def _settle(self) -> None:
        if not self.row.value:
            self.field.set_refusal("Choose the rating that is to stand.")
            self.row.setFocus()
        else:
            self.settled.emit(self.row.value, self.box.text())
