"""Workbooks as an assessed network returns them: filled in and saved again by a spreadsheet program."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from qsin_desktop.domain.responses import FindingResponse, Response, Round
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.returned.outcome import Return
from qsin_desktop.report.returned.reader import read_return
from qsin_desktop.report.workbook.writing import write_workbook
from tests.report.make_snapshot import LEAD, make_snapshot
from tests.report.workbook.reading import columns_of

FIRST = 5  # the row of the first finding
Edit = Callable[[Workbook, "Findings"], None]


class Findings:
    """The sheet of findings by row and column title."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.columns = columns_of(sheet)

    def __getitem__(self, at: tuple[int, str | Response]) -> Any:
        return self.sheet[self._place(*at)].value

    def __setitem__(self, at: tuple[int, str | Response], value: Any) -> None:
        self.sheet[self._place(*at)].value = value

    def _place(self, row: int, title: str | Response) -> str:
        return f"{self.columns[title.heading if isinstance(title, Response) else title]}{row}"

    def place(self, row: int, title: str | Response) -> str:
        return self._place(row, title)


SENT = Round(1, False, "findings.xlsx", "11" * 32, LEAD, "2026-11-25T16:02:07+00:00", n=10_000)
BACK = Round(1, True, "back.xlsx", "22" * 32, LEAD, "2026-12-01T09:00:00+00:00", answers=1, n=10_001)
SENT_AGAIN = replace(SENT, number=2, sha256="33" * 32, n=10_002)


def small_visit(findings: int = 4) -> VisitSnapshot:
    """F-003, F-006 and so on are mandatory findings; F-002 is good practice; F-005 is withdrawn."""
    return make_snapshot(sites=2, findings=findings, photos=0, disagreements=0)


def answered(snapshot: VisitSnapshot, number: str, **texts: str) -> VisitSnapshot:
    """The visit after the first return, in which this finding was answered."""
    finding = next(f for f in snapshot.findings if f.number == number)
    said = {Response(name): text for name, text in texts.items()}
    response = FindingResponse(said, dict.fromkeys(said, BACK.label))
    return replace(snapshot, responses={**snapshot.responses, finding.id: response}, rounds=(SENT, BACK))


def sent(snapshot: VisitSnapshot, folder: Path) -> Path:
    path = folder / "findings.xlsx"
    write_workbook(snapshot, path)
    return path


@contextmanager
def filled_in(path: Path) -> Iterator[tuple[Workbook, Findings]]:
    """The workbook to be changed, saved over itself at the end."""
    book = load_workbook(path)
    sheet = book["Findings"]
    assert isinstance(sheet, Worksheet)
    yield book, Findings(sheet)
    book.save(path)


def returned(
    snapshot: VisitSnapshot, folder: Path, edit: Edit, *, against: VisitSnapshot | None = None
) -> Return:
    """Send, let the network do this, read back against the visit as it is then."""
    path = sent(snapshot, folder)
    with filled_in(path) as (book, findings):
        edit(book, findings)
    return read_return(path, against or after_sending(snapshot))


def after_sending(snapshot: VisitSnapshot) -> VisitSnapshot:
    """The visit once it knows of the sending."""
    this = replace(SENT, number=snapshot.round, n=20_000 + snapshot.round)
    return replace(snapshot, rounds=(*snapshot.rounds, this))


def as_excel_spells(text: str) -> str:
    """For a cell that the library writes as it stands: what looks like a code is no code."""
    return re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def told(back: Return) -> str:
    """All remarks, one on a line."""
    return "\n".join(remark.words for remark in back.remarks)
