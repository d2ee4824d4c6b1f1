"""A sheet with a table: title, header, rows, filter, frozen panes, and the way to texts too long to show."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from qsin_desktop.report.workbook.book import Book, Put, bare, place
from qsin_desktop.report.workbook.grid import Value
from qsin_desktop.report.workbook.heights import MOST_LINES, height, lines
from qsin_desktop.report.workbook.identity import FIRST_ROW, HEADER_ROW
from qsin_desktop.report.workbook.long import LONG_SHEET, LongTexts
from qsin_desktop.report.workbook.looks import BODY, HEADER, LINK, SUBTITLE, TITLE, Look
from qsin_desktop.report.workbook.page import print_across, protect
from qsin_desktop.report.workbook.texts import fits_cell, held, shown

IN_FULL = "In full"
_WORTH_MEASURING = 120  # shorter texts of one paragraph always show whole

Row = Sequence[Value | Put]


@dataclass(frozen=True)
class Column:
    title: str
    width: float
    look: Look = BODY
    header: Look = HEADER
    hidden: bool = False
    in_full: bool = True  # a text too tall for its row is given whole on the sheet of long texts

    @property
    def easy(self) -> float:
        """Characters that surely fit one line; hidden columns make no row higher."""
        return math.inf if self.hidden else 0.7 * self.width


@dataclass
class Layout:
    """What a table is made of. `row_name` names a row on the sheet of long texts."""

    sheet: str
    table: str
    subtitle: str
    columns: list[Column]
    empty: str  # the sentence shown where there are no rows
    row_name: Callable[[Row], str] = field(default=lambda row: str(bare(row[0])))
    frozen: int = 1  # columns that stay in view
    in_full_after: int | None = None  # index of the column that the links to long texts follow


def lay_table(book: Book, long_texts: LongTexts, layout: Layout, rows: Iterable[Row]) -> dict[str, int]:
    """Write the sheet, its rows from `FIRST_ROW` on as given; answers each column's number by title."""
    sheet = book.workbook[layout.sheet]
    prepared, links = _prepared(book, long_texts, layout, rows)
    columns = list(layout.columns)
    if any(links):
        at = len(columns) if layout.in_full_after is None else layout.in_full_after + 1
        columns.insert(at, Column(IN_FULL, 12, LINK))
        prepared = [[*row[:at], link, *row[at:]] for row, link in zip(prepared, links, strict=True)]
    _head(book, sheet, layout, columns)
    _body(book, sheet, layout, columns, prepared)
    if prepared:
        _add_table(sheet, layout.table, columns, len(prepared))
    else:
        book.write(sheet, FIRST_ROW, 2, layout.empty, SUBTITLE)
    _set_up(book, sheet, layout)
    return {column.title: number for number, column in enumerate(columns, 1)}


def _prepared(
    book: Book, long_texts: LongTexts, layout: Layout, rows: Iterable[Row]
) -> tuple[list[list[Value | Put]], list[Put | None]]:
    """The rows with over-long texts cut visibly, and beside each the link to its long texts."""
    prepared: list[list[Value | Put]] = []
    links: list[Put | None] = []
    for row in rows:
        book.check()
        kept = list(row)
        link = None
        for index, (column, value) in enumerate(zip(layout.columns, row, strict=True)):
            text = bare(value)
            if not isinstance(text, str) or (len(text) < _WORTH_MEASURING and "\n" not in text):
                continue
            text = shown(text)
            if (column.in_full and lines(text, column.width) > MOST_LINES) or not fits_cell(text):
                at = long_texts.add(f"{layout.row_name(row)}: {column.title}", text)
                link = link or Put(f"Row {at}", LINK, place(LONG_SHEET, at), "The whole text")
                kept[index] = value._replace(value=held(text)) if isinstance(value, Put) else held(text)
        prepared.append(kept)
        links.append(link)
    return prepared, links


def _head(book: Book, sheet: Worksheet, layout: Layout, columns: list[Column]) -> None:
    book.write(sheet, 1, 1, layout.sheet, TITLE)
    book.write(sheet, 2, 1, layout.subtitle, SUBTITLE)
    sheet.row_dimensions[1].height = 26
    sheet.row_dimensions[HEADER_ROW].height = 32
    for index, column in enumerate(columns, 1):
        book.write(sheet, HEADER_ROW, index, column.title, column.header)
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.width = column.width
        dimension.hidden = column.hidden


def _body(
    book: Book, sheet: Worksheet, layout: Layout, columns: list[Column], rows: list[list[Value | Put]]
) -> None:
    for number, row in enumerate(rows, FIRST_ROW):
        book.check()
        needed = 1
        for index, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            book.write(sheet, number, index, value, column.look)
            text = bare(value)
            if isinstance(text, str) and (len(text) > column.easy or "\n" in text):
                needed = max(needed, lines(text, column.width, size=column.look.size, bold=column.look.bold))
        book.grids[layout.sheet].heights[number] = height(needed)


def _add_table(sheet: Worksheet, name: str, columns: list[Column], rows: int) -> None:
    ref = f"A{HEADER_ROW}:{get_column_letter(len(columns))}{HEADER_ROW + rows}"
    table = Table(displayName=name, ref=ref, autoFilter=AutoFilter(ref=ref))
    table.tableColumns = [TableColumn(id=n, name=c.title) for n, c in enumerate(columns, 1)]
    sheet.add_table(table)


def _set_up(book: Book, sheet: Worksheet, layout: Layout) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = f"{get_column_letter(layout.frozen + 1)}{FIRST_ROW}"
    protect(sheet)
    print_across(book, sheet, header_row=HEADER_ROW)
