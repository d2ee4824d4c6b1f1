"""Make the value of a pack of the rows of a filled-in sheet, remembering the row of every part."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from qsin_desktop.foreign_workbooks.cells import column_letters
from qsin_desktop.packs.located import Located, Path, Place, folded
from qsin_desktop.packs.refusals import PackError, cut_short
from qsin_desktop.packs.sheet_cells import Cell, Row
from qsin_desktop.packs.sheet_columns import ABOUT, ABOUT_ROWS, CRITERIA, CRITERIA_COLUMNS, Column

_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})
_UNREADABLE = "?"  # stands for a cell already reported, so that it is not reported again as missing
_BULLET = re.compile(r"^\s*[-•*‣·]\s+")


@dataclass
class SheetPack:
    """A pack in the making. `places` maps each part of the value to the row that it came from."""

    value: dict[str, Any] = field(default_factory=lambda: {"series": []})
    places: dict[Path, str] = field(default_factory=lambda: {("series",): CRITERIA})
    errors: list[PackError] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)  # `Criteria row 14: ` where a cell could not be read

    def located(self) -> Located:
        return Located(self.value, self._place)

    def fault(self, sheet: str, row: int, reason: str) -> None:
        self.errors.append(PackError(None, f"{sheet} row {row}: {reason}"))

    def _place(self, path: Path) -> Place:
        """The row of the innermost part that `path` runs through."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.places:
                return Place(None, self.places[path[:length]])
        return Place(None, ABOUT)


def add_about(pack: SheetPack, rows: list[Row]) -> None:
    """Names in column A, values in column B; a heading row and notes beside them do no harm."""
    known = {folded(row.heading): row for row in ABOUT_ROWS}
    for row in rows:
        name, value = row.cells[0], row.cells[1]
        column = known.get(folded(name.text))
        if column is None:
            if row.number > 1 and value.text:
                pack.fault(ABOUT, row.number, f"“{cut_short(name.text)}” is not known.")
        elif column.field in pack.value:
            pack.fault(ABOUT, row.number, f"“{column.heading}” is there twice.")
        else:
            pack.places[(column.field,)] = f"{ABOUT} row {row.number}"
            pack.value[column.field] = _text(pack, (ABOUT, row.number), column, value)


def add_criteria(pack: SheetPack, rows: list[Row]) -> None:
    """The first row that holds something names the columns; each row below it is one criterion."""
    columns = _columns(pack, rows[0]) if rows else None
    if columns is None or len(rows) == 1:
        pack.unread.add(f"{CRITERIA}: ")
    if not rows:
        pack.errors.append(PackError(None, f"{CRITERIA}: the sheet is empty."))
    elif len(rows) == 1:
        pack.errors.append(PackError(None, f"{CRITERIA}: there are no criteria below the headings."))
    elif columns is not None:
        table = _Table(pack)
        for row in rows[1:]:
            table.add(row, columns)


def _columns(pack: SheetPack, head: Row) -> dict[int, Column] | None:
    """Column number → what it is; None, with errors told, where the headings are not the template's."""
    known = {folded(column.heading): column for column in CRITERIA_COLUMNS}
    found: dict[int, Column] = {}
    before = len(pack.errors)
    for number, cell in enumerate(head.cells):
        column = known.get(folded(cell.text))
        if column in found.values():
            pack.fault(CRITERIA, head.number, f"the heading “{cut_short(cell.text)}” is there twice.")
        elif column is not None:
            found[number] = column
        elif cell.text or cell.fault:
            said = f"“{cut_short(cell.text)}” in column {column_letters(number + 1)}"
            pack.fault(CRITERIA, head.number, f"the heading {said} is not known.")
    for column in CRITERIA_COLUMNS:
        if column.needed and column not in found.values():
            pack.fault(CRITERIA, head.number, f"the column “{column.heading}” is missing.")
    return found if len(pack.errors) == before else None


