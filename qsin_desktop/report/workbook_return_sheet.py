"""The cells of a returned workbook, read within limits, with what the cells themselves do not say."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from qsin_desktop.foreign_workbooks import Limits, TurnedAway, check_workbook
from qsin_desktop.report.workbook_return import CannotReadReturn, ReadingStopped

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 20_000  # that hold something
MOST_COLUMNS = 200
_LIMITS = Limits(160 * 1024 * 1024, "a findings workbook")
_SHEET_ROWS = 1_048_576
_DAMAGED = "the workbook is damaged; open it in Excel, save it and try again."

_FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<(?:\w+:)?f\b')
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_ROW_NUMBER = re.compile(rb'\br="([0-9]{1,7})"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')


@dataclass(frozen=True)
class Cell:
    """A cell that holds something. `error` is Excel's own, such as #REF!; `value` is None then."""

    value: Any
    formula: bool = False
    error: str = ""


@dataclass(frozen=True)
class Merged:
    """One merged area, rows and columns counted from 1, both ends within."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass
class SheetCells:
    """One sheet: its filled cells by row and column, both counted from 1."""

    title: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)


class ReturnedBook:
    """An open workbook that passed the gate. Close it."""

    def __init__(self, path: Path, cancelled: Callable[[], bool] = lambda: False) -> None:
        self.name = path.name
        self._cancelled = cancelled
        self.raw = _bytes_of(path)
        try:
            check_workbook(self.raw, _LIMITS)
        except TurnedAway as turned:
            raise CannotReadReturn(self.name, turned.reason) from None
        with self._damage_told():
            from openpyxl import load_workbook

            self._book: Any = load_workbook(
                io.BytesIO(self.raw), read_only=True, data_only=True, keep_links=False
            )

    @property
    def titles(self) -> tuple[str, ...]:
        """Of the sheets that hold cells."""
        return tuple(sheet.title for sheet in self._book.worksheets if hasattr(sheet, "reset_dimensions"))

    @property
    def properties(self) -> dict[str, str]:
        """The document's own properties by name."""
        with self._damage_told():
            return {str(p.name): str(p.value) for p in self._book.custom_doc_props.props}

    def head(self, title: str, rows: int) -> list[list[Any]]:
        """The values of a sheet's first rows."""
        with self._damage_told():
            sheet = self._book[title]
            sheet.reset_dimensions()  # the stated size may be wrong, and rows beyond it would be lost
            found = sheet.iter_rows(max_row=rows, max_col=MOST_COLUMNS, values_only=True)
            return [list(row) for row in islice(found, rows)]

    def cells(self, title: str) -> SheetCells:
        """Everything in a sheet; raises `CannotReadReturn` where there is too much of it."""
        found = SheetCells(title)
        with self._damage_told():
            sheet = self._book[title]
            raw = self._part(sheet)
            formulas = _formulas(raw)
            sheet.reset_dimensions()
            rows = islice(sheet.iter_rows(max_col=MOST_COLUMNS), _SHEET_ROWS)
            absent = None
            for number, row in enumerate(rows, 1):
                self.refuse_when_cancelled()
                if row is absent and number not in formulas:
                    continue
                cells = _cells(row, formulas.get(number, set()))
                # The library gives the same tuple for every row that is not there.
                absent = absent if cells else row
                if cells:
                    found.rows[number] = cells
                if len(found.rows) > MOST_ROWS:
                    raise CannotReadReturn(
                        self.name, f"the sheet “{title}” has more than {MOST_ROWS:,} rows."
                    )
            found.hidden_rows = set(_hidden_rows(raw))
            found.merged = [_merged(found_) for found_ in _MERGED.finditer(raw)]
        return found

    def refuse_when_cancelled(self) -> None:
        if self._cancelled():
            raise ReadingStopped(self.name)

    def close(self) -> None:
        self._book.close()

    def _part(self, sheet: Any) -> bytes:
        with zipfile.ZipFile(io.BytesIO(self.raw)) as archive:
            return archive.read(sheet._worksheet_path)  # noqa: SLF001  the library names no public way

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        """A damaged file makes the library raise whatever it trips over; its warnings are no news."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                yield
            except (CannotReadReturn, ReadingStopped):
                raise
            except MemoryError:
                raise CannotReadReturn(self.name, "the workbook is too large to be read.") from None
            except Exception as fault:
                raise CannotReadReturn(self.name, _DAMAGED) from fault


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise CannotReadReturn(path.name, "it is a folder, not a file.")
        if path.exists() and not path.is_file():
            raise CannotReadReturn(path.name, "it is not an ordinary file.")
        with path.open("rb") as file:
            raw = file.read(min(path.stat().st_size, MOST_BYTES) + 1)  # one more shows that there is more
    except FileNotFoundError:
        raise CannotReadReturn(path.name, "there is no such file.") from None
    except PermissionError:
        raise CannotReadReturn(
            path.name, "it may not be read here, or another program holds it; close it there and try again."
        ) from None
    except (OSError, ValueError) as fault:
        said = getattr(fault, "strerror", None) or fault
        raise CannotReadReturn(path.name, f"the system said “{said}”.") from None
    if not raw:
        raise CannotReadReturn(path.name, "the file is empty.")
    if len(raw) > MOST_BYTES:
        raise CannotReadReturn(path.name, f"it is larger than {MOST_BYTES // 1024 // 1024} MiB.")
    return raw


def _cells(row: tuple[Any, ...], formulas: set[int]) -> dict[int, Cell]:
    cells = {}
    for column, cell in enumerate(row, 1):
        value = cell.value
        if value is None and column not in formulas:
            continue
        wrong = cell.data_type == "e"
        cells[column] = Cell(None if wrong else value, column in formulas, str(value) if wrong else "")
    return cells


def _formulas(raw: bytes) -> dict[int, set[int]]:
    """Columns of the cells that hold a formula, by row."""
    found: dict[int, set[int]] = {}
    for match in _FORMULA.finditer(raw):
        letters = match[1].rstrip(b"0123456789")
        found.setdefault(int(match[1][len(letters) :]), set()).add(_column(letters))
    return found


def _hidden_rows(raw: bytes) -> Iterator[int]:
    for match in _ROW.finditer(raw):
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
