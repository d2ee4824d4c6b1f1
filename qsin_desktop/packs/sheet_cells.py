"""Read the cells of a workbook as plain text, row by row, telling cells that cannot be used."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.foreign_workbooks import cells as foreign
from qsin_desktop.foreign_workbooks.book import ForeignBook
from qsin_desktop.foreign_workbooks.gate import Limits, TurnedAway
from qsin_desktop.packs.text_files import FileRefused, read_bytes

MOST_BYTES = 32 * 1024 * 1024
MOST_COLUMNS = 60
LIMITS = Limits(
    most_unpacked=64 * 1024 * 1024, most_rows=5000, most_columns=MOST_COLUMNS, purpose="a standards pack"
)

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Cell:
    """A cell's text; `fault` says why it cannot be used, and is empty otherwise."""

    text: str
    fault: str = ""


@dataclass(frozen=True)
class Row:
    number: int
    cells: tuple[Cell, ...]

    @property
    def empty(self) -> bool:
        return not any(cell.text or cell.fault for cell in self.cells)


class Workbook:
    """A workbook that a child process parses. Every call raises `FileRefused`; close it."""

    def __init__(self, path: Path) -> None:
        raw = read_bytes(path, MOST_BYTES, "A sheet to be imported has at most 32 MiB")
        with _told():
            self._book = ForeignBook(raw, LIMITS)
        self.sheets = self._book.all_titles

    def rows(self, sheet: str) -> list[Row]:
        """Every row that holds something."""
        if sheet not in self._book.titles:
            raise FileRefused(f"the sheet “{sheet}” is a chart.")
        with _told():
            found = self._book.cells(sheet)
        rows = (_row(number, cells) for number, cells in found.rows.items())
        return [row for row in rows if not row.empty]

    def close(self) -> None:
        self._book.close()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except TurnedAway as turned:
        raise FileRefused(turned.reason) from turned


def _row(number: int, cells: dict[int, foreign.Cell]) -> Row:
    return Row(number, tuple(_cell(cells.get(column)) for column in range(1, MOST_COLUMNS + 1)))


def _cell(cell: foreign.Cell | None) -> Cell:
    if cell is None:
        return Cell("")
    if cell.error:
        return Cell("", f"holds the Excel error {cell.error}")
    if cell.formula and cell.value is None:
        return Cell(
            "", "holds a formula without a result; open the sheet in Excel, save it, and import again"
        )
    return Cell("" if cell.value is None else _text(cell.value))


def _text(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case _:
            return _tidied(str(value))


def _tidied(text: str) -> str:
    """Excel's spelling of control characters undone, line ends made one, tabs made blanks."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return text.strip()
