"""What the parts of the walk have in common: each shows its share of one spot and keeps it up to date.

A spot is a `RatingKey`: a criterion, at a stage, at a place.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import Criterion
from qsin_desktop.domain.visits import Stage
from qsin_desktop.ui.desk import Desk

NOWHERE = RatingKey("", Stage.SITE)


class SpotPanel(QWidget):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.spot = NOWHERE
        self.writable = True

    @property
    def record(self) -> VisitRecord:
        return self.desk.record

    @property
    def criterion(self) -> Criterion:
        return self.desk.visit.criterion(self.spot.criterion)

    def show_spot(self, spot: RatingKey) -> None:
        """The spot shown before has been flushed."""
        self.spot = spot
        self.refresh()

    def refresh(self) -> None:
        """Show everything anew, save what is being typed."""

    def take(self, change: Change, origin: QObject | None) -> None:
        """A change was recorded; show anew what it touches here."""

    def flush(self) -> None:
        """Record now what is being typed."""

    def set_writable(self, writable: bool) -> None:
        self.writable = writable


def received(change: Change) -> bool:
    """Whether it came from a colleague's laptop; our own acts have ids."""
    return not change.act
