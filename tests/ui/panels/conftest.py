"""The walk on a real visit, at IN-301 b on site for the network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from qsin_desktop.domain.visits import Stage
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import Place
from qsin_desktop.ui.screens.walk import WalkScreen
from tests.ui.panels.laptops import Colleague, colleague_of

CODE = "IN-301.b"


@pytest.fixture
def walk(desk: Desk, show: Callable[[QWidget], QWidget]) -> WalkScreen:
    screen = WalkScreen(desk)
    screen.show_place(Place("walk", CODE, Stage.SITE))
    show(screen)
    screen.take_focus()
    return screen


@pytest.fixture
def ada(desk: Desk, founded: Path, tmp_path: Path) -> Iterator[Colleague]:
    with colleague_of(desk, founded, tmp_path) as colleague:
        yield colleague
