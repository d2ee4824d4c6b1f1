"""Compares a returned sheet, row by row, with what stands in the visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from itertools import islice

from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.responses import FindingResponse, FindingStatus, Response
from qsin_desktop.domain.responses import status_of as standing_of
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.foreign_workbooks.cells import Cell, SheetCells
from qsin_desktop.foreign_workbooks.marks import row_mark
from qsin_desktop.report.returned.columns import Columns
from qsin_desktop.report.returned.outcome import About, Alteration, Difference, Remark
from qsin_desktop.report.returned.rows import MergedCells, Rows
from qsin_desktop.report.returned.words import BLANK, Read, cell_words, read_cell, short
from qsin_desktop.report.wording import day as day_words
from qsin_desktop.report.workbook.answers import DECIDED, mark, read_marks
from qsin_desktop.report.workbook.book import Book
from qsin_desktop.report.workbook.findings import RECORDED_TITLES, asked_for, hash_of, locked_values
from qsin_desktop.report.workbook.grid import Value
from qsin_desktop.report.workbook.identity import HASH_TITLE, SENT_TITLE
from qsin_desktop.report.workbook.table import IN_FULL

_MOST_QUOTED = 3  # texts of copied rows
_NO_SUCH_ANSWER = ("asks for no such answer", "")
_UNASKED = {
    FindingStatus.CLOSED: (
        "is closed",
        "If it should count after all, ask for more there and read this file again.",
    ),
    FindingStatus.WITHDRAWN: (
        "is withdrawn",
        "If it should count after all, reinstate the finding and read this file again.",
    ),
}
# These say how far the finding is, not what it is: their change makes no row an outdated one.
_MOVING = {"Status", *DECIDED}


class Comparing:
    """Collects what a sheet says of each finding.

    `sent` is the number of the sending, 0 if unknown; `links` are what “In full” said then, by finding.
    """

    def __init__(
        self,
        snapshot: VisitSnapshot,
        sheet: SheetCells,
        columns: Columns,
        rows: Rows,
        *,
        sent: int,
        links: Mapping[str, str],
    ) -> None:
        self._snapshot, self._sheet, self._columns, self._rows = snapshot, sheet, columns, rows
        self._sent, self._links = sent, links
        self._book = Book(snapshot, lambda: None)
        self._merged = MergedCells(sheet, columns)
        self._answering = {r.label: r.answers for r in snapshot.rounds if r.returned}
        self.differences: list[Difference] = []
        self.alterations: list[Alteration] = []
        self.remarks: list[Remark] = list(self._merged.remarks())
        self.answers: dict[str, dict[Response, str]] = {}

    def run(self) -> Iterator[int]:
        """Finding by finding; yields how many are done."""
        for done, finding in enumerate(self._snapshot.findings, 1):
            numbers = self._rows.of.get(finding.id, [])
            if numbers:
                self._compare_answers(finding, numbers)
                self._compare_locked(finding, numbers)
            yield done

    # ---- the response columns ----------------------------------------------------------------------

    def _compare_answers(self, finding: Finding, numbers: list[int]) -> None:
        stands = self._snapshot.response_of(finding.id)
        grade = next((g for g in self._snapshot.rules.grades if g.id == finding.grade), None)
        asked = asked_for(finding, grade, stands)
        unasked = []
        for column, at in self._columns.responses.items():
            read = self._read(finding, column, at, numbers)
            if not read.text:
                continue
            if read.text != stands.texts.get(column):
                if column not in asked:
                    unasked.append(f"{column.heading}: “{_filled(column, read.text)}”")
                    continue
                self.differences.append(self._difference(finding, column, stands, read))
            self.answers.setdefault(finding.id, {})[column] = read.text
        if unasked:
            why, then = _UNASKED.get(standing_of(finding, grade, stands, date.min), _NO_SUCH_ANSWER)
            words = f"{finding.number} {why}, so what was filled in is not taken over."
            words = f"{words} {'; '.join(unasked)}. {then}".strip()
            self.remarks.append(Remark(About.NOT_READ, words, finding.id))

    def _read(self, finding: Finding, column: Response, at: int, numbers: list[int]) -> Read:
        """What the finding's rows say in this column; empty where nobody touched what was filled in."""
        said: dict[str, Read] = {}
        for number in numbers:
            row, anchored = self._merged.anchor(number, at)
            cell = self._sheet.rows.get(row, {}).get(anchored)
            read = read_cell(cell, column, self._sheet.day_nought)
            if read.refused:
                self._not_read(finding, column, read.remark)
            elif read.text and not self._untouched(cell, read, self._sent_mark(number, column)):
                said.setdefault(read.text, read)
        if len(said) > 1:
            different = " and ".join(f"“{_filled(column, text)}”" for text in islice(said, _MOST_QUOTED))
            self._not_read(finding, column, f"says different things in the rows of this finding, {different}")
            return BLANK
        return next(iter(said.values()), BLANK)

    @staticmethod
    def _untouched(cell: Cell | None, read: Read, sent: str) -> bool:
        """As it was sent: by what was read, or by its very words, which an older version did not read so."""
        return bool(sent) and sent in (mark(read.text), mark(cell_words(cell)))

    def _sent_mark(self, number: int, column: Response) -> str:
        cell = self._columns.cell(self._sheet.rows[number], SENT_TITLE)
        return read_marks(str(cell.value)).get(column.value, "") if cell is not None else ""

    def _not_read(self, finding: Finding, column: Response, words: str) -> None:
        sentence = f"{finding.number}, “{column.heading}”: the cell {words}. It was not read."
        self.remarks.append(Remark(About.NOT_READ, sentence, finding.id))

    def _difference(
        self, finding: Finding, column: Response, stands: FindingResponse, read: Read
    ) -> Difference:
        words = [f"The cell {read.remark}."] if read.remark else []
        came = stands.came.get(column, "")
        answering = self._answering.get(came, 0)
        if self._sent and answering >= self._sent:
            which = (
                "to a later workbook than this one"
                if answering > self._sent
                else "in another copy of this workbook"
            )
            words.append(f"What stands came in {came.lower()}, {which}.")
        before = stands.texts.get(column, "")
        return Difference(finding.id, finding.number, column, before, read.text, " ".join(words))

    # ---- the locked columns ------------------------------------------------------------------------

    def _compare_locked(self, finding: Finding, numbers: list[int]) -> None:
        stands = locked_values(self._book, finding)
        standing_hash = hash_of(self._book, finding, list(stands.values()))
        for number in numbers:
            row = self._sheet.rows[number]
            cell = self._columns.cell(row, HASH_TITLE)
            sent_hash = str(cell.value) if cell is not None else ""
            differing = {t: v for t, v in self._locked(row, stands) if not _alike(v, stands[t])}
            if differing or sent_hash != standing_hash:
                self._tell_locked(finding, row, stands, differing, (sent_hash, standing_hash))
            self._compare_link(finding, row)

    def _tell_locked(
        self,
        finding: Finding,
        row: dict[int, Cell],
        stands: dict[str, Value],
        differing: dict[str, Value],
        hashes: tuple[str, str],
    ) -> None:
        """A row that fits its own hash was not altered; then the finding has moved on since it was sent."""
        sent_hash, standing_hash = hashes
        if sent_hash == self._hash(finding, row, stands):
            changed = [title for title in differing if title not in _MOVING]
            if changed:
                words = f"{finding.number} has changed since this workbook was sent: {', '.join(changed)}."
                self.remarks.append(Remark(About.ROUND, words, finding.id))
            return
        certain = sent_hash == standing_hash
        for title, value in differing.items():
            if certain or title not in _MOVING:
                before, after = _words(stands[title]), _words(value)
                self.alterations.append(Alteration(finding.id, finding.number, title, before, after, certain))
        if not differing:
            words = f"{finding.number}: its row does not bear the hash it was sent with."
            self.remarks.append(Remark(About.ROWS, words, finding.id))

    def _compare_link(self, finding: Finding, row: dict[int, Cell]) -> None:
        """It is in no row's hash, since it moves with the sheet of long texts."""
        if not self._links or IN_FULL not in self._columns.at:
            return
        sent, now = self._links.get(finding.id, ""), _value(self._columns.cell(row, IN_FULL))
        if not _alike(sent, now):
            self.alterations.append(Alteration(finding.id, finding.number, IN_FULL, sent, _words(now)))

    def _hash(self, finding: Finding, row: dict[int, Cell], stands: dict[str, Value]) -> str:
        """Over the cells as they are in the file; a column that is gone counts as it was."""
        there = dict(self._locked(row, stands))
        decided = [there.get(title, "") for title in DECIDED]
        recorded = [there.get(title, stands[title]) for title in RECORDED_TITLES]
        return hash_of(self._book, finding, [*recorded, *decided])

    def _locked(self, row: dict[int, Cell], stands: dict[str, Value]) -> Iterator[tuple[str, Value]]:
        for title in stands:
            if title in self._columns.at:
                yield title, _value(self._columns.cell(row, title))


def _filled(column: Response, text: str) -> str:
    if column.is_date:
        with suppress(ValueError):
            return day_words(date.fromisoformat(text))
    return short(text)


def _value(cell: Cell | None) -> Value:
    if cell is None:
        return None
    if cell.error:
        return cell.error
    if isinstance(cell.value, datetime):
        return cell.value.date()
    return cell.value if isinstance(cell.value, str | int | float | date) else str(cell.value)


def _alike(one: Value, other: Value) -> bool:
    """But for what programs change of themselves when they save a workbook."""
    return row_mark([(1, one)]) == row_mark([(1, other)])


def _words(value: Value) -> str:
    return day_words(value) if isinstance(value, date) else str(value or "")
