"""A real visit in a real window: founded once, copied for each test.

small_visit     an OpenVisit: the outline pack, three sites, four people, nothing judged yet
desk            the small visit on a desk, with messages, jobs and the theme in force
show            puts a widget into an active window of 1366 by 768 and waits until it has the keys
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.background.jobs import Jobs
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.messages import Messages
from qsin_desktop.ui.theme import Theme
from tests.founding import NAME, copy_of, found_small_visit, opened

W = TypeVar("W", bound=QWidget)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small visit, closed, with its key file beside it. Copy it."""
    return found_small_visit(tmp_path_factory.mktemp("founded") / NAME)


@pytest.fixture
def visit_folder(founded: Path, tmp_path: Path) -> Path:
    """A copy of the small visit, with its key file beside it."""
    return copy_of(founded, tmp_path / "visits")


@pytest.fixture
def small_visit(visit_folder: Path) -> Iterator[OpenVisit]:
    with opened(visit_folder) as visit:
        yield visit


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    kept = qapp.property("qsin_test_theme")
    if not isinstance(kept, Theme):
        kept = Theme(qapp)
        qapp.setProperty("qsin_test_theme", kept)
    kept.apply("light", 1.0)
    return kept


@pytest.fixture
def messages() -> Messages:
    return Messages()


@pytest.fixture
def jobs(messages: Messages) -> Iterator[Jobs]:
    jobs = Jobs(bug=messages.refusal_for_bug)
    yield jobs
    assert jobs.stop_all(), f"still under way: {[job.name for job in jobs.running]}"


@pytest.fixture
def desk(theme: Theme, small_visit: OpenVisit, messages: Messages, jobs: Jobs) -> Iterator[Desk]:
    desk = Desk(small_visit, messages, jobs)
    yield desk
    desk.leave()


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[W], W]:
    """Shown, active and laid out; keys act only in an active window."""

    def shown(widget: W) -> W:
        qtbot.addWidget(widget)
        widget.resize(1366, 768)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget

    return shown
