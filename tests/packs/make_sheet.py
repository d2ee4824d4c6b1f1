"""Fill in the shipped Excel template for a test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from qsin_desktop.packs.sheet_columns import ABOUT, CRITERIA, CRITERIA_COLUMNS
from qsin_desktop.packs.shipped import pack_template

FIRST = ("300", "Support services", "IN-301", "Equipment", "a", "IT is streamlined",
         "Images shared\n• Prior studies", "PACS plan", "document, interview", "no", "yes")  # fmt: skip
SECOND = ("", "", "", "", "b", "AI is managed", "", "", "", "", "")
THIRD = ("600", "Organisation", "IN-602", "Capacity", "", "One plan", "", "", "", "", "")

About = dict[str, Any]
ABOUT_FACTS: About = {
    "id": "my-pack",
    "title": "My standard",
    "edition": "2.10",
    "publisher": "A college",
    "licence": "Licensed to A college",
    "notice": None,
}


def filled_in(
    path: Path, rows: Sequence[Sequence[Any]] = (FIRST, SECOND, THIRD), about: About = ABOUT_FACTS
) -> Path:
    """Empty texts become empty cells; the first row of `rows` is row 2 of Criteria."""
    book = openpyxl.load_workbook(pack_template())
    for number, fact in enumerate(about.values(), 2):
        book[ABOUT].cell(number, 2, fact)
    sheet = book[CRITERIA]
    sheet.delete_rows(2, sheet.max_row)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, None if value == "" else value)
    book.save(path)
    return path


def row(**cells: Any) -> list[Any]:
    """FIRST with some cells changed, named by the fields of the columns."""
    names = [column.field for column in CRITERIA_COLUMNS]
    changed = dict(zip(names, FIRST, strict=True)) | cells
    return [changed[name] for name in names]