@dataclass
class _Table:
    """Rows of criteria being sorted into series and standards, in the order in which these first appear."""

    pack: SheetPack
    known: dict[tuple[Path, str], Path] = field(
        default_factory=dict
    )  # (list it is in, code) → where it stands
    above: dict[str, str] = field(default_factory=dict)

    def add(self, row: Row, columns: dict[int, Column]) -> None:
        cells = {
            column.field: _text(self.pack, (CRITERIA, row.number), column, row.cells[number])
            for number, column in columns.items()
        }
        self._fill_down(cells)
        series = self._series(cells, row.number)
        standard = self._standard(cells, row.number, series)
        criteria = self._at(standard)["criteria"]
        path: Path = (*standard, "criteria", len(criteria))
        self.pack.places[path] = f"{CRITERIA} row {row.number}"
        criteria.append(self._criterion(cells, row.number))

    def _fill_down(self, cells: dict[str, str]) -> None:
        """An empty code or title means the one above; a new code does not take over the old title."""
        for part in ("series", "standard"):
            code, title = f"{part}_code", f"{part}_title"
            if not cells[code]:
                cells[code] = self.above.get(code, "")
            if not cells[title] and cells[code] == self.above.get(code):
                cells[title] = self.above.get(title, "")
            self.above |= {code: cells[code], title: cells[title]}

    def _series(self, cells: dict[str, str], row: int) -> Path:
        fresh: Path = ("series", len(self.pack.value["series"]))
        return self._part("series", fresh, cells, row)

    def _standard(self, cells: dict[str, str], row: int, series: Path) -> Path:
        fresh: Path = (*series, "standards", len(self._at(series)["standards"]))
        return self._part("standard", fresh, cells, row)

    def _part(self, part: str, fresh: Path, cells: dict[str, str], row: int) -> Path:
        """Where the series or standard of this row stands; it is added if it is new."""
        code, title = cells[f"{part}_code"], cells[f"{part}_title"]
        path = self.known.setdefault((fresh[:-1], code), fresh)
        if path == fresh:
            inner = "standards" if part == "series" else "criteria"
            self.pack.places[path] = f"{CRITERIA} row {row}"
            self._at(path[:-1]).append({"code": code, "title": title, inner: []})
        elif title and title != self._at(path)["title"]:
            first = self.pack.places[path]
            self.pack.fault(CRITERIA, row, f"{part} {cut_short(code)} has another title than in {first}.")
        return path

    def _at(self, path: Path) -> Any:
        found: Any = self.pack.value
        for step in path:
            found = found[step]
        return found

    def _criterion(self, cells: dict[str, str], row: int) -> dict[str, Any]:
        fields: dict[str, Any] = {"title": cells["title"]}
        if cells.get("letter"):
            fields["letter"] = cells["letter"]
        for name in ("prompts", "expected_evidence"):
            fields[name] = _lines(cells.get(name, ""))
        fields["expected_notes"] = _note_kinds(cells.get("expected_notes", ""))
        for name, otherwise in (("may_be_not_applicable", True), ("each_site", False)):
            fields[name] = self._yes_or_no(name, cells.get(name, ""), row, otherwise=otherwise)
        return fields

    def _yes_or_no(self, name: str, text: str, row: int, *, otherwise: bool) -> bool:
        word = text.casefold()
        if word and word != _UNREADABLE and word not in _YES | _NO:
            heading = name.replace("_", " ")
            self.pack.fault(CRITERIA, row, f"“{heading}” must be yes or no, not “{cut_short(text)}”.")
        return word in _YES if word in _YES | _NO else otherwise


def _text(pack: SheetPack, where: tuple[str, int], column: Column, cell: Cell) -> str:
    if cell.fault:
        pack.fault(*where, f"“{column.heading}” {cell.fault}.")
        pack.unread.add(f"{where[0]} row {where[1]}: ")
        return _UNREADABLE
    return cell.text


def _lines(text: str) -> list[str]:
    return [_BULLET.sub("", line).strip() for line in text.split("\n") if line.strip()]


def _note_kinds(text: str) -> list[str]:
    if text == _UNREADABLE:
        return []
    return [kind.strip().lower() for kind in re.split(r"[,;/\n]", text) if kind.strip()]
