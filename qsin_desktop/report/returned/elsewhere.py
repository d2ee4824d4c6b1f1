"""What was altered in a returned workbook outside the rows of findings: other sheets beside their marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.foreign_workbooks.beside import Beside
from qsin_desktop.foreign_workbooks.cells import Cell, SheetCells, column_letters
from qsin_desktop.foreign_workbooks.gate import TurnedAway
from qsin_desktop.foreign_workbooks.marks import Compared, Comparing, bare, closed_up, mark_of, row_mark
from qsin_desktop.report.returned.beside import comment_remarks, drawing_remarks
from qsin_desktop.report.returned.book import ReturnedBook
from qsin_desktop.report.returned.outcome import About, Alteration, Remark
from qsin_desktop.report.returned.rows import listed
from qsin_desktop.report.returned.words import cell_words
from qsin_desktop.report.workbook.grid import Grid, Value
from qsin_desktop.report.workbook.guide import GUIDE_SHEET
from qsin_desktop.report.workbook.identity import FINDINGS_SHEET, HEADER_ROW
from qsin_desktop.report.workbook.sheet_marks import SentSheet, read_sheet_marks
from qsin_desktop.report.workbook.summary import SUMMARY_SHEET

Progress = Callable[[int, int], None]

_MOST_TOLD = 40  # rows of one sheet
_FEW_LETTERS = 300
_WITHOUT_HEADER = {SUMMARY_SHEET, GUIDE_SHEET}


class Elsewhere:
    """Collects it; the sheets as they would be sent now tell what stood in an altered cell."""

    def __init__(self, book: ReturnedBook, snapshot: VisitSnapshot) -> None:
        self._book = book
        self._laid = _Laid(snapshot, book.refuse_when_cancelled)
        self.alterations: list[Alteration] = []
        self.remarks: list[Remark] = []

    def run(
        self, identity: Mapping[str, str], findings: SheetCells, header_row: int, progress: Progress
    ) -> None:
        sent = read_sheet_marks(identity)
        if not sent:
            words = "The file no longer says how its other sheets were sent; only the findings were compared."
            self.remarks.append(Remark(About.FILE, words))
        gone = [title for title in sent if title != FINDINGS_SHEET and title not in self._book.all_titles]
        if gone:
            names = ", ".join(f"“{title}”" for title in gone)
            self.remarks.append(Remark(About.FILE, f"Sheets are no longer there: {names}."))
        done, rows = 0, sum(len(sheet.marks) for sheet in sent.values())
        for title, sheet in sent.items():
            self._book.refuse_when_cancelled()
            tell = _from(progress, done, len(sheet.marks), rows)
            done += len(sheet.marks)
            if title == FINDINGS_SHEET:
                above = {n: closed_up(row) for n, row in findings.rows.items() if n < header_row}
                self._tell(title, sheet, _compared(above, sheet.marks))
            elif title not in gone and not self._compare(title, sheet, tell):
                break
        progress(1, 1)

    def _compare(self, title: str, sheet: SentSheet, progress: Progress) -> bool:
        """False where nothing more can be read of the file."""
        try:
            found, beside = self._book.compared(title, sheet.marks, progress)
        except TurnedAway as turned:
            words = f"The sheet “{title}” and those after it could not be compared with what was sent: "
            self.remarks.append(Remark(About.FILE, words + turned.reason))
            return False
        self._tell(title, sheet, found)
        more = Beside(max(0, beside.drawings - sheet.drawings), beside.comments)
        self.remarks += drawing_remarks(title, more)
        self.remarks += comment_remarks(more, lambda place: ("", f"“{title}”, cell {place}"))
        return True

    def _tell(self, title: str, sheet: SentSheet, found: Compared) -> None:
        added = []
        gone = dict.fromkeys(found.gone)
        for number, row in islice(found.strange.items(), _MOST_TOLD):
            if number in gone:
                del gone[number]
                self.alterations += self._altered(title, number, sheet.marks[number - 1], row)
            else:
                added.append(f"Row {number} of the sheet “{title}” was added: “{_row_words(row)}”.")
        more = len(found.strange) - min(len(found.strange), _MOST_TOLD) + found.more_strange
        if more:
            added.append(f"{more:,} more rows of the sheet “{title}” are not as they were sent.")
        self.remarks += (Remark(About.NOT_READ, words) for words in added)
        self.remarks += (Remark(About.ROWS, words) for words in _moves(title, found, [] if more else [*gone]))

    def _altered(self, title: str, number: int, mark: str, row: Mapping[int, Cell]) -> Iterator[Alteration]:
        where = f"{title}, row {number}"
        before = self._laid.row(title, mark)
        if before is None:
            yield Alteration("", where, "", "", _row_words(row), certain=False, sheet=title)
            return
        if title == FINDINGS_SHEET:
            said = _row_words({at: Cell(value) for at, value in before.items()})
            yield Alteration("", where, "", said, _row_words(row), sheet=title)
            return
        for at in sorted(before.keys() | row.keys()):
            was, now = before.get(at), row.get(at)
            if row_mark([(1, was)]) != mark_of({1: now} if now else {}):
                heading = self._laid.heading(title, number, at)
                place, column = (where, heading) if heading else (title, f"cell {column_letters(at)}{number}")
                yield Alteration("", place, column, _words(was), cell_words(now), sheet=title)


class _Laid:
    """The sheets as they would be sent now; made when first asked for, since most returns altered nothing."""

    def __init__(self, snapshot: VisitSnapshot, check: Callable[[], None]) -> None:
        self._snapshot, self._check = snapshot, check
        self._grids: Mapping[str, Grid] | None = None
        self._by_mark: dict[str, dict[str, Mapping[int, Value]]] = {}

    def row(self, title: str, mark: str) -> Mapping[int, Value] | None:
        """The row that bears this mark, wherever it stands now; None where the visit has moved on."""
        if title not in self._by_mark:
            grid = self._grid(title)
            rows = grid.head(HEADER_ROW - 1) if title == FINDINGS_SHEET else grid.rows
            self._by_mark[title] = {row_mark(row.items()): row for row in rows.values()}
        return self._by_mark[title].get(mark)

    def heading(self, title: str, number: int, column: int) -> str:
        """Of a cell's column; empty where columns have none."""
        header = {} if title in _WITHOUT_HEADER or number <= HEADER_ROW else self._grid(title).rows
        return str(header.get(HEADER_ROW, {}).get(column) or "")

    def _grid(self, title: str) -> Grid:
        if self._grids is None:
            from qsin_desktop.report.workbook.making import laid_out  # loads the spreadsheet library

            self._grids = laid_out(self._snapshot, self._check, lambda _done, _total: None).grids
        return self._grids[title]


def _from(progress: Progress, before: int, part: int, whole: int) -> Progress:
    """Progress within one part as that of the whole."""
    return lambda done, total: progress(before + part * done // max(total, 1), whole)


def _moves(title: str, found: Compared, gone: list[int]) -> Iterator[str]:
    if gone:
        yield f"Rows of the sheet “{title}” are no longer there or overwritten: {listed(gone)}."
    if found.doubled:
        yield f"Rows of the sheet “{title}” are there more than once."
    if found.moved:
        yield f"Rows of the sheet “{title}” no longer stand where they were sent."


def _compared(rows: Mapping[int, dict[int, Cell]], marks: list[str]) -> Compared:
    comparing = Comparing(marks)
    for number, row in rows.items():
        comparing.take(number, *bare(row))
    return comparing.found()


def _row_words(row: Mapping[int, Cell]) -> str:
    words = " | ".join(filter(None, (cell_words(cell) for _, cell in sorted(row.items()))))
    return words if len(words) <= _FEW_LETTERS else f"{words[: _FEW_LETTERS - 1]}…"


def _words(value: Value) -> str:
    return cell_words(Cell(value)) if value is not None else ""
