"""A colleague at another laptop, who writes without seeing what is written here until the two meet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.planning import confirm_device
from qsin_desktop.domain.changes import Change
from qsin_desktop.ui.desk import Desk
from tests.founding import PEER, copy_of, opened


class Colleague:
    """Ada Assessor; `visit` is her copy."""

    def __init__(self, desk: Desk, visit: OpenVisit) -> None:
        self.visit = visit
        self._desk = desk
        take_from(visit, desk.visit)

    def hand_over(self) -> Change:
        """Her entries come to the desk, as they would from a stick."""
        change = self._desk.act(lambda: take_from(self._desk.visit, self.visit))
        assert change is not None
        return change

    def catch_up(self) -> None:
        take_from(self.visit, self._desk.visit)


@contextmanager
def colleague_of(desk: Desk, founded: Path, place: Path) -> Iterator[Colleague]:
    confirm_device(desk.visit, device=PEER.device, person=PEER.person)
    with opened(copy_of(founded, place / "ada"), PEER) as visit:
        yield Colleague(desk, visit)
