"""Findings that were sent to the network and answered by it, for tests of the screens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from pytestqt.qtbot import QtBot

from qsin_desktop.actions.findings import raise_finding
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reporting import DocumentKind, export
from qsin_desktop.actions.returning import apply_return, preview_return
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.responses import Response
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import RETURN, Place
from qsin_desktop.ui.screens.returned import ReturnScreen
from tests.report.returning import FIRST, Findings, filled_in

Fill = Callable[[Findings], object]


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


def came_home(visit: OpenVisit, path: Path, fill: Fill) -> Path:
    """Sent, filled in by the network, and back."""
    export(visit, DocumentKind.WORKBOOK, path)
    with filled_in(path) as (_, sheet):
        fill(sheet)
    return path


def three_answers(sheet: Findings) -> None:
    sheet[FIRST, Response.ROOT_CAUSE] = "Nobody was named"
    sheet[FIRST, Response.PLANNED] = date(2027, 1, 31)
    sheet[FIRST + 1, Response.OWNER] = "R. Patel"


def read_in(visit: OpenVisit, path: Path) -> Change:
    return apply_return(visit, preview_return(visit, path))


def look(screen: ReturnScreen, path: Path, qtbot: QtBot) -> None:
    screen.show_place(Place(RETURN, file=path))
    qtbot.waitUntil(lambda: not screen.desk.jobs.running)


def texts(desk: Desk, finding: str) -> dict[Response, str]:
    return dict(desk.record.response(finding).texts)
