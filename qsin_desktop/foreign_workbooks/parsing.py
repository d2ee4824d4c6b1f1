"""A workbook parsed within limits; runs in the child process, where whatever the file does is done alone."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from typing import Any

from qsin_desktop.foreign_workbooks.beside import Beside, beside
from qsin_desktop.foreign_workbooks.cells import Cell, Merged
from qsin_desktop.foreign_workbooks.gate import Limits, TurnedAway, check_workbook, reason_of
from qsin_desktop.foreign_workbooks.spelling import plain

_SHEET_ROWS = 1_048_576
_FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<(?:\w+:)?f\b')
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_ROW_NUMBER = re.compile(rb'\br="([0-9]{1,7})"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')


class ParsedBook:
    """An open workbook that passed the gate; every method raises `TurnedAway` for damage and excess."""

    def __init__(self, raw: bytes, limits: Limits) -> None:
        self._raw, self._limits = raw, limits
        with _damage_told():
            check_workbook(raw, limits)
            from qsin_desktop.foreign_workbooks.opening import opened  # loads the spreadsheet library

            self._book: Any = opened(raw)

    @property
    def titles(self) -> list[str]:
        """Of the sheets that hold cells."""
        return [sheet.title for sheet in self._book.worksheets if hasattr(sheet, "reset_dimensions")]

    @property
    def all_titles(self) -> list[str]:
        return [str(name) for name in self._book.sheetnames]

    @property
    def properties(self) -> dict[str, str]:
        """The document's own properties by name."""
        with _damage_told():
            return {str(p.name): str(p.value) for p in self._book.custom_doc_props.props}

    @property
    def day_nought(self) -> date:
        epoch: datetime = self._book.epoch
        return epoch.date()

    def head(self, title: str, rows: int) -> list[list[Any]]:
        """The values of a sheet's first rows."""
        with _damage_told():
            sheet = self._book[title]
            sheet.reset_dimensions()  # the stated size may be wrong, and rows beyond it would be lost
            found = sheet.iter_rows(max_row=rows, max_col=self._limits.most_columns, values_only=True)
            return [[plain(value) for value in row] for row in islice(found, rows)]

    def rows(self, title: str) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Every row that holds something, with its number from 1; then nothing of the sheet was left out."""
        with _damage_told():
            sheet = self._book[title]
            formulas = _formulas(self._part(title))
            sheet.reset_dimensions()
            rows = islice(sheet.iter_rows(max_col=self._limits.most_columns), _SHEET_ROWS)
            absent, filled = None, 0
            for number, row in enumerate(rows, 1):
                if row is absent and number not in formulas:
                    continue
                cells = _cells(row, formulas.get(number, set()))
                # The library gives the same tuple for every row that is not there.
                absent = absent if cells else row
                if not cells:
                    continue
                filled = self._counted(title, filled, self._limits.most_rows)
                yield number, cells

    def values(self, title: str, more: int) -> Iterator[tuple[int, dict[int, Any], set[int]]]:
        """The same in less time: bare values, errors as their words, and which columns hold formulas.

        `more` rows are let through besides those of the limits.
        """
        with _damage_told():
            sheet = self._book[title]
            formulas = _formulas(self._part(title))
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_col=self._limits.most_columns, values_only=True)
            filled, none = 0, set[int]()
            for number, row in enumerate(islice(rows, _SHEET_ROWS), 1):
                found = {column: plain(value) for column, value in enumerate(row, 1) if value is not None}
                if not found and number not in formulas:
                    continue
                filled = self._counted(title, filled, self._limits.most_rows + more)
                yield number, found, formulas.get(number, none)

    def _counted(self, title: str, filled: int, most: int) -> int:
        if filled == most:
            raise TurnedAway(
                f"the sheet “{title}” has more than {most:,} rows; "
                "delete those below its table and save it again."
            )
        return filled + 1

    def row_count(self, title: str) -> int:
        """How many rows the sheet's part writes down, filled or not."""
        with _damage_told():
            return sum(1 for _ in _ROW.finditer(self._part(title)))

    def hidden_rows(self, title: str) -> list[int]:
        with _damage_told():
            return list(_hidden_rows(self._part(title)))

    def merged(self, title: str) -> list[Merged]:
        with _damage_told():
            return [_merged(found) for found in _MERGED.finditer(self._part(title))]

    def beside(self, title: str) -> Beside:
        """What lies on a sheet beside its cells."""
        with _damage_told(), zipfile.ZipFile(io.BytesIO(self._raw)) as archive:
            return beside(archive, self._book[title]._worksheet_path)  # noqa: SLF001  as in `_part`

    def close(self) -> None:
        self._book.close()

    def _part(self, title: str) -> bytes:
        with zipfile.ZipFile(io.BytesIO(self._raw)) as archive:
            return archive.read(self._book[title]._worksheet_path)  # noqa: SLF001  no public way is named


@contextmanager
def _damage_told() -> Iterator[None]:
    """A damaged file makes the library raise whatever it trips over; its warnings are no news."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except TurnedAway:
            raise
        except Exception as fault:
            raise TurnedAway(reason_of(fault)) from fault


def _cells(row: tuple[Any, ...], formulas: set[int]) -> dict[int, Cell]:
    cells = {}
    for column, cell in enumerate(row, 1):
        value = cell.value
        if value is None and column not in formulas:
            continue
        wrong = cell.data_type == "e"
        cells[column] = Cell(None if wrong else plain(value), column in formulas, str(value) if wrong else "")
    return cells


def _formulas(part: bytes) -> dict[int, set[int]]:
    """Columns of the cells that hold a formula, by row."""
    found: dict[int, set[int]] = {}
    for match in _FORMULA.finditer(part):
        letters = match[1].rstrip(b"0123456789")
        found.setdefault(int(match[1][len(letters) :]), set()).add(_column(letters))
    return found


def _hidden_rows(part: bytes) -> Iterator[int]:
    for match in _ROW.finditer(part):
        number = _ROW_NUMBER.search(match[0])
        if number and _HIDDEN.search(match[0]):
            yield int(number[1])


def _merged(match: re.Match[bytes]) -> Merged:
    return Merged(int(match[2]), int(match[4]), _column(match[1]), _column(match[3]))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
