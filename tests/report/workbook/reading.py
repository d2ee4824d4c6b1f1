"""Reads a workbook back as tables of plain values, for tests."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.workbook.writing import write_workbook
from tests.report.make_snapshot import make_snapshot

HEADER_ROW = 4
SHEETS = [
    *("Summary", "Findings", "Ratings", "Evidence", "Citations", "Notes", "Trail", "How to respond"),
    "qsin",
]
HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://example.org","click")',
    "{=SUM(1,2)}",
    "+44 20 7946 0018",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "#N/A",
    "TRUE",
    "0042",
    "1/2",
    "_x0041_ as it was typed",
    "<b>&amp; \"quoted\" 'text'</b> ]]>",
    "  spaces at both ends  ",
    "two\nlines",
]


def made(snapshot: VisitSnapshot, folder: Path) -> Path:
    path = folder / "findings.xlsx"
    write_workbook(snapshot, path)
    return path


def opened(path: Path) -> Workbook:
    """Read once for all tests that look at the same file, and never changed by them."""
    return _opened(path, path.stat().st_mtime_ns)


@cache
def _opened(path: Path, _written: int) -> Workbook:
    return load_workbook(path)


def sheet_of(path: Path, name: str) -> Worksheet:
    sheet = opened(path)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def table_of(sheet: Worksheet) -> list[dict[str, Any]]:
    """The rows below the header, by column title."""
    titles = [str(cell.value) for cell in sheet[HEADER_ROW] if cell.value]
    rows = sheet.iter_rows(min_row=HEADER_ROW + 1, max_col=len(titles), values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows]


def columns_of(sheet: Worksheet) -> dict[str, str]:
    """Column letters by title."""
    return {str(cell.value): cell.column_letter for cell in sheet[HEADER_ROW] if cell.value}


def part_of(path: Path, name: str) -> str:
    with ZipFile(path) as package:
        return package.read(name).decode()


def words_of(sheet: Worksheet) -> list[str]:
    return [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]


def with_findings(**changes: str) -> VisitSnapshot:
    """A small visit whose first finding has these words."""
    snapshot = make_snapshot(sites=1, findings=2, photos=0)
    first = replace(snapshot.findings[0], **changes)  # type: ignore[arg-type]  # texts only
    return replace(snapshot, findings=(first, *snapshot.findings[1:]))
