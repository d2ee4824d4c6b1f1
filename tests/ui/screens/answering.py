"""Findings that were sent to the network and answered by it, for tests of the screens."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from qsin_desktop.actions.findings import raise_finding
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.responses import Response
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import RETURN, Place
from qsin_desktop.ui.screens.returned import ReturnScreen


def raise_three(visit: OpenVisit) -> list[str]:
    """Ids of F-001 and F-002, mandatory, and of F-003, good practice."""
    return [
        raise_finding(
            visit,
            criteria=["IN-301.b"],
            grade=grade,
            requirement="An owner for every tool",
            evidence="Two tools have none",
            gap="No owner",
        ).entity
        for grade in ("mandatory", "mandatory", "good-practice")
    ]


def look(screen: ReturnScreen, path: Path, qtbot: QtBot) -> None:
    screen.show_place(Place(RETURN, file=path))
    qtbot.waitUntil(lambda: not screen.desk.jobs.running)


def texts(desk: Desk, finding: str) -> dict[Response, str]:
    return dict(desk.record.response(finding).texts)
