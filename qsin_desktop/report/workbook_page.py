"""What every sheet shares: protection without a password, and pages that print well."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, cast

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from qsin_desktop.report.wording import report_number
from qsin_desktop.report.workbook_book import Book
from qsin_desktop.report.workbook_texts import one_line

A4 = 9
_PAGE_WIDTH = 10.5  # inches of A4 landscape between our margins, and a little to spare


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
    widths = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, last + 1)]
    pixels = [7 * width + 5 for width in widths]
    pages = pairwise((0, *cuts, last))
    widest = max(sum(pixels[start:end]) + (pixels[0] if start else 0) for start, end in pages)
    sheet.page_setup.scale = max(10, min(100, int(9600 * _PAGE_WIDTH / widest)))
    sheet.sheet_properties.pageSetUpPr = None
    sheet.col_breaks = ColBreak()
    for cut in cuts:
        sheet.col_breaks.append(Break(id=cut))
    sheet.print_title_cols = "A:A"
    _landscape(book, sheet, header_row)


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
