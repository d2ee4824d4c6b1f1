"""A colleague's file while no visit is open: into the visit it belongs to, or a new one from it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qsin_desktop.actions.enrolling import card_of
from qsin_desktop.actions.exchanging import bundle_visit
from qsin_desktop.actions.invitations import Invitation, read_invitation, visit_here
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.unlocking import KdfCost
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.receive import ReceivePage
from qsin_desktop.ui.places import TEAM, Place
from qsin_desktop.ui.screens.receive_visit import ReceiveVisitScreen
from qsin_desktop.ui.workplace import Workplace

if TYPE_CHECKING:
    from qsin_desktop.ui.main_window import MainWindow


class Receiving(QObject):
    def __init__(self, workplace: Workplace, window: MainWindow) -> None:
        super().__init__(window)
        self._workplace, self._window = workplace, window
        self._waiting: tuple[str, tuple[Path, ...]] = ("", ())

    def ask(self) -> ReceivePage | None:
        place = self._workplace
        if place.identity is None:
            return None
        page = ReceivePage(card_of(place.identity), place.asking, place.messages, self.take, self._window)
        page.open()
        return page

    def take(self, paths: Sequence[Path]) -> None:
        """The first tells which visit they belong to; those of another are refused when they come in."""
        identity, summaries = self._workplace.identity, self._workplace.summaries
        if not paths or identity is None or summaries is None:
            return
        first = paths[0]

        def look() -> tuple[str, Path | None, Invitation | None]:
            visit = bundle_visit(first)
            here = visit_here(visit, summaries)
            return visit, here, None if here is not None else read_invitation(first, identity)

        self._workplace.jobs.run(
            f"Looking into {first.name}",
            lambda _report, _is_cancelled: look(),
            done=lambda found: self._looked(tuple(paths), *found),
            refused=self._workplace.messages.refused,
        )

    def _looked(
        self, paths: tuple[Path, ...], visit: str, here: Path | None, invitation: Invitation | None
    ) -> None:
        if here is not None:
            self._waiting = (visit, paths)
            self._window.open(here)
        elif invitation is not None:
            self._waiting = (visit, paths[1:])
            page = ReceiveVisitScreen(self._workplace, paths[0], invitation, self._window, cost=self.cost)
            page.made.connect(self._made)
            page.stopped.connect(self._stopped)
            self._window.show_new_visit(page)

    cost: KdfCost | None = None

    def _made(self, visit: OpenVisit) -> None:
        """The Team screen has the six words that the lead waits for."""
        self._window.founded(visit)
        if self._window.frame is not None:
            self._window.frame.show_place(Place(TEAM))
        self._workplace.messages.done("The visit is made on this laptop, with all that the invitation holds.")

    def _stopped(self, path: Path) -> None:
        self._window.open(path)
        self._workplace.messages.info(
            "Stopped. The visit is made; the evidence that did not come yet comes with the next exchange."
        )

    def opened(self, desk: Desk) -> None:
        """The files that waited for this visit."""
        wanted, paths = self._waiting
        if paths and wanted == desk.visit.visit_id:
            self._waiting = ("", ())
            desk.exchanges.receive(paths)
