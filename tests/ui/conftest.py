"""A real visit in a real window: founded once, copied for each test.

small_visit     an OpenVisit: the outline pack, three sites, four people, nothing judged yet
desk            the small visit on a desk, with messages, jobs and the theme in force
show            puts a widget into an active window of 1366 by 768 and waits until it has the keys
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.choosing import find_pack, find_rules
from qsin_desktop.actions.founding import NewVisit, Protection, TeamMember, found_visit
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.background.jobs import Jobs
from qsin_desktop.domain.people import Role
from qsin_desktop.store.identity import Identity
from qsin_desktop.store.keys_file import KdfCost
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.messages import Messages
from qsin_desktop.ui.theme import Theme

NAME = "Thames Estuary 2026.qsin"
ME = Identity.from_seed(b"the lead's laptop", "1" * 32, "Lena Lead")
CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "four plain words here"

W = TypeVar("W", bound=QWidget)


class Clock:
    """24 November 2026, 10:42:07 and a second later at each look."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 10, 42, 6, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


def new_visit() -> NewVisit:
    pack = find_pack("qsin-outline")
    return NewVisit(
        network="Thames Estuary Imaging Network",
        pack=pack,
        rules=find_rules("accreditation", pack),
        sites=("Royal Wessex", "St Aldhelm's", "Harbour CDC"),
        starts="2026-11-24",
        ends="2026-11-25",
        scope="All modalities of the network.",
        objectives="To see whether the network meets the standard.",
        issuing_body="Quality Body",
        organisation="Quality Body",
        team=(
            TeamMember("Ada Assessor", Role.PEER, "North Trust", person="2" * 32),
            TeamMember("Tom Technical", Role.TECHNICAL, person="3" * 32),
            TeamMember("Nell Network", Role.NETWORK, "Thames Estuary", person="4" * 32),
        ),
    )


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small visit, closed, with its key file beside it. Copy it."""
    path = tmp_path_factory.mktemp("founded") / NAME
    key_file = path.with_name(f"{NAME}.key")
    protection = Protection(passphrase=PASSPHRASE, key_file=key_file, cost=CHEAP)
    found_visit(path, new_visit(), identity=ME, protection=protection, clock=Clock()).close()
    return path


@pytest.fixture
def visit_folder(founded: Path, tmp_path: Path) -> Path:
    """A copy of the small visit, with its key file beside it."""
    path = tmp_path / "visits" / NAME
    shutil.copytree(founded, path)
    shutil.copy(founded.with_name(f"{NAME}.key"), path.with_name(f"{NAME}.key"))
    return path


@pytest.fixture
def small_visit(visit_folder: Path) -> Iterator[OpenVisit]:
    visit = open_visit(visit_folder, identity=ME, unlocking=Unlocking(use_keyring=False), clock=Clock())
    yield visit
    visit.close()


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
def desk(theme: Theme, small_visit: OpenVisit, messages: Messages, jobs: Jobs) -> Desk:
    return Desk(small_visit, messages, jobs)


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
