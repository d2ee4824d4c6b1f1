"""What every sheet shares: protection without a password, and pages that print well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, cast

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break, ColBreak, RowBreak
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from qsin_desktop.report.wording import report_number
from qsin_desktop.report.workbook.book import Book
from qsin_desktop.report.workbook.texts import one_line

A4 = 9
_PAGE_WIDTH = 10.5  # inches of A4 landscape between our margins, and a little to spare
_PAGE_HEIGHT = 6.8 * 72  # points, likewise
_USUAL_ROW = 15.0  # points
_LEAST_SHRINK = 0.8  # of the size that fills the width: print this small is still read with ease
_AT_LEAST = 3  # rows of a part too tall for any page that stay with its head, and at its end


def protect(sheet: Worksheet) -> None:
    """Only unlocked cells can be typed in; filters and the sizes of rows and columns stay free."""
    protection = sheet.protection
    protection.sheet = True
    protection.objects = True
    protection.scenarios = True
    for free in ("autoFilter", "formatColumns", "formatRows"):
        setattr(protection, free, False)


def print_across(book: Book, sheet: Worksheet, *, header_row: int = 0) -> None:
    """Landscape, one page wide, the header on every page, page numbers below."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    _landscape(book, sheet, header_row)


def print_beside(book: Book, sheet: Worksheet, *, header_row: int, cuts: Sequence[int], last: int) -> None:
    """Pages beside each other, parted after these columns, with the first column repeated on each."""
    pixels = _pixels(sheet, last)
    pages = pairwise((0, *cuts, last))
    widest = max(sum(pixels[start:end]) + (pixels[0] if start else 0) for start, end in pages)
    sheet.page_setup.scale = _scale(widest)
    sheet.sheet_properties.pageSetUpPr = None
    sheet.col_breaks = ColBreak()
    for cut in cuts:
        sheet.col_breaks.append(Break(id=cut))
    sheet.print_title_cols = "A:A"
    _landscape(book, sheet, header_row)


def print_in_parts(book: Book, sheet: Worksheet, parts: Sequence[tuple[int, int]], *, last: int) -> None:
    """One page wide; no part, from its first row to its last, is cut where a page can hold it.

    The first two share a page where print a little smaller brings that about. The scale and the breaks are
    ours, for Excel leaves out breaks on a sheet that it is to fit itself.
    """
    heights = {row: _height(book, sheet, row) for row in range(1, parts[-1][1] + 1)}
    tall = sum(height for row, height in heights.items() if row <= parts[1][1])
    scale = _scale(sum(_pixels(sheet, last)))
    shared = int(100 * _PAGE_HEIGHT / tall)
    if _LEAST_SHRINK * scale <= shared < scale:
        scale = shared
    sheet.page_setup.scale = scale
    sheet.sheet_properties.pageSetUpPr = None
    sheet.row_breaks = RowBreak()
    for row in _breaks(parts, heights, 100 * _PAGE_HEIGHT / scale):
        sheet.row_breaks.append(Break(id=row - 1))
    _landscape(book, sheet, 0)


def _breaks(parts: Sequence[tuple[int, int]], heights: Mapping[int, float], room: float) -> Iterator[int]:
    """The rows that begin a page."""
    used = 0.0
    for first, end in _kept_together(parts, heights, room):
        needed = sum(heights[row] for row in range(first, end + 1))
        if used and used + needed > room:
            yield first
            used = 0.0
        used += needed


def _kept_together(
    parts: Sequence[tuple[int, int]], heights: Mapping[int, float], room: float
) -> Iterator[tuple[int, int]]:
    """Each part whole; of one that no page holds its rows, but for those at its head and end."""
    for first, end in parts:
        if sum(heights[row] for row in range(first, end + 1)) <= room or end - first < 2 * _AT_LEAST:
            yield first, end
            continue
        head, tail = first + _AT_LEAST, end - _AT_LEAST
        yield first, head
        yield from ((row, row) for row in range(head + 1, tail))
        yield tail, end


def _height(book: Book, sheet: Worksheet, row: int) -> float:
    fixed = sheet.row_dimensions[row].height if row in sheet.row_dimensions else None
    return fixed or book.grids[sheet.title].heights.get(row, _USUAL_ROW)


def _pixels(sheet: Worksheet, last: int) -> list[float]:
    """Widths of the columns up to the last."""
    return [7 * sheet.column_dimensions[get_column_letter(n)].width + 5 for n in range(1, last + 1)]


def _scale(pixels: float) -> int:
    """Per cent at which this width fills a page."""
    return max(10, min(100, int(9600 * _PAGE_WIDTH / pixels)))


def _landscape(book: Book, sheet: Worksheet, header_row: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom = 0.7, 0.6
    margins.header = margins.footer = 0.3
    if header_row:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.HeaderFooter.scaleWithDoc = False
    facts = book.snapshot.facts
    above, below = cast("Any", sheet.oddHeader), cast("Any", sheet.oddFooter)
    above.left.text = _head(facts.network or "Network not named", 90)
    above.right.text = book.state
    below.left.text = _head(f"Report {report_number(book.snapshot)}", 60)
    below.center.text = sheet.title
    below.right.text = "Page &P of &N"


def _head(text: str, limit: int) -> str:
    """For a page head, where “&” begins a code and all of it must stay below 255 characters."""
    return one_line(text, limit).replace("&", "&&")
