"""Make the Excel template that a body fills in with its standard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from qsin_desktop.packs.sheet_columns import ABOUT, ABOUT_ROWS, CRITERIA, CRITERIA_COLUMNS, HOW_TO, Column

READY_ROWS = 500  # rows with lists and wrapped text; more can be filled in

_EXAMPLES: tuple[tuple[str, ...], ...] = (
    (
        "300",
        "Support services",
        "EX-301",
        "Example: equipment",
        "a",
        "Example: equipment is replaced in time",
        "Age of equipment against the plan\nWho decides",
        "Asset register\nReplacement plan",
        "document, interview",
        "yes",
        "no",
    ),
    (
        "",
        "",
        "",
        "",
        "b",
        "Example: calibration is in date at every site",
        "Labels at the room\nWhat follows a result out of tolerance",
        "Calibration log",
        "document, observation, sample",
        "no",
        "yes",
    ),
)

_FACE = "Calibri"
_ACCENT = PatternFill("solid", fgColor="0B5CAD")
_SOFT = PatternFill("solid", fgColor="E6F0FA")
_LINE = Border(bottom=Side(style="thin", color="D5DCE3"))
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def write_template(path: Path) -> None:
    """The sheets How to fill this in, About and Criteria, with two example rows to be replaced."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    _write_how_to(book.create_sheet(HOW_TO))
    _write_about(book.create_sheet(ABOUT))
    _write_criteria(book.create_sheet(CRITERIA))
    for sheet in book.worksheets:
        _print_landscape(sheet)
    book.properties.title = "Standards pack template"
    book.properties.creator = "QSIN Desktop"
    book.save(path)


def _write_how_to(sheet: Any) -> None:
    sheet.sheet_view.showGridLines = False
    _widths(sheet, (28, 14, 96))
    sheet["A1"] = "How to fill this in"
    sheet["A1"].font = Font(name=_FACE, size=16, bold=True)
    for number, line in enumerate(_STEPS, 3):
        cell = sheet.cell(number, 1, line)
        cell.alignment = _WRAPPED
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=3)
        sheet.row_dimensions[number].height = 20
    row = 4 + len(_STEPS)
    for title, columns in (
        (f"Rows of “{ABOUT}”", ABOUT_ROWS),
        (f"Columns of “{CRITERIA}”", CRITERIA_COLUMNS),
    ):
        row = _write_columns(sheet, row, title, columns)


_STEPS = (
    "1. Fill in the sheet “About”: one line for each fact about the standard as a whole.",
    "2. Fill in the sheet “Criteria”: one row for each criterion, in the order in which assessors walk them.",
    "3. Replace the two example rows. Keep the headings; the order of the columns does not matter.",
    "4. Save as .xlsx without a password, then import: qsin-desktop pack import FILE.xlsx OUT.yaml",
    "Every error is named with its sheet and row, and nothing is written until there is none.",
    "The rating scale and the grades of findings are not part of this sheet: each visit chooses a rule set.",
)


def _write_columns(sheet: Any, row: int, title: str, columns: tuple[Column, ...]) -> int:
    """The next free row but one."""
    for number, text in enumerate((title, "Needed", "What to write"), 1):
        _head(sheet.cell(row, number, text))
    for offset, column in enumerate(columns, 1):
        for number, text in enumerate((column.heading, "yes" if column.needed else "no", column.about), 1):
            cell = sheet.cell(row + offset, number, text)
            cell.alignment, cell.border = _WRAPPED, _LINE
        sheet.row_dimensions[row + offset].height = 18
    return row + len(columns) + 2


def _write_about(sheet: Any) -> None:
    _widths(sheet, (18, 70, 84))
    for number, text in enumerate(("name", "value", "what to write"), 1):
        _head(sheet.cell(1, number, text))
    for row, column in enumerate(ABOUT_ROWS, 2):
        sheet.cell(row, 1, column.heading).font = Font(name=_FACE, bold=True)
        sheet.cell(row, 2).fill = _SOFT
        sheet.cell(row, 3, column.about).font = Font(name=_FACE, color="52606E")
        for number in (1, 2, 3):
            sheet.cell(row, number).alignment = _WRAPPED
            sheet.cell(row, number).border = _LINE
        sheet.cell(row, 2).number_format = "@"  # so that 2.10 stays as it is typed
        sheet.row_dimensions[row].height = 20
    sheet.row_dimensions[len(ABOUT_ROWS) + 1].height = 60
    sheet.freeze_panes = "A2"


def _write_criteria(sheet: Any) -> None:
    _widths(sheet, tuple(column.width for column in CRITERIA_COLUMNS))
    for number, column in enumerate(CRITERIA_COLUMNS, 1):
        _head(sheet.cell(1, number, column.heading))
    for row in range(2, READY_ROWS + 2):
        for number in range(1, len(CRITERIA_COLUMNS) + 1):
            cell = sheet.cell(row, number)
            cell.alignment, cell.number_format = _WRAPPED, "@"
    for row, example in enumerate(_EXAMPLES, 2):
        for number, text in enumerate(example, 1):
            sheet.cell(row, number, text or None)
        sheet.row_dimensions[row].height = 48
    sheet.row_dimensions[1].height = 34
    sheet.freeze_panes = "G2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(CRITERIA_COLUMNS))}{READY_ROWS + 1}"
    _offer_yes_and_no(sheet)


def _offer_yes_and_no(sheet: Any) -> None:
    choice = DataValidation(type="list", formula1='"yes,no"', allow_blank=True, showErrorMessage=True)
    choice.error, choice.errorTitle = "Write yes or no, or leave it empty.", "Yes or no"
    sheet.add_data_validation(choice)
    for number, column in enumerate(CRITERIA_COLUMNS, 1):
        if column.field in ("may_be_not_applicable", "each_site"):
            letter = get_column_letter(number)
            choice.add(f"{letter}2:{letter}{READY_ROWS + 1}")


def _print_landscape(sheet: Any) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0


def _head(cell: Any) -> None:
    cell.font, cell.fill = Font(name=_FACE, bold=True, color="FFFFFF"), _ACCENT
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def _widths(sheet: Any, widths: tuple[int, ...]) -> None:
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
