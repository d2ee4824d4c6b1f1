"""House style for the network's workbooks, and formulas that carry their results."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from qsin_desktop.example.evidence.frozen_zip import frozen

_HEAD = PatternFill("solid", start_color="FF14566B")
_INPUT = PatternFill("solid", start_color="FFFFF7DF")
_RULE = Border(bottom=Side(style="thin", color="FFC9D2D9"))


class Book:
    """A workbook being filled; `result` keeps what each formula gives, for programs that do not calculate."""

    def __init__(self, title: str) -> None:
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.worksheets[0])
        self.workbook.properties.title = title
        self.workbook.properties.creator = "Thames Estuary Imaging Network (invented)"
        self._results: dict[str, dict[str, float]] = {}

    def sheet(self, name: str, widths: Sequence[float]) -> Worksheet:
        sheet: Worksheet = self.workbook.create_sheet(name)
        for column, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.sheet_view.showGridLines = False
        return sheet

    def formula(self, sheet: Worksheet, cell: str, formula: str, result: float, shape: str = "#,##0") -> None:
        sheet[cell] = formula
        sheet[cell].number_format = shape
        self._results.setdefault(sheet.title, {})[cell] = result

    def saved(self) -> bytes:
        """The file's bytes, the same for the same content."""
        out = BytesIO()
        self.workbook.save(out)
        parts = {
            f"xl/worksheets/sheet{number}.xml": self._results[name]
            for number, name in enumerate(self.workbook.sheetnames, start=1)
            if name in self._results
        }
        return frozen(out.getvalue(), parts)


def head_row(sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column, text)
        cell.font = Font(bold=True, color="FFFFFFFF")
        cell.fill = _HEAD
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = 32


def rows_below(sheet: Worksheet, row: int, rows: Sequence[Sequence[str | int | float]]) -> None:
    for offset, values in enumerate(rows):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(row + offset, column, value)
            cell.border = _RULE
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))


def mark_input(sheet: Worksheet, cells: str) -> None:
    """Tint the cells that people fill in, so that they are told from calculated ones."""
    for row in sheet[cells]:
        for cell in row:
            cell.fill = _INPUT


def sheet_title(sheet: Worksheet, text: str, under: str) -> None:
    sheet["A1"] = text
    sheet["A1"].font = Font(bold=True, size=15, color="FF14566B")
    sheet["A2"] = under
    sheet["A2"].font = Font(italic=True, color="FF5A6772")
