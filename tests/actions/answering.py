"""The network's workbook sent, filled in and read back, for tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from qsin_desktop.actions import findings
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reporting import Document, DocumentKind, export
from qsin_desktop.actions.returning import apply_return, preview_return
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.responses import Response
from tests.report.returned.returning import FIRST, Findings, filled_in

Fill = Callable[[Findings], object]


def send(visit: OpenVisit, path: Path) -> Document:
    return export(visit, DocumentKind.WORKBOOK, path)


def come_home(visit: OpenVisit, path: Path, fill: Fill) -> Path:
    """Sent, filled in and back."""
    send(visit, path)
    with filled_in(path) as (_, sheet):
        fill(sheet)
    return path


def two_answers(sheet: Findings) -> None:
    """Three cells, of two findings."""
    sheet[FIRST, Response.ROOT_CAUSE] = "Nobody was named"
    sheet[FIRST, Response.PLANNED] = date(2027, 1, 31)
    sheet[FIRST + 1, Response.OWNER] = "R. Patel"


def read_in(visit: OpenVisit, path: Path) -> Change:
    return apply_return(visit, preview_return(visit, path))


def id_of(visit: OpenVisit, number: str) -> str:
    return findings.finding_named(visit, number).id


def texts(visit: OpenVisit, number: str) -> dict[Response, str]:
    return dict(visit.record.response(id_of(visit, number)).texts)
