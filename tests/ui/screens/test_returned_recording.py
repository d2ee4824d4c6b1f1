"""Many answers are recorded beside the person's work: watched, cancelled, and all or nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.backing_up import back_up_first
from qsin_desktop.actions.findings import write_finding
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.returning import applying_return
from qsin_desktop.domain.responses import Response
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import RETURN, Place
from qsin_desktop.ui.screens import returned
from qsin_desktop.ui.screens.returned import ReturnScreen
from tests.actions.answering import come_home, two_answers
from tests.ui.hands import button, click, press
from tests.ui.screens.answering import raise_three


@pytest.fixture
def findings(desk: Desk) -> list[str]:
    return raise_three(desk.visit)


@pytest.fixture
def screen(
    desk: Desk,
    findings: list[str],
    tmp_path: Path,
    show: Callable[[ReturnScreen], ReturnScreen],
    qtbot: QtBot,
) -> ReturnScreen:
    """Three answers to two findings are shown."""
    back = come_home(desk.visit, tmp_path / "findings.xlsx", two_answers)
    made = show(ReturnScreen(desk))
    made.show_place(Place(RETURN, file=back))
    qtbot.waitUntil(lambda: not desk.jobs.running)
    return made


def doing(desk: Desk) -> list[str]:
    return [job.name for job in desk.jobs.running]


def texts(desk: Desk, finding: str) -> dict[Response, str]:
    return dict(desk.record.response(finding).texts)


@pytest.fixture(autouse=True)
def _nothing_is_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returned, "AT_ONCE", 0)


def test_recording_many_goes_on_beside_and_is_one_act(
    screen: ReturnScreen, desk: Desk, findings: list[str], qtbot: QtBot
) -> None:
    names: list[str] = []
    desk.jobs.changed.connect(lambda: names.extend(doing(desk)))
    press("Ctrl+Return")
    desk.act(lambda: write_finding(desk.visit, finding=findings[2], part="gap", text="Written meanwhile"))
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert "Recording the answers" in names
    assert texts(desk, findings[1]) == {Response.OWNER: "R. Patel"}
    assert desk.messages.notices[-1].text == "Read in return 1: 3 answers to 2 findings."
    desk.undo()
    assert texts(desk, findings[1]) == {}


def test_cancelled_while_the_backup_is_made_nothing_is_recorded(
    screen: ReturnScreen, desk: Desk, findings: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed = threading.Event()

    def not_before_cancel_is_pressed(visit: OpenVisit) -> str:
        said = back_up_first(visit)
        assert pressed.wait(60)
        return said

    monkeypatch.setattr(returned, "back_up_first", not_before_cancel_is_pressed)
    before = desk.visit.store.entry_count()
    press("Ctrl+Return")
    assert doing(desk) == ["Making a backup first"]
    click(button(screen, "Cancel"))
    pressed.set()
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert desk.visit.store.entry_count() == before
    assert screen.page.isVisible()


def test_cancelled_nothing_is_recorded(
    screen: ReturnScreen,
    desk: Desk,
    findings: list[str],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def many(*given: Any, **named: Any) -> Iterator[tuple[int, int]]:
        steps = applying_return(*given, **named)
        while True:  # more to sign than anybody waits for
            yield next(steps)
            steps = applying_return(*given, **named)

    before = desk.visit.store.entry_count()
    with monkeypatch.context() as patch:
        patch.setattr(returned, "applying_return", many)
        press("Ctrl+Return")
        qtbot.waitUntil(lambda: doing(desk) == ["Recording the answers"])
        click(button(screen, "Cancel"))
        qtbot.waitUntil(lambda: not desk.jobs.running)
    assert desk.visit.store.entry_count() == before
    assert screen.page.isVisible()
    assert screen.page.apply.text() == "Read in 3 answers"
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert texts(desk, findings[1]) == {Response.OWNER: "R. Patel"}
