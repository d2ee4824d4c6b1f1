"""Finds the columns of a returned sheet again, wherever they were moved and whatever they are called now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from qsin_desktop.domain.responses import Response
from qsin_desktop.foreign_workbooks.cells import Cell, SheetCells
from qsin_desktop.report.workbook.answers import DECIDED
from qsin_desktop.report.workbook.findings import RECORDED_TITLES
from qsin_desktop.report.workbook.identity import HASH_TITLE, ID_TITLE, SENT_TITLE
from qsin_desktop.report.workbook.table import IN_FULL

_HEAD_ROWS = 60  # how far down the header is looked for
_LEAST = 5  # as few known titles make a header
_RESPONSES = tuple(column.heading for column in Response)
_REQUIRED = (*RECORDED_TITLES, *_RESPONSES, ID_TITLE, HASH_TITLE)
_KNOWN = {" ".join(t.split()).casefold(): t for t in (*_REQUIRED, *DECIDED, SENT_TITLE, IN_FULL)}


@dataclass
class Columns:
    """Where each column stands, by title. `sentences` tell what is not as it was sent."""

    header_row: int
    at: dict[str, int] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)

    @property
    def responses(self) -> dict[Response, int]:
        return {column: self.at[column.heading] for column in Response if column.heading in self.at}

    def cell(self, row: dict[int, Cell], title: str) -> Cell | None:
        column = self.at.get(title)
        return row.get(column) if column else None


def find_columns(sheet: SheetCells) -> Columns | None:
    """None where nothing in the sheet looks like the header of findings."""
    heads = [(len(_titles(cells)), -row, row) for row, cells in sheet.rows.items() if row <= _HEAD_ROWS]
    most, _, row = max(heads, default=(0, 0, 0))
    if most < _LEAST:
        return None
    found = Columns(row)
    cells = sheet.rows[row]
    _place_known(found, cells)
    _place_renamed(found, cells, max((max(c) for c in sheet.rows.values()), default=0))
    _tell(found, cells, sheet)
    return found


def _titles(cells: dict[int, Cell]) -> set[str]:
    return {title for cell in cells.values() if (title := _known(cell))}


def _known(cell: Cell) -> str:
    return _KNOWN.get(_heading(cell).casefold(), "")


def _heading(cell: Cell | None) -> str:
    return " ".join(str(cell.value).split()) if cell is not None and cell.value is not None else ""


def _place_known(found: Columns, cells: dict[int, Cell]) -> None:
    """By heading. Of two response columns of one name nobody can tell which is meant, so neither is read."""
    twice = set()
    for column, cell in sorted(cells.items()):
        title = _known(cell)
        if title and title in found.at:
            twice.add(title)
        elif title:
            found.at[title] = column
    for title in sorted(twice & set(_RESPONSES)):
        del found.at[title]
        found.sentences.append(f"There are several columns “{title}”; none of them was read.")


def _place_renamed(found: Columns, cells: dict[int, Cell], last: int) -> None:
    """A column whose heading was changed is known by its place between its neighbours."""
    told = " ".join(found.sentences)
    taken = set(found.at.values())
    for run, before, after in _missing_runs(found.at, last):
        free = [c for c in range(before + 1, after) if c not in taken and not _known_at(cells, c)]
        if len(free) != len(run):
            continue
        for title, column in zip(run, free, strict=True):
            if f"“{title}”" not in told:
                found.at[title] = column
                now = _heading(cells.get(column)) or "without a heading"
                found.sentences.append(f"The column “{now[:60]}” was read as “{title}”, by its place.")


def _known_at(cells: dict[int, Cell], column: int) -> bool:
    return column in cells and bool(_known(cells[column]))


def _missing_runs(at: dict[str, int], last: int) -> Iterable[tuple[list[str], int, int]]:
    """Titles missing side by side, with the columns of the neighbours that are there."""
    run: list[str] = []
    before = 0
    for title in _REQUIRED:
        if title not in at:
            run.append(title)
            continue
        if run:
            yield run, before, at[title]
        run, before = [], at[title]
    if run:
        yield run, before, last + 1


def _tell(found: Columns, cells: dict[int, Cell], sheet: SheetCells) -> None:
    told = " ".join(found.sentences)
    gone = [title for title in _REQUIRED if title not in found.at and f"“{title}”" not in told]
    if gone:
        found.sentences.append(
            f"Columns are no longer there: {_quoted(gone)}. What was answered before stays as it is."
        )
    extra = [_heading(c) for n, c in sorted(cells.items()) if n not in found.at.values() and not _known(c)]
    if any(extra):
        found.sentences.append(f"Columns that were added are not read: {_quoted(filter(None, extra))}.")
    places = [found.at[title] for title in (*_REQUIRED,) if title in found.at]
    if places != sorted(places):
        found.sentences.append("Columns were moved; each was found by its heading.")
    _tell_unheaded(found, cells, sheet)


def _tell_unheaded(found: Columns, cells: dict[int, Cell], sheet: SheetCells) -> None:
    known = set(found.at.values()) | set(cells)
    below = [row for row in sheet.rows if row > found.header_row]
    if any(column not in known for row in below for column in sheet.rows[row]):
        found.sentences.append("Cells under no heading are not read.")


def _quoted(words: Iterable[str]) -> str:
    listed = list(words)
    shown = ", ".join(f"“{word[:60]}”" for word in listed[:8])
    return shown if len(listed) <= 8 else f"{shown} and {len(listed) - 8} more"
