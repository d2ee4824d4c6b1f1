"""The rows of a returned sheet by finding: matched by hidden id, wherever they were sorted to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.foreign_workbooks.cells import Cell, Merged, SheetCells, column_letters
from qsin_desktop.report.returned.columns import Columns
from qsin_desktop.report.returned.outcome import About, Remark
from qsin_desktop.report.workbook.identity import ID_TITLE

_MOST_AREAS = 500  # merged areas that are looked at
_FEW_LETTERS = 80
_MOST_TOLD = 40  # remarks of one kind, so that a ruined sheet stays readable


@dataclass
class Rows:
    """Row numbers of each finding that is there, in the order of the sheet."""

    of: dict[str, list[int]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


def find_rows(sheet: SheetCells, columns: Columns, snapshot: VisitSnapshot, *, sent_n: int | None) -> Rows:
    """`sent_n`: place in the trail of the sending, so that findings raised later are not missed here."""
    found = Rows()
    known = {finding.id.casefold(): finding for finding in snapshot.findings}
    strays = {}
    for number in sorted(sheet.rows):
        if number <= columns.header_row:
            continue
        cell = columns.cell(sheet.rows[number], ID_TITLE)
        finding = known.get(str(cell.value).strip().casefold()) if cell is not None else None
        if finding is not None:
            found.of.setdefault(finding.id, []).append(number)
        elif known and (words := _first_words(sheet.rows[number])):
            strays[number] = words
    found.remarks += _stray_remarks(strays)
    found.remarks += _row_remarks(found, sheet, snapshot, sent_n)
    return found


def _first_words(row: dict[int, Cell]) -> str:
    """By which a row is known again."""
    cells = [cell for _, cell in sorted(row.items())]
    words = " ".join(" ".join(cell.error or str(cell.value or "") for cell in cells).split())
    return words if len(words) <= _FEW_LETTERS else f"{words[: _FEW_LETTERS - 1]}…"


def _stray_remarks(strays: dict[int, str]) -> Iterator[Remark]:
    for number, words in islice(strays.items(), _MOST_TOLD):
        yield Remark(
            About.NOT_READ,
            f"Row {number} bears no finding of this visit in its hidden column; it was not read: “{words}”.",
        )
    if len(strays) > _MOST_TOLD:
        yield Remark(About.NOT_READ, f"The same is true of {len(strays) - _MOST_TOLD} more rows.")


def _row_remarks(
    found: Rows, sheet: SheetCells, snapshot: VisitSnapshot, sent_n: int | None
) -> Iterator[Remark]:
    numbers = {finding.id: finding.number for finding in snapshot.findings}
    for entity, rows in found.of.items():
        if len(rows) > 1:
            words = f"{numbers[entity]} is there {len(rows)} times, in rows {listed(rows)}."
            yield Remark(About.ROWS, words, entity)
    missing = [f for f in snapshot.findings if f.id not in found.of and _was_sent(f, sent_n)]
    if missing:
        words = listed([f.number for f in missing])
        yield Remark(
            About.ROWS, f"Rows are no longer there: {words}. What was answered before stays as it is."
        )
    order = [entity for entity, _ in sorted(found.of.items(), key=lambda item: item[1][0])]
    if order != [f.id for f in snapshot.findings if f.id in found.of]:
        yield Remark(About.ROWS, "The rows are in another order; each was matched by its hidden id.")
    hidden = sum(any(row in sheet.hidden_rows for row in rows) for rows in found.of.values())
    if hidden:
        words = "A row is" if hidden == 1 else f"{hidden} rows are"
        yield Remark(About.ROWS, f"{words} hidden, by a filter or by hand, and read all the same.")


def _was_sent(finding: Finding, sent_n: int | None) -> bool:
    return sent_n is None or finding.n < sent_n


def listed(words: list[str] | list[int]) -> str:
    shown = ", ".join(str(word) for word in words[:_MOST_TOLD])
    return shown if len(words) <= _MOST_TOLD else f"{shown} and {len(words) - _MOST_TOLD} more"


class MergedCells:
    """Merged response cells: one written over several rows answers each of them."""

    def __init__(self, sheet: SheetCells, columns: Columns) -> None:
        self._responses = columns.responses
        at = self._responses.values()
        self._areas = [
            area
            for area in sheet.merged[:_MOST_AREAS]
            if area.last_row > columns.header_row
            and any(area.first_column <= column <= area.last_column for column in at)
        ]

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """Where the words of a cell stand: in itself, or in the head of its merged area."""
        for area in self._areas:
            if area.first_column == column <= area.last_column and area.first_row <= row <= area.last_row:
                return area.first_row, area.first_column
        return row, column

    def remarks(self) -> Iterator[Remark]:
        for area in self._areas[:_MOST_TOLD]:
            yield Remark(About.CELL, f"The cells {_name(area)} are merged; {self._reading(area)}.")

    def _reading(self, area: Merged) -> str:
        heading = next((c.heading for c, at in self._responses.items() if at == area.first_column), "")
        if area.first_column == area.last_column:
            return f"their words were read as “{heading}” of each row"
        return f"their words were read as “{heading}” alone" if heading else "their words were not read"


def _name(area: Merged) -> str:
    first = f"{column_letters(area.first_column)}{area.first_row}"
    return f"{first}:{column_letters(area.last_column)}{area.last_row}"
