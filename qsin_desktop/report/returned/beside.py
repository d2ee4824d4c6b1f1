"""What a returned workbook holds beside the cells that are read, told so that no word of it is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from qsin_desktop.foreign_workbooks.beside import Beside
from qsin_desktop.foreign_workbooks.cells import SheetCells
from qsin_desktop.report.returned.outcome import About, Remark
from qsin_desktop.report.returned.rows import Rows
from qsin_desktop.report.workbook.citations import CITATIONS_SHEET
from qsin_desktop.report.workbook.evidence import EVIDENCE_SHEET
from qsin_desktop.report.workbook.guide import GUIDE_SHEET
from qsin_desktop.report.workbook.identity import FINDINGS_SHEET, IDENTITY_SHEET
from qsin_desktop.report.workbook.long import LONG_SHEET
from qsin_desktop.report.workbook.ratings import RATINGS_SHEET
from qsin_desktop.report.workbook.records import NOTES_SHEET, TRAIL_SHEET
from qsin_desktop.report.workbook.summary import SUMMARY_SHEET

_OURS = {
    SUMMARY_SHEET,
    FINDINGS_SHEET,
    RATINGS_SHEET,
    EVIDENCE_SHEET,
    CITATIONS_SHEET,
    NOTES_SHEET,
    TRAIL_SHEET,
    LONG_SHEET,
    GUIDE_SHEET,
    IDENTITY_SHEET,
}
_MOST_TOLD = 40
_MOST_LETTERS = 400
_ROW = re.compile(r"[A-Z]{1,3}([0-9]{1,7})")


def beside_remarks(
    titles: tuple[str, ...], sheet: SheetCells, rows: Rows, numbers: dict[str, str]
) -> Iterator[Remark]:
    """`titles` of all sheets; `numbers` of findings by id."""
    added = [title for title in titles if title not in _OURS and title != sheet.title]
    if added:
        names = ", ".join(f"“{title[:60]}”" for title in added[:_MOST_TOLD])
        words = f"Sheets that were added are not read: {names}."
        yield Remark(About.NOT_READ, words)
    yield from drawing_remarks(sheet.title, sheet.beside)  # as it is sent it has none
    of_row = {number: entity for entity, found in rows.of.items() for number in found}

    def named(place: str) -> tuple[str, str]:
        match = _ROW.fullmatch(place)
        entity = of_row.get(int(match[1]), "") if match else ""
        return entity, f"{numbers[entity]}, cell {place}" if entity else f"Cell {place[:12]}"

    yield from comment_remarks(sheet.beside, named)


def drawing_remarks(title: str, beside: Beside) -> Iterator[Remark]:
    """Of pictures and shapes that were not there when it was sent."""
    count = beside.drawings
    if count:
        lie, are = (
            ("A picture or shape lies", "is") if count == 1 else (f"{count} pictures or shapes lie", "are")
        )
        words = f"{lie} on the sheet “{title[:60]}” and {are} not read; ask for them as files."
        yield Remark(About.NOT_READ, words)


def comment_remarks(beside: Beside, named: Callable[[str], tuple[str, str]]) -> Iterator[Remark]:
    """`named` gives the finding's id, or none, and the words for a place such as K6."""
    comments = beside.comments
    for comment in comments[:_MOST_TOLD]:
        entity, where = named(comment.place)
        words = " ".join(comment.text.split())
        said = words if len(words) <= _MOST_LETTERS else f"{words[: _MOST_LETTERS - 1]}…"
        yield Remark(About.NOT_READ, f"{where}: a comment says “{said}”. Comments are not read.", entity)
    if len(comments) > _MOST_TOLD:
        yield Remark(About.NOT_READ, f"There are {len(comments) - _MOST_TOLD} more comments.")
