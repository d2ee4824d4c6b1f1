"""Three laptops of one visit in one test: each a real folder on a desk of its own, and a stick between them.

laptops     (lead, peer, technical), each a `Laptop` with .desk, .visit, .asking and .wait()
stick       an empty folder
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.background.jobs import Jobs
from qsin_desktop.ui.asking import Asking
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.messages import Messages
from qsin_desktop.ui.theme import Theme
from tests.founding import copy_of, opened
from tests.sync.team import TEAM, found_team


class Answers(Asking):
    """Stands for the system's file dialogs: answers what it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: Path | None = None
        self.suggested = ""

    def files(self, parent: QWidget, title: str, purpose: str, kinds: str = "") -> tuple[Path, ...]:
        return (self.chosen,) if self.chosen else ()

    def file(self, parent: QWidget, title: str, purpose: str, kinds: str = "") -> Path | None:
        return self.chosen

    def folder(self, parent: QWidget, title: str, purpose: str, start: Path | None = None) -> Path | None:
        return self.chosen

    def save_as(self, parent: QWidget, title: str, purpose: str, name: str, kinds: str = "") -> Path | None:
        self.suggested = name
        return self.chosen


@dataclass
class Laptop:
    desk: Desk
    asking: Answers
    qtbot: QtBot

    @property
    def visit(self) -> OpenVisit:
        return self.desk.visit

    def wait(self) -> None:
        """Until nothing is exchanged any more."""
        self.qtbot.waitUntil(self._rests, timeout=20_000)

    def _rests(self) -> bool:
        folder = self.desk.team_folder
        return self.desk.exchanges.running is None and not folder.jobs.running

    def meet(self, stick: Path) -> None:
        self.desk.exchanges.meet(stick)
        self.wait()


@pytest.fixture(scope="session")
def founded_team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return found_team(tmp_path_factory.mktemp("team"))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    path = tmp_path / "Team stick"
    path.mkdir()
    return path


@pytest.fixture
def laptops(founded_team: Path, tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[list[Laptop]]:
    with ExitStack() as stack:
        made: list[Laptop] = []
        for number, identity in enumerate(TEAM):
            visit = stack.enter_context(
                opened(copy_of(founded_team, tmp_path / f"laptop-{number}"), identity)
            )
            messages = Messages()
            jobs = Jobs(bug=messages.refusal_for_bug)
            asking = Answers()
            desk = Desk(visit, messages, jobs, asking=asking)
            stack.callback(jobs.stop_all)
            stack.callback(desk.leave)
            made.append(Laptop(desk, asking, qtbot))
        yield made


@pytest.fixture
def lead(laptops: list[Laptop]) -> Laptop:
    return laptops[0]


@pytest.fixture
def peer(laptops: list[Laptop]) -> Laptop:
    return laptops[1]


Show = Callable[[QWidget], QWidget]
