"""The sheet that tells the assessed network how to respond, and the hidden one that names the workbook."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from openpyxl.packaging.custom import IntProperty, StringProperty

from qsin_desktop.report.workbook.book import Book, Put, place
from qsin_desktop.report.workbook.findings import SOON_DAYS
from qsin_desktop.report.workbook.heights import height, lines
from qsin_desktop.report.workbook.identity import (
    FINDINGS_SHEET,
    FORMAT,
    HEADER_ROW,
    IDENTITY_SHEET,
    PROPERTY_FORMAT,
    PROPERTY_ROUND,
    PROPERTY_STATE,
    PROPERTY_VERSION,
    PROPERTY_VISIT,
    Response,
)
from qsin_desktop.report.workbook.long import LONG_SHEET
from qsin_desktop.report.workbook.looks import BODY, FINE, HEADER, LINK, STRONG, SUBTITLE, TITLE
from qsin_desktop.report.workbook.page import print_across, protect
from qsin_desktop.report.workbook.pictures import HEADING
from qsin_desktop.report.workbook.sheet_marks import sent_links, sheet_marks

GUIDE_SHEET = "How to respond"
_WIDTHS = (30.0, 104.0)
_STEPS = (
    (
        "1. Look",
        (
            f"Each row of the sheet {FINDINGS_SHEET} is one finding. "
            "Its white columns are what the assessors recorded."
        ),
    ),
    (
        "2. Answer",
        (
            "Fill in the blue columns to the right, one row for each finding whose status is Open. "
            "Grey cells need no answer."
        ),
    ),
    (
        "3. Show",
        (
            "Name in “Evidence reference” the documents that bear out your answer, "
            "and send them together with this file."
        ),
    ),
    (
        "4. Return",
        (
            "Save the file as an Excel workbook (.xlsx) and send it back to the assessors. "
            "You may return it several times: a cell left blank never erases an answer given before."
        ),
    ),
)
_COLUMNS = {
    Response.ROOT_CAUSE: "Why it happened, not what happened.",
    Response.EXTENT: "How far it reaches: choose from the list or use your own words.",
    Response.CORRECTION: "What you did at once to put this case right.",
    Response.CORRECTIVE_ACTION: "What you change so that it does not happen again.",
    Response.OWNER: "Name and role of the person who sees to it.",
    Response.PLANNED: "The day by which it will be done, such as 31/03/2027.",
    Response.DONE: "The day on which it was done. Leave it blank until then.",
    Response.EVIDENCE: "Number, title and page of the documents that show it.",
    Response.ACCURACY: "Anything in the finding that is not factually right, and what is right. "
    "The assessors accept or refuse each point with a reason.",
}
_GOOD_TO_KNOW = (
    (
        "Protection",
        (
            "The sheets are protected without a password, so that nothing is changed by accident. "
            "Only the blue columns are read back; what is changed elsewhere is shown to the assessors "
            "and not taken over."
        ),
    ),
    (
        "Filters and widths",
        (
            "Filters, column widths and row heights stay free. "
            "Rows of a protected sheet cannot be sorted; filter them instead."
        ),
    ),
    (
        "Hidden columns",
        (
            f"Hidden columns of the sheet {FINDINGS_SHEET} let each answer find its finding again. "
            "Please do not delete rows or columns."
        ),
    ),
    (
        "Later rounds",
        (
            "A later workbook shows what you answered before, and what the assessors say to it. "
            "Where more is asked for, write on or write anew in the same cell."
        ),
    ),
    (
        "Due dates",
        (
            "“overdue” behind a due date means that the day is past and no done date is given; "
            f"“soon” that it is within {SOON_DAYS} days; “done” that a done date is given."
        ),
    ),
    (
        "Texts",
        (
            "Text is kept as it was typed. "
            "A sign that cannot be shown is replaced by its number in brackets, such as [U+0007]."
        ),
    ),
    (
        "Privacy",
        (
            "Write no names, NHS numbers or other details of patients into this workbook, "
            "and send no pictures that show them."
        ),
    ),
)
_LONG = (
    f"A text that no cell or row can show whole stands in parts on the sheet {LONG_SHEET}; "
    "the column “In full” leads there. Nothing is left out."
)


def lay_guide(book: Book, *, long_texts: bool) -> None:
    sheet = book.workbook[GUIDE_SHEET]
    for letter, width in zip("AB", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    book.write(sheet, 1, 1, GUIDE_SHEET, TITLE)
    book.write(sheet, 2, 1, book.running_title, SUBTITLE)
    sheet.row_dimensions[1].height = 26
    know = [*_GOOD_TO_KNOW, *([("Long texts", _LONG)] if long_texts else [])]
    row = HEADER_ROW
    for heading, entries in (
        ("In four steps", list(_STEPS)),
        ("The columns to fill in", [(r.heading, words) for r, words in _COLUMNS.items()]),
        ("Good to know", know),
    ):
        row = _lay_part(book, row, heading, entries)
    goal = place(FINDINGS_SHEET, HEADER_ROW)
    book.write(sheet, row, 1, Put("To the findings", LINK, goal), replace(LINK, line=""))
    sheet.sheet_view.showGridLines = False
    protect(sheet)
    print_across(book, sheet)


def _lay_part(book: Book, row: int, heading: str, entries: list[tuple[str, str]]) -> int:
    sheet = book.workbook[GUIDE_SHEET]
    book.write(sheet, row, 1, heading, HEADING)
    sheet.row_dimensions[row].height = 24
    for label, words in entries:
        row += 1
        book.write(sheet, row, 1, label, STRONG)
        book.write(sheet, row, 2, words, BODY)
        book.grids[GUIDE_SHEET].heights[row] = height(lines(words, _WIDTHS[1]))
    return row + 2


def add_identity(book: Book) -> None:
    """Visit, version and format as document properties; again on a hidden sheet, with marks."""
    snapshot = book.snapshot
    properties = cast("Any", book.workbook).custom_doc_props  # not in the stubs
    properties.append(StringProperty(name=PROPERTY_VISIT, value=snapshot.visit_id))
    properties.append(IntProperty(name=PROPERTY_VERSION, value=snapshot.version))
    properties.append(IntProperty(name=PROPERTY_ROUND, value=snapshot.round))
    properties.append(IntProperty(name=PROPERTY_FORMAT, value=FORMAT))
    properties.append(StringProperty(name=PROPERTY_STATE, value=book.state))
    rows = [
        (PROPERTY_VISIT, snapshot.visit_id),
        (PROPERTY_VERSION, str(snapshot.version)),
        (PROPERTY_ROUND, str(snapshot.round)),
        (PROPERTY_FORMAT, str(FORMAT)),
        (PROPERTY_STATE, book.state),
        *((response.value, response.heading) for response in Response),
        *sheet_marks(book),
        *sent_links(book),
    ]
    sheet = book.workbook.create_sheet(IDENTITY_SHEET)
    sheet.sheet_state = "hidden"
    for number, (name, value) in enumerate(rows, 1):
        book.write(sheet, number, 1, name, HEADER)
        book.write(sheet, number, 2, value, FINE)
    protect(sheet)
