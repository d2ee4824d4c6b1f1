"""Reads a workbook back as tables of plain values, for tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.workbook import write_workbook

HEADER_ROW = 4


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
