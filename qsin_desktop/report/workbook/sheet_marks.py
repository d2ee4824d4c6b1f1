"""How each sheet was sent, kept in the hidden one: marks of its rows, its pictures, the links of findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from qsin_desktop.foreign_workbooks.marks import row_mark
from qsin_desktop.report.workbook.book import Book
from qsin_desktop.report.workbook.grid import Grid
from qsin_desktop.report.workbook.identity import FINDINGS_SHEET, FIRST_ROW, HEADER_ROW
from qsin_desktop.report.workbook.table import IN_FULL

_EACH = 1_400  # rows whose marks share a cell, which then stays well below what a cell holds
_DRAWINGS = "drawings"
_LINKS = f"{FINDINGS_SHEET}!{IN_FULL}"
_LINKS_EACH = 500  # with a finding's id and a row's number each
_NAME = re.compile(rf"(.+)!([0-9]{{1,7}}|{_DRAWINGS})")


@dataclass
class SentSheet:
    """`marks` of rows 1, 2, 3…, empty for an empty row; `drawings` counts charts and pictures."""

    marks: list[str] = field(default_factory=list)
    drawings: int = 0


def sheet_marks(book: Book) -> Iterator[tuple[str, str]]:
    """Names and values for the hidden sheet. Findings have hashes: of them only what stands above."""
    for sheet in book.workbook.worksheets:
        grid = book.grids[sheet.title]
        marks = head_marks(grid) if sheet.title == FINDINGS_SHEET else grid.marks()
        for first in range(0, len(marks), _EACH):
            yield f"{sheet.title}!{first + 1}", ",".join(marks[first : first + _EACH])
        laid = cast("Any", sheet)
        yield f"{sheet.title}!{_DRAWINGS}", str(len(laid._charts) + len(laid._images))  # noqa: SLF001  no public way


def sent_links(book: Book) -> Iterator[tuple[str, str]]:
    """For the hidden sheet too: what “In full” says of each finding that has a text too long for its row."""
    grid = book.grids[FINDINGS_SHEET]
    column = next((at for at, title in grid.rows[HEADER_ROW].items() if title == IN_FULL), 0)
    said = ((f.id, grid.rows[row].get(column)) for row, f in enumerate(book.snapshot.findings, FIRST_ROW))
    linked = [f"{finding}={words}" for finding, words in said if words]
    for first in range(0, len(linked), _LINKS_EACH):
        yield f"{_LINKS} {first + 1}", ",".join(linked[first : first + _LINKS_EACH])


def read_links(identity: Mapping[str, str]) -> dict[str, str]:
    """Finding → what its link said; empty where the file does not say it."""
    parts = (value.split(",") for name, value in identity.items() if name.startswith(f"{_LINKS} "))
    pairs = (one.partition("=") for part in parts for one in part)
    return {finding: words for finding, _, words in pairs}


def head_marks(grid: Grid) -> list[str]:
    """Of the rows above a table's header."""
    head = grid.head(HEADER_ROW - 1)
    return [row_mark(head.get(row, {}).items()) for row in range(1, HEADER_ROW)]


def read_sheet_marks(identity: Mapping[str, str]) -> dict[str, SentSheet]:
    """By the sheet's title; empty where the file does not say it."""
    sent: dict[str, SentSheet] = {}
    for name, value in identity.items():
        found = _NAME.fullmatch(name)
        if found is None:
            continue
        sheet = sent.setdefault(found[1], SentSheet())
        if found[2] == _DRAWINGS:
            sheet.drawings = int(value) if value.isascii() and value.isdecimal() and len(value) < 7 else 0
        elif int(found[2]) == len(sheet.marks) + 1:
            sheet.marks += value.split(",")
    return {title: sheet for title, sheet in sent.items() if sheet.marks}
